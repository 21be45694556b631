import ComposeRuntime

/// What a run printed, for the summary.
struct RunStatistics {
  var chunks = 0
  var timeToFirstChunk: Duration?

  /// One line about a run that took so many seconds.
  func summary(elapsed: Double) -> String {
    guard chunks > 0, let first = timeToFirstChunk.map({ $0 / .seconds(1) }) else {
      return "done in \(secondsText(elapsed))"
    }
    let rest = elapsed - first
    let rate = rest > 0.001 && chunks > 1 ? Double(chunks - 1) / rest : 0
    return "\(chunks) chunks in \(secondsText(elapsed)), the first after \(secondsText(first))"
      + (rate > 0 ? ", \(Int(rate.rounded())) chunks/s" : "")
  }
}
