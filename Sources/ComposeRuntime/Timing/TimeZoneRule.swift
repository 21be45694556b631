import ComposeBasic

/// When clocks are changed every year, as the variable `TZ` of POSIX says it: `CET-1CEST,M3.5.0,M10.5.0/3`. With the
/// extension of RFC 8536, section 3.3.1: hours from -167 to 167.
struct TimeZoneRule: Sendable {
  /// Seconds ahead of UTC.
  private let standard: Int
  private var daylight: (offset: Int, start: YearlyMoment, end: YearlyMoment)?

  /// - Returns: `nil` for a text that is no such rule.
  init?(_ text: String) {
    var reader = RuleReader(text)
    guard reader.skipName() else { return nil }
    standard = -(reader.duration(hours: 24) ?? 0)
    guard !reader.isAtEnd else { return }
    guard reader.skipName() else { return nil }
    let offset = reader.duration(hours: 24).map { -$0 } ?? standard + 3600
    guard reader.skip(","), let start = reader.moment(), reader.skip(","), let end = reader.moment(), reader.isAtEnd
    else { return nil }
    daylight = (offset, start, end)
  }

  /// How far clocks are ahead of UTC when they show a time, in seconds: a time that they show twice is meant the first
  /// time, and one that they leave out counts as before the change.
  func offset(whenClocksShow wall: Int, inYear year: Int) -> Int {
    guard let daylight else { return standard }
    var start = daylight.start.seconds(inYear: year)
    var end = daylight.end.seconds(inYear: year)
    // A rule names each moment on the clocks that hold before it. In Ireland, winter is the season with other clocks.
    let difference = daylight.offset - standard
    if difference > 0 { start += difference } else { end -= difference }
    let isDaylight = start < end ? start <= wall && wall < end : !(end <= wall && wall < start)
    return isDaylight ? daylight.offset : standard
  }
}

/// A moment of every year.
private struct YearlyMoment: Sendable {
  enum Day: Sendable {
    /// The weekday, 0 for Sunday, in a month for the nth time, and 5 is the last time.
    case weekday(month: Int, occurrence: Int, weekday: Int)
    /// Counted from 1, where February 29 is not counted.
    case withoutLeapDay(Int)
    /// Counted from 0.
    case ofYear(Int)
  }

  let day: Day
  /// Seconds after midnight.
  let time: Int

  /// Seconds since 1970-01-01T00:00:00 on the same clock.
  func seconds(inYear year: Int) -> Int {
    let first = CalendarDate.firstDay(of: year)
    switch day {
    case .weekday(let month, let occurrence, let weekday):
      let start = first + CalendarDate.days(beforeMonth: month, of: year)
      var day = start + (weekday - CalendarDate.weekday(ofDay: start) + 7) % 7 + (occurrence - 1) * 7
      if day >= start + CalendarDate.days(inMonth: month, of: year) { day -= 7 }
      return day * 86_400 + time
    case .withoutLeapDay(let number):
      return (first + number - (number < 60 || !CalendarDate.isLeapYear(year) ? 1 : 0)) * 86_400 + time
    case .ofYear(let number): return (first + number) * 86_400 + time
    }
  }
}

private struct RuleReader {
  private var rest: Substring

  init(_ text: String) { rest = text[...] }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func skip(_ character: Character) -> Bool {
    guard rest.first == character else { return false }
    rest.removeFirst()
    return true
  }

  /// `CEST`, or `<+0330>`.
  mutating func skipName() -> Bool {
    if skip("<") {
      guard let end = rest.firstIndex(of: ">"), end > rest.startIndex else { return false }
      rest = rest[rest.index(after: end)...]
      return true
    }
    let name = rest.prefix { !"<0123456789:.,+-".contains($0) }
    rest = rest.dropFirst(name.count)
    return !name.isEmpty
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int? {
    let digits = rest.prefix { "0123456789".contains($0) }
    guard let number = Int(digits), range.contains(number) else { return nil }
    rest = rest.dropFirst(digits.count)
    return number
  }

  /// `2`, `-02:30` or `+1:00:00`, in seconds.
  mutating func duration(hours: Int) -> Int? {
    let start = rest
    let isNegative = skip("-")
    if !isNegative { _ = skip("+") }
    guard let hour = number(0...hours) else {
      rest = start
      return nil
    }
    var seconds = hour * 3600
    for unit in [60, 1] where skip(":") { seconds += (number(0...59) ?? 0) * unit }
    return isNegative ? -seconds : seconds
  }

  mutating func moment() -> YearlyMoment? {
    guard let day = day() else { return nil }
    // Without a time it is two o'clock.
    guard skip("/") else { return YearlyMoment(day: day, time: 7200) }
    return duration(hours: 167).map { YearlyMoment(day: day, time: $0) }
  }

  private mutating func day() -> YearlyMoment.Day? {
    if skip("M") {
      guard let month = number(1...12), skip("."), let occurrence = number(1...5), skip("."),
        let weekday = number(0...6)
      else { return nil }
      return .weekday(month: month, occurrence: occurrence, weekday: weekday)
    }
    return skip("J") ? number(1...365).map { .withoutLeapDay($0) } : number(0...365).map { .ofYear($0) }
  }
}
