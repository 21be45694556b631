import ComposeBasic

/// A date or a point in time of YAML, as Python's `str` writes it: `2001-12-14`, `2001-12-14 21:59:43.100000-05:00`.
struct YAMLTimestamp {
  let text: String

  /// - Parameter source: a scalar that has the form of a timestamp.
  /// - Returns: `nil` when there is no such day or time.
  init?(_ source: String) {
    var numbers: [Int] = []
    var rest = source.utf8[...]
    func digits() -> Substring.UTF8View { rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }
    func number() -> Int? {
      let found = digits()
      rest = rest[found.endIndex...]
      return Int(String(decoding: found, as: UTF8.self))
    }
    func skip(_ separators: String) -> Bool {
      guard let first = rest.first, separators.utf8.contains(first) else { return false }
      rest.removeFirst()
      return true
    }
    for separator in ["-", "-", ""] {
      guard let value = number() else { return nil }
      numbers.append(value)
      if !separator.isEmpty, !skip(separator) { return nil }
    }
    guard CalendarDate(year: numbers[0], month: numbers[1], day: numbers[2]) != nil else { return nil }
    let day = "\(Self.padded(numbers[0], 4))-\(Self.padded(numbers[1]))-\(Self.padded(numbers[2]))"
    if rest.isEmpty {
      text = day
      return
    }
    while skip("Tt \t") {}
    for separator in [":", ":", ""] {
      guard let value = number() else { return nil }
      numbers.append(value)
      if !separator.isEmpty, !skip(separator) { return nil }
    }
    guard numbers[3] < 24, numbers[4] < 60, numbers[5] < 60 else { return nil }
    var time = "\(Self.padded(numbers[3])):\(Self.padded(numbers[4])):\(Self.padded(numbers[5]))"
    if skip(".") {
      let fraction = String(decoding: digits().prefix(6), as: UTF8.self)
      rest = rest[digits().endIndex...]
      let microseconds = fraction + String(repeating: "0", count: 6 - fraction.utf8.count)
      if microseconds != "000000" { time += "." + microseconds }
    }
    while skip(" \t") {}
    if skip("Z") {
      time += "+00:00"
    } else if let sign = rest.first {
      rest.removeFirst()
      guard let hours = number() else { return nil }
      let minutes = skip(":") ? number() ?? 0 : 0
      guard hours * 60 + minutes < 24 * 60 else { return nil }
      let isNegative = sign == UInt8(ascii: "-") && hours + minutes > 0
      let total = hours * 60 + minutes
      time += "\(isNegative ? "-" : "+")\(Self.padded(total / 60)):\(Self.padded(total % 60))"
    }
    text = day + " " + time
  }

  private static func padded(_ number: Int, _ width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
