import ComposeBasic

/// Seconds as people read them: `500 ms`, `1.5 s`, `1 min 30 s`, `2 d`.
package func humanDuration(_ seconds: Double) -> String {
  guard seconds.isFinite, seconds < 1e12 else { return "forever" }
  if seconds <= 0 { return "0 s" }
  if seconds < 1 { return "\(shortNumber(seconds * 1000)) ms" }
  if seconds < 60 { return "\(shortNumber(seconds)) s" }
  var rest = seconds
  var parts: [String] = []
  for (unit, length) in [("d", 86400.0), ("h", 3600.0), ("min", 60.0)] {
    let count = (rest / length).rounded(.down)
    guard count > 0 else { continue }
    parts.append("\(shortNumber(count)) \(unit)")
    rest -= count * length
  }
  if rest >= 0.001 { parts.append("\(shortNumber(rest)) s") }
  return parts.joined(separator: " ")
}

/// A share of one as `33.33 %`.
func humanShare(_ share: Double) -> String { "\(shortNumber(share * 100, places: 2)) %" }

/// Decimal digits with as few places as say it, and at most so many.
func shortNumber(_ number: Double, places: Int = 3) -> String {
  guard number.isFinite else { return number.description }
  let factor = places == 2 ? 100.0 : 1000.0
  let rounded = (number * factor).rounded() / factor
  return Int(exactly: rounded).map(String.init) ?? rounded.description
}

extension PlanTemplate {
  /// The duration that the template stands for, when it is known and one.
  var knownSeconds: Double? {
    switch content {
    case .constant(.integer(let value)): Double(value)
    case .constant(.number(let value)): value
    case .constant(.text(let text)): ComposeBasic.seconds(inDuration: text)
    case .text, .constant, .reference, .list, .object, .operation: nil
    }
  }
}

extension Draw {
  /// How likely each choice is without a session, in their order; the sum is 1, or 0 when nothing has a weight.
  var shares: [Double] {
    guard isWeighted else { return choices.map { _ in 1 / Double(choices.count) } }
    let weights = choices.map { max($0.weight ?? 0, 0) }
    let total = weights.reduce(0, +)
    return weights.map { total > 0 ? $0 / total : 0 }
  }
}
