/// A date of the Gregorian calendar, which is taken to have held always (ISO 8601), from year 1 to 9999.
package struct CalendarDate: Hashable, Sendable {
  package let year: Int
  /// Days since 1970-01-01.
  package let day: Int

  /// `nil` when there is no such date.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
    guard (1...Self.days(inMonth: month, of: year)).contains(day) else { return nil }
    self.year = year
    self.day = Self.firstDay(of: year) + Self.days(beforeMonth: month, of: year) + day - 1
  }

  /// A date of the week calendar of ISO 8601, in which 1 is Monday; `nil` when there is no such date.
  package init?(weekYear: Int, week: Int, weekday: Int) {
    guard (1...9999).contains(weekYear), week >= 1, (1...7).contains(weekday) else { return nil }
    let start = Self.firstMonday(of: weekYear)
    guard week <= (Self.firstMonday(of: weekYear + 1) - start) / 7 else { return nil }
    day = start + (week - 1) * 7 + weekday - 1
    year =
      day < Self.firstDay(of: weekYear) ? weekYear - 1 : day < Self.firstDay(of: weekYear + 1) ? weekYear : weekYear + 1
    guard (1...9999).contains(year) else { return nil }
  }

  package static func isLeapYear(_ year: Int) -> Bool {
    year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
  }

  package static func days(inMonth month: Int, of year: Int) -> Int {
    month == 2 ? (isLeapYear(year) ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  package static func days(beforeMonth month: Int, of year: Int) -> Int {
    (1..<month).reduce(0) { $0 + days(inMonth: $1, of: year) }
  }

  /// The day that January 1 of a positive year is, counted from 1970-01-01.
  package static func firstDay(of year: Int) -> Int {
    let past = year - 1
    return past * 365 + past / 4 - past / 100 + past / 400 - 719_162
  }

  /// The day of the week, 0 for Sunday.
  package static func weekday(ofDay day: Int) -> Int {
    // The first day of 1970 was a Thursday.
    let rest = (day + 4) % 7
    return rest < 0 ? rest + 7 : rest
  }

  /// The Monday of the week that holds January 4: there the week calendar's year begins.
  private static func firstMonday(of year: Int) -> Int {
    let fourth = firstDay(of: year) + 3
    return fourth - (weekday(ofDay: fourth) + 6) % 7
  }
}
