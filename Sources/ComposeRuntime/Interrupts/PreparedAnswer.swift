package import ComposePlan

/// An answer that is given before the run stops: `JOB=JSON`, `JOB:before=JSON` or `JOB:after=JSON`.
package struct PreparedAnswer: Sendable {
  /// The id of the job; for one inside another job as plans name it: `each[do]`.
  package let job: String
  /// `nil` for either side of the job.
  package let phase: JobPhase?
  package let value: Value

  /// - Returns: `nil` when no job is named.
  package init?(_ text: String) {
    guard let equals = text.firstIndex(of: "="), equals != text.startIndex else { return nil }
    var name = text[..<equals]
    var phase: JobPhase?
    for candidate in [JobPhase.before, .after] where name.hasSuffix(":\(candidate.rawValue)") {
      name = name.dropLast(candidate.rawValue.count + 1)
      phase = candidate
    }
    guard !name.isEmpty else { return nil }
    job = String(name)
    self.phase = phase
    value = answer(inText: String(text[text.index(after: equals)...]))
  }

  /// Whether the answer is meant for a place of the job on that side.
  package func isFor(job: String, _ phase: JobPhase) -> Bool {
    self.job == job && (self.phase == nil || self.phase == phase)
  }
}

/// The answer that somebody types: nothing is null, JSON is its value, and anything else is text.
package func answer(inText text: String) -> Value {
  text.isEmpty ? .null : (try? parseJSON(text)) ?? .text(text)
}
