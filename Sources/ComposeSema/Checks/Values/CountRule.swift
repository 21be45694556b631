import ComposeBasic
import ComposeSyntax

/// Counts outside of their bounds.
enum CountRule: FieldRule {
  private static let code = DiagnosticCode(
    "invalid-count", .error, "A count outside of its bounds",
    explanation: """
      A job runs and repeats at least once, a retry means at least one attempt, and a Redis database has a number from 0
      to 15. The reference refuses such a file, or fails when it runs.

      ```yaml bad
      component: {type: http-client, action: {endpoint: https://api.example.com}}
      workflow: {job: {repeat_count: 0, input: "${input}"}}
      ```

      ```yaml good
      component: {type: http-client, action: {endpoint: https://api.example.com}}
      workflow: {job: {repeat_count: 2, input: "${input}"}}
      ```
      """)

  static let codes = [code]

  static func check(_ visit: FieldVisit, into findings: inout ValueFindings) {
    guard let scalar = visit.literal, let bounds = bounds(of: visit) else { return }
    let range = visit.value.range
    if visit.name == "max_concurrent_count", visit.owner != .controller || visit.path.isEmpty {
      guard let number = integer(scalar), number < 0 else { return }
      var diagnostic = Diagnostic(code, "'max_concurrent_count' must be 0 (no limit) or more", at: range)
        .upstream("takes it for 0: there is no limit")
        .fix("write 0", .suggested, replace: range, with: "0")
      diagnostic.severity = .warning
      findings.emit(diagnostic)
    } else if let number = integer(scalar) {
      guard !bounds.contains(number) else { return }
      let wanted =
        bounds.upperBound == .max
        ? "at least \(bounds.lowerBound)" : "from \(bounds.lowerBound) to \(bounds.upperBound)"
      findings.emit(
        Diagnostic(code, "'\(visit.name)' must be \(wanted), not \(number)", at: range).upstream("refuses the file"))
    } else if case .text(let text) = scalar.value {
      checkText(text, visit, into: &findings)
    }
  }

  private static func checkText(_ text: String, _ visit: FieldVisit, into findings: inout ValueFindings) {
    let range = visit.value.range
    switch visit.name {
    case "repeat_count" where Int(text.trimmingBlanks) == nil:
      findings.emit(
        Diagnostic(code, "'repeat_count' must be an integer or an expression, not '\(text)'", at: range)
          .upstream("fails when the job runs"))
    case "retry":
      let diagnostic = Diagnostic(code, "'retry' must be an integer or a mapping, not '\(text)'", at: range)
        .upstream("refuses the file")
      guard let number = Int(text), number > 0 else { return findings.emit(diagnostic) }
      findings.emit(
        diagnostic.help("remove the quotes").fix("remove the quotes", .safe, replace: range, with: String(number)))
    default: break
    }
  }

  private static func bounds(of visit: FieldVisit) -> ClosedRange<Int>? {
    switch (visit.owner, visit.name) {
    case (.job, "max_run_count"), (.job, "repeat_count"), (.job, "retry"), (.job, "max_attempt_count"),
      (.job, "buffer_size"):
      1 ... .max
    case (.controller, "max_concurrent_count") where visit.path.last == "adapter" || visit.path.last == "adapters":
      1 ... .max
    case (.controller, "max_concurrent_count"), (.component, "max_concurrent_count"): 0 ... .max
    case (.controller, "database"): 0...15
    case (.component, "database"): bounds(of: visit.field.type)
    default: nil
    }
  }

  /// The bounds of an integer that has both.
  private static func bounds(of type: ShapeType) -> ClosedRange<Int>? {
    guard case .bounded(.integer, let bounds) = type, let lower = bounds.lower.flatMap({ Int(exactly: $0) }),
      let upper = bounds.upper.flatMap({ Int(exactly: $0) })
    else { return nil }
    return lower...upper
  }

  private static func integer(_ scalar: YAMLScalar) -> Int? {
    if case .integer(let number) = scalar.value { return number }
    return nil
  }
}
