import Glibc

extension timespec {
  /// The time as ISO 8601 in UTC, with microseconds unless there are none: `2026-05-01T12:30:00.250000Z`.
  ///
  /// It is rounded as the reference does it, which has the time as a floating-point number before.
  var isoText: String {
    let seconds = Double(tv_sec) + 1e-9 * Double(tv_nsec)
    var whole = seconds.rounded(.down)
    var microseconds = Int(((seconds - whole) * 1e6).rounded(.toNearestOrEven))
    if microseconds >= 1_000_000 {
      whole += 1
      microseconds -= 1_000_000
    }
    var time = time_t(whole)
    var parts = tm()
    gmtime_r(&time, &parts)
    let date = [padded(Int(parts.tm_year) + 1900, 4), padded(Int(parts.tm_mon) + 1, 2), padded(Int(parts.tm_mday), 2)]
    let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { padded(Int($0), 2) }
    let fraction = microseconds == 0 ? "" : "." + padded(microseconds, 6)
    return date.joined(separator: "-") + "T" + clock.joined(separator: ":") + fraction + "Z"
  }
}

private func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
