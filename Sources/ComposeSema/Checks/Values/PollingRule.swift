import ComposeBasic
import ComposeSyntax

/// Polling whose time is over before it asks for the first time.
enum PollingRule: FieldRule {
  static let codes: [DiagnosticCode] = []

  /// What the reference waits when nothing is written, in seconds.
  private static let usualInterval = 5.0
  private static let usualTimeout = 300.0

  static func check(_ visit: FieldVisit, into findings: inout ValueFindings) {
    guard visit.owner == .action, visit.name == "completion",
      visit.value.entry("type")?.value.scalar?.text == "polling",
      let interval = seconds("interval", in: visit.value, or: usualInterval),
      let timeout = seconds("timeout", in: visit.value, or: usualTimeout), timeout > 0, interval >= timeout,
      let place = visit.value.entry("interval") ?? visit.value.entry("timeout")
    else { return }
    findings.emit(
      Diagnostic(
        RetryCode.exceedsTimeout,
        "the first question comes after \(interval.asSeconds), when the limit of \(timeout.asSeconds) is over",
        at: place.value.range
      )
      .help("let 'interval' be shorter than 'timeout'")
      .upstream("waits for the interval first, never asks, and fails"))
  }

  private static func seconds(_ name: String, in node: YAMLNode, or usual: Double) -> Double? {
    guard let value = node.entry(name)?.value, !value.isNull else { return usual }
    return value.seconds
  }
}

extension YAMLNode {
  /// The duration that a literal stands for.
  var seconds: Double? {
    guard let scalar, !scalar.isUnknown else { return nil }
    return switch scalar.value {
    case .integer(let number): Double(number)
    case .number(let number): number
    case .text(let text): DurationText(text).seconds
    default: nil
    }
  }
}

extension Double {
  /// `90 s`, without a fraction where there is none.
  var asSeconds: String {
    guard let whole = Int(exactly: self) else { return "\(self) s" }
    return "\(whole) s"
  }
}
