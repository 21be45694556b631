extension TimeText {
  /// A timestamp of YAML 1.1 (https://yaml.org/type/timestamp.html), which an unquoted time in a file is. Parts may
  /// have one digit, and blanks may stand around the time. `nil` when it is none.
  package init?(yamlTimestamp text: String) {
    var digits = DigitReader(Array(text.utf8)[...])
    guard let year = digits.take(4), digits.skip("-"), let month = digits.take(1...2), digits.skip("-"),
      let day = digits.take(1...2), let date = CalendarDate(year: year, month: month, day: day)
    else { return nil }
    if digits.isAtEnd {
      self.init(date: date)
      return
    }
    guard digits.skip("Tt") || digits.skipBlanks(), let hour = digits.take(1...2), hour < 24, digits.skip(":"),
      let minute = digits.take(2), minute < 60, digits.skip(":"), let second = digits.take(2), second < 60
    else { return nil }
    var microsecond = 0
    if digits.skip(".") {
      for scale in [100_000, 10_000, 1_000, 100, 10, 1] { microsecond += (digits.take(1) ?? 0) * scale }
      while digits.take(1) != nil {}
    }
    var offset: Int?
    guard digits.takeOffset(&offset) else { return nil }
    self.init(
      date: date, microsecondOfDay: ((hour * 60 + minute) * 60 + second) * 1_000_000 + microsecond,
      offset: offset)
  }
}

extension DigitReader {
  fileprivate mutating func skipBlanks() -> Bool {
    guard skip(" \t") else { return false }
    while skip(" \t") {}
    return true
  }

  /// Takes `Z`, hours, or hours and minutes with a sign, or nothing; false when more than that is left.
  fileprivate mutating func takeOffset(_ offset: inout Int?) -> Bool {
    if isAtEnd { return true }
    _ = skipBlanks()
    if skip("Z") {
      offset = 0
      return isAtEnd
    }
    let sign = first == UInt8(ascii: "-") ? -1 : 1
    guard skip("+-"), let hour = take(1...2) else { return false }
    var minute = 0
    if skip(":") {
      guard let number = take(2) else { return false }
      minute = number
    }
    let microseconds = (hour * 60 + minute) * 60_000_000
    offset = sign * microseconds
    return isAtEnd && microseconds < TimeText.microsecondsPerDay
  }
}
