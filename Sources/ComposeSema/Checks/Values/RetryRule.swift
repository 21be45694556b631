import ComposeBasic
import ComposeSyntax

/// Retries of jobs that do not do what they say.
enum RetryRule: FieldRule {
  static let codes: [DiagnosticCode] = []

  static func check(_ visit: FieldVisit, into findings: inout ValueFindings) {
    guard visit.owner == .job, visit.name == "retry", visit.path.isEmpty, let entries = visit.value.mapping,
      let place = entries.first?.key.range
    else { return }
    // An unknown key is reported as such, and may be the one that is missed here.
    let known: Set<String> = ["max_attempt_count", "delay", "max_delay", "backoff"]
    guard entries.allSatisfy({ known.contains($0.name ?? "") }) else { return }
    guard let count = visit.value.entry("max_attempt_count"), !count.value.isNull else {
      findings.emit(
        Diagnostic(RetryCode.ineffective, "without 'max_attempt_count' there is one attempt, and no retry", at: place)
          .upstream("never tries again"))
      return
    }
    let delay = visit.value.entry("delay")?.value
    let isExponential = visit.value.entry("backoff")?.value.scalar?.text == "exponential"
    if isExponential, let backoff = visit.value.entry("backoff"), delay == nil || delay?.seconds == 0 {
      findings.emit(
        Diagnostic(
          RetryCode.ineffective, "the waits double, but the first one is 0: there is none", at: backoff.value.range
        )
        .help("add 'delay', such as 1s")
        .upstream("tries again at once, every time"))
    } else if let first = delay?.seconds, let longest = visit.value.entry("max_delay"),
      let limit = longest.value.seconds, limit >= 0, limit < first
    {
      findings.emit(
        Diagnostic(
          RetryCode.ineffective, "'max_delay' is below 'delay': every wait takes \(limit.asSeconds)",
          at: longest.value.range
        )
        .upstream("never waits longer than 'max_delay'"))
    }
  }
}
