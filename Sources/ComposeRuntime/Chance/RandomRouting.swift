/// Where a job of type `random-router` goes.
package struct RandomRouting: Sendable {
  /// One of the routes that may be taken.
  package struct Candidate: Hashable, Sendable {
    package let target: String
    package let weight: Double

    package init(_ target: String, weight: Double = 1) {
      self.target = target
      self.weight = weight
    }
  }

  /// In the order of the file; the weights are above zero.
  package let candidates: [Candidate]

  /// `mode: uniform`: all alike.
  ///
  /// - Throws: a `value` error when there is no target.
  package init(uniform targets: [String]) throws(RuntimeError) {
    try self.init(candidates: targets.map { Candidate($0) })
  }

  /// `mode: weighted`. A route without a weight, or with one that is not above zero, is never taken.
  ///
  /// - Throws: a `value` error when no route is left.
  package init(weighted routes: [(target: String, weight: Double?)]) throws(RuntimeError) {
    try self.init(
      candidates: routes.compactMap { route in
        guard let weight = route.weight, weight > 0 else { return nil }
        return Candidate(route.target, weight: weight)
      })
  }

  private init(candidates: [Candidate]) throws(RuntimeError) {
    guard !candidates.isEmpty else {
      throw RuntimeError(.value, "there is no route to take: none has a weight above zero")
    }
    self.candidates = candidates
  }

  /// The target to go to: always the same one for a session, by chance without.
  ///
  /// Both values are taken in the form in which they stand inside a text. An empty session is none.
  ///
  /// - Parameters:
  ///   - salt: evaluated only when the session is not empty; an empty salt is none.
  ///   - standardSalt: the salt where there is none: `workflow:job`.
  /// - Throws: a `value` error for a session or a salt that has to be read, or for weights without a finite sum.
  package func pick(
    session: Value = .null, salt: Value = .null, standardSalt: String, random: RandomSource
  ) throws(RuntimeError) -> String {
    guard session.isTruthy else { return try pick(random) }
    let session = try text(of: session, field: "session")
    let salt = salt.isTruthy ? try text(of: salt, field: "salt") : standardSalt
    var best = candidates[0].target
    var lowest = Double.infinity
    for (position, candidate) in candidates.enumerated() {
      let score = rendezvousScore("\(salt)\0\(session)\0\(candidate.target)", weight: candidate.weight)
      guard position == 0 || score < lowest else { continue }
      best = candidate.target
      lowest = score
    }
    return best
  }

  private func pick(_ random: RandomSource) throws(RuntimeError) -> String {
    let total = candidates.reduce(0) { $0 + $1.weight }
    guard total.isFinite else { throw RuntimeError(.value, "the weights of the routes have no finite sum") }
    var random = random
    var rest = random.fraction() * total
    for candidate in candidates {
      rest -= candidate.weight
      if rest < 0 { return candidate.target }
    }
    // Only rounding leads here.
    return candidates[candidates.count - 1].target
  }

  private func text(of value: Value, field: String) throws(RuntimeError) -> String {
    guard !value.holdsSource else { throw .wrongKind("the field '\(field)' cannot be \(value.kindName)") }
    return value.displayText
  }
}
