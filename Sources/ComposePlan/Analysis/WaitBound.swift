/// How long something takes at most, as far as waiting is written down; computing is not counted.
package enum TimeBound: Sendable {
  /// In seconds.
  case atMost(Double)
  /// - Parameter reasons: each part without a limit, once.
  case none([UpperBound.Reason])

  /// None when there is a limit.
  var reasons: [UpperBound.Reason] {
    if case .none(let reasons) = self { reasons } else { [] }
  }

  static func + (left: TimeBound, right: TimeBound) -> TimeBound {
    switch (left, right) {
    case (.atMost(let left), .atMost(let right)): .atMost(left + right)
    case (.none(let left), .none(let right)): .none(left + right.filter { !left.contains($0) })
    case (.none, .atMost): left
    case (.atMost, .none): right
    }
  }

  static func larger(_ left: TimeBound, _ right: TimeBound) -> TimeBound {
    switch (left, right) {
    case (.atMost(let left), .atMost(let right)): .atMost(Swift.max(left, right))
    case (.none, .none): left + right
    case (.none, .atMost): left
    case (.atMost, .none): right
    }
  }

  static func * (times: UpperBound, time: TimeBound) -> TimeBound {
    switch (times, time) {
    case (.atMost(0), _), (_, .atMost(0)): .atMost(0)
    case (.atMost(let count), .atMost(let seconds)): .atMost(Double(count) * seconds)
    case (.none(let reasons), .atMost): .none(reasons)
    case (.atMost, .none): time
    case (.none(let more), .none(let reasons)): .none(more + reasons.filter { !more.contains($0) })
    }
  }
}

extension [UpperBound.Reason] {
  /// Each once, where it stands first.
  var withoutRepetitions: [UpperBound.Reason] {
    var seen: Set<UpperBound.Reason> = []
    return filter { seen.insert($0).inserted }
  }
}

extension JobPlan {
  /// What all attempts wait between each other in the worst case, in seconds; `nil` when an expression decides. Jitter
  /// is not counted: it only shortens.
  var retryWait: Double? {
    guard let retry, retry.attempts > 1, let delay = retry.delay else { return 0 }
    guard var seconds = ValueScope.workflow.value(of: delay).seconds else { return nil }
    var longest = Double.infinity
    if let limit = retry.longestDelay {
      guard let known = ValueScope.workflow.value(of: limit).seconds else { return nil }
      longest = known
    }
    var total = 0.0
    // Doubling 1,100 times passes every number.
    for _ in 1..<min(retry.attempts, 1100) {
      total += min(max(seconds, 0), longest)
      if retry.isExponential { seconds *= 2 }
    }
    return total
  }

  /// How long the job waits by itself, in seconds: known pauses of it and of the jobs inside it, each once.
  var knownWait: Double {
    var total = retryWait ?? 0
    if case .wait(.interval(let interval)) = operation {
      total += max(ValueScope.workflow.value(of: interval).seconds ?? 0, 0)
    }
    return bodies.reduce(total) { $0 + $1.knownWait }
  }
}
