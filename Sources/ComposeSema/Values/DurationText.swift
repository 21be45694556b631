import ComposeBasic

/// A text where a duration is expected, read as the reference reads it when the value is used.
///
/// A number of seconds, a number with `ms`, `s`, `m`, `h` or `d`, or a time code `m:s` or `h:m:s` (shape of files,
/// section 5). Nothing checks the text before.
struct DurationText {
  let text: String

  init(_ text: String) { self.text = text }

  /// `nil` when the text is no duration.
  var seconds: Double? {
    if text.contains(":") { return timeCode }
    for (suffix, factor) in [("ms", 0.001), ("s", 1.0), ("m", 60.0), ("h", 3600.0), ("d", 86400.0)]
    where text.hasSuffix(suffix) {
      return number(text.dropLast(suffix.count)).map { $0 * factor }
    }
    return number(text[...])
  }

  /// The same duration in a form that is understood, when it can be told: `10 seconds` is `10s`, `1h30m` is `5400s`.
  var repaired: String? {
    var rest = Substring(text.lowercased().filter { !$0.isWhitespace })
    if rest.hasPrefix("p") { rest = rest.dropFirst() }
    var parts: [(number: Substring, unit: String, seconds: Double)] = []
    while !rest.isEmpty {
      if rest.hasPrefix("t"), !parts.isEmpty || text.uppercased().hasPrefix("P") { rest = rest.dropFirst() }
      let digits = rest.prefix { $0.isASCII && $0.isNumber || $0 == "." }
      let word = rest.dropFirst(digits.count).prefix { $0.isLetter }
      guard let value = Double(String(digits)), let unit = Self.unit(String(word)) else { return nil }
      parts.append((digits, unit.suffix, value * unit.seconds))
      rest = rest.dropFirst(digits.count + word.count)
      if rest.hasPrefix(",") { rest = rest.dropFirst() }
    }
    guard let first = parts.first else { return nil }
    if parts.count == 1, first.unit != "w" { return first.number + first.unit }
    let total = parts.reduce(0) { $0 + $1.seconds }
    guard let whole = Int(exactly: total) else { return "\(total)s" }
    return whole % 86400 == 0 ? "\(whole / 86400)d" : "\(whole)s"
  }

  private var timeCode: Double? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3, let last = number(parts[parts.count - 1]) else { return nil }
    var total = 0.0
    for part in parts.dropLast() {
      guard let whole = Int(String(part).trimmingBlanks) else { return nil }
      total = total * 60 + Double(whole)
    }
    return total * 60 + last
  }

  private func number(_ text: Substring) -> Double? {
    let trimmed = String(text).trimmingBlanks
    guard trimmed.isPythonFloat else { return nil }
    return Double(trimmed.filter { $0 != "_" }) ?? .infinity
  }

  private static func unit(_ word: String) -> (suffix: String, seconds: Double)? {
    switch word {
    case "ms", "msec", "msecs", "millis", "millisecond", "milliseconds": ("ms", 0.001)
    case "s", "sec", "secs", "second", "seconds": ("s", 1)
    case "m", "min", "mins", "minute", "minutes": ("m", 60)
    case "h", "hr", "hrs", "hour", "hours": ("h", 3600)
    case "d", "day", "days": ("d", 86400)
    case "w", "week", "weeks": ("w", 604_800)
    default: nil
    }
  }
}
