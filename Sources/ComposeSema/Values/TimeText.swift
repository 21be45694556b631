import ComposeBasic

/// A text where a point in time is expected: ISO 8601 as Python's `datetime.fromisoformat` takes it, which is a date,
/// or a date, one character and a time of day, maybe with an offset from UTC.
struct TimeText {
  let text: String

  init(_ text: String) { self.text = text }

  var isValid: Bool {
    var rest = text[...]
    guard Self.takeDate(&rest) else { return false }
    guard !rest.isEmpty else { return true }
    // Any one character may stand between both.
    rest = rest.dropFirst()
    let sign = rest.firstIndex { "Z+-".contains($0) } ?? rest.endIndex
    let time = String(rest[..<sign]).trimmingBlanks
    let offset = rest[sign...]
    guard Self.isTime(time[...], below: 24) else { return false }
    return offset.isEmpty || offset == "Z" || !offset.hasPrefix("Z") && Self.isTime(offset.dropFirst(), below: 24)
  }

  private static func takeDate(_ rest: inout Substring) -> Bool {
    guard let year = takeDigits(4, &rest), year > 0 else { return false }
    let isExtended = take("-", &rest)
    if take("W", &rest) {
      guard let week = takeDigits(2, &rest), (1...53).contains(week) else { return false }
      guard isExtended == rest.hasPrefix("-"), let day = rest.dropFirst(isExtended ? 1 : 0).first?.wholeNumberValue
      else { return true }
      rest = rest.dropFirst(isExtended ? 2 : 1)
      return (1...7).contains(day)
    }
    guard let month = takeDigits(2, &rest), (1...12).contains(month) else { return false }
    if isExtended, !take("-", &rest) { return false }
    guard let day = takeDigits(2, &rest) else { return false }
    return (1...days(in: month, of: year)).contains(day)
  }

  private static func days(in month: Int, of year: Int) -> Int {
    let isLeapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return month == 2 ? (isLeapYear ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  /// `HH`, `HH:MM`, `HH:MM:SS` or the same without colons, and maybe a fraction of the second.
  private static func isTime(_ text: Substring, below hours: Int) -> Bool {
    let fraction = text.firstIndex { $0 == "." || $0 == "," } ?? text.endIndex
    let digits = text[fraction...].dropFirst()
    guard fraction == text.endIndex || !digits.isEmpty, digits.allSatisfy(\.isDigit) else { return false }
    var rest = text[..<fraction]
    guard let hour = takeDigits(2, &rest), hour < hours else { return false }
    let isExtended = rest.hasPrefix(":")
    var count = 1
    while count < 3, !rest.isEmpty {
      if isExtended, !take(":", &rest) { return false }
      guard let part = takeDigits(2, &rest), part < 60 else { return false }
      count += 1
    }
    return rest.isEmpty && (fraction == text.endIndex || count == 3)
  }

  private static func take(_ character: Character, _ rest: inout Substring) -> Bool {
    guard rest.first == character else { return false }
    rest = rest.dropFirst()
    return true
  }

  private static func takeDigits(_ count: Int, _ rest: inout Substring) -> Int? {
    let digits = rest.prefix(count)
    guard digits.count == count, digits.allSatisfy(\.isDigit) else { return nil }
    rest = rest.dropFirst(count)
    return Int(digits)
  }
}

extension Character {
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}
