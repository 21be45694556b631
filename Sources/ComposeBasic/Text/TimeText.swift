/// What a text says where a point in time is expected: a date, a time of day, and maybe the distance from UTC.
package struct TimeText: Hashable, Sendable {
  package let date: CalendarDate
  package let microsecondOfDay: Int
  /// How far the text's clock is ahead of UTC, in microseconds; `nil` when the text does not say.
  package let offset: Int?

  init(date: CalendarDate, microsecondOfDay: Int = 0, offset: Int? = nil) {
    self.date = date
    self.microsecondOfDay = microsecondOfDay
    self.offset = offset
  }

  /// Microseconds since 1970-01-01T00:00:00 on the clock that the text means.
  package var localMicroseconds: Int { date.day * Self.microsecondsPerDay + microsecondOfDay }

  package static let microsecondsPerDay = 86_400_000_000

  /// ISO 8601 as Python 3.11 reads it (`datetime.fromisoformat`): a calendar or week date, or a date, any one character
  /// and a time of day, maybe with an offset. `nil` when it is none.
  ///
  /// Python takes more than its documentation says, and so does this: one character too many before an offset, minutes
  /// of an offset up to 99, and a fraction behind the hour or without a point.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard let end = Self.endOfDate(bytes), end <= bytes.count else { return nil }
    guard let date = Self.date(bytes[..<end]) else { return nil }
    guard end < bytes.count else {
      self.init(date: date)
      return
    }
    let time = bytes[(end + 1)...].drop { $0 & 0xC0 == 0x80 }
    let sign = time.firstIndex { "Z+-".utf8.contains($0) } ?? time.endIndex
    guard let clock = ClockReading(time[..<sign]), clock.isTimeOfDay else { return nil }
    guard sign < time.endIndex else {
      guard clock.isWhole else { return nil }
      self.init(date: date, microsecondOfDay: clock.microseconds)
      return
    }
    guard let offset = Self.offset(time[sign...]) else { return nil }
    self.init(date: date, microsecondOfDay: clock.microseconds, offset: offset)
  }

  private static func offset(_ text: ArraySlice<UInt8>) -> Int? {
    if text.first == UInt8(ascii: "Z") { return text.count == 1 ? 0 : nil }
    guard let clock = ClockReading(text.dropFirst()), clock.isWhole, clock.microseconds < microsecondsPerDay else {
      return nil
    }
    // Below a second it is UTC there.
    if clock.microseconds < 1_000_000 { return 0 }
    return text.first == UInt8(ascii: "-") ? -clock.microseconds : clock.microseconds
  }

  // MARK: Dates

  private static func date(_ text: ArraySlice<UInt8>) -> CalendarDate? {
    var digits = DigitReader(text)
    guard let year = digits.take(4) else { return nil }
    let isExtended = digits.skip("-")
    if digits.skip("W") {
      guard let week = digits.take(2) else { return nil }
      guard !digits.isAtEnd else { return CalendarDate(weekYear: year, week: week, weekday: 1) }
      if isExtended, !digits.skip("-") { return nil }
      return digits.take(1).flatMap { CalendarDate(weekYear: year, week: week, weekday: $0) }
    }
    guard let month = digits.take(2) else { return nil }
    if isExtended, !digits.skip("-") { return nil }
    guard let day = digits.take(2), digits.isAtEnd else { return nil }
    return CalendarDate(year: year, month: month, day: day)
  }

  /// Where the date ends. The time of day may begin with any character, so a week date with digits behind it can be
  /// read in two ways; Python's choice is taken.
  private static func endOfDate(_ text: [UInt8]) -> Int? {
    guard text.count > 7 else { return text.count == 7 ? 7 : nil }
    func isDigit(_ index: Int) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[index]) }
    guard text[4] != UInt8(ascii: "-") else {
      guard text[5] == UInt8(ascii: "W") else { return 10 }
      guard text.count > 8, text[8] == UInt8(ascii: "-") else { return 8 }
      guard text.count > 9 else { return nil }
      return text.count > 10 && isDigit(10) ? 8 : 10
    }
    guard text[4] == UInt8(ascii: "W") else { return 8 }
    var end = 7
    while end < text.count, isDigit(end) { end += 1 }
    return end < 9 ? end : end.isMultiple(of: 2) ? 7 : 8
  }
}

/// Hours, minutes, seconds and a fraction, as they stand in a time of day and in an offset.
private struct ClockReading {
  private var parts = [0, 0, 0]
  private var fraction = 0
  /// Whether nothing is left behind it.
  private(set) var isWhole = true

  var microseconds: Int { ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * 1_000_000 + fraction }

  var isTimeOfDay: Bool { parts[0] < 24 && parts[1] < 60 && parts[2] < 60 }

  /// `HH`, `HH:MM`, `HH:MM:SS` or the same without colons, then maybe a point or comma and digits, of which six count.
  init?(_ text: ArraySlice<UInt8>) {
    var digits = DigitReader(text)
    var hasColons = false
    for index in 0..<3 {
      guard let part = digits.take(2) else { return nil }
      parts[index] = part
      guard let next = digits.first else { return }
      if index == 0 { hasColons = next == UInt8(ascii: ":") }
      if digits.rest.count == 1 {
        isWhole = false
        return
      }
      if next == UInt8(ascii: "."), digits.skip(".") { break }
      if next == UInt8(ascii: ","), digits.skip(",") { break }
      if hasColons, !digits.skip(":") { return nil }
    }
    let count = min(digits.rest.count, 6)
    guard let value = digits.take(count) else { return nil }
    fraction = (count..<6).reduce(value) { number, _ in number * 10 }
    while digits.take(1) != nil {}
    isWhole = digits.isAtEnd
  }
}
