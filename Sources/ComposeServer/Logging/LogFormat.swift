import ComposeBasic

/// How the lines of a log are written. Every line ends with a line feed, which is the only one in it.
package enum LogFormat: String, CaseIterable, Sendable {
  /// For people: `2026-11-21T04:56:07.427Z INFO [task-ID] Job 'ask' started.`
  case text
  /// For programs: one JSON object a line.
  case json

  package func line(_ record: LogRecord) -> [UInt8] {
    switch self {
    case .text: textLine(record)
    case .json: jsonLine(record)
    }
  }

  private func textLine(_ record: LogRecord) -> [UInt8] {
    var text = "\(timestamp(record.time)) \(record.level.rawValue.uppercased()) "
    if let task = record.task { text += "[task-\(task)] " }
    text += record.message
    if let file = record.file, let line = record.line { text += " (\(file):\(line))" }
    return Array(safeText(text).utf8) + [UInt8(ascii: "\n")]
  }

  private func jsonLine(_ record: LogRecord) -> [UInt8] {
    var json = JSONWriter(.compact)
    json.object { json in
      json.member("time", timestamp(record.time))
      json.member("level", record.level.rawValue)
      json.member("message", record.message)
      json.member("task", optional: record.task)
      json.member("workflow", optional: record.workflow)
      json.member("job", optional: record.job)
      json.member("code", optional: record.code)
      if let status = record.status { json.member("status", status) }
      json.member("file", optional: record.file)
      if let line = record.line { json.member("line", line) }
      if let seconds = record.seconds {
        json.key("seconds")
        json.raw(milliseconds(seconds))
      }
    }
    return json.bytes + [UInt8(ascii: "\n")]
  }
}

/// RFC 3339 in UTC with milliseconds.
package func timestamp(_ milliseconds: UInt64) -> String {
  let ofDay = Int(milliseconds % 86_400_000)
  let date = dayAndMonth(Int(milliseconds / 86_400_000))
  let time = [ofDay / 3_600_000, ofDay / 60_000 % 60, ofDay / 1000 % 60].map { padded($0, 2) }.joined(separator: ":")
  return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))T\(time).\(padded(ofDay % 1000, 3))Z"
}

/// The date that is so many days after 1970-01-01.
private func dayAndMonth(_ days: Int) -> (year: Int, month: Int, day: Int) {
  // Never too late, because no year is longer; so it is right after a few steps forward.
  var year = 1970 + days / 366
  while CalendarDate.firstDay(of: year + 1) <= days { year += 1 }
  let ofYear = days - CalendarDate.firstDay(of: year)
  var month = 1
  while month < 12, CalendarDate.days(beforeMonth: month + 1, of: year) <= ofYear { month += 1 }
  return (year, month, ofYear - CalendarDate.days(beforeMonth: month, of: year) + 1)
}

private func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// Seconds as a JSON number with three decimals.
private func milliseconds(_ seconds: Double) -> String {
  guard let count = Int(exactly: (max(0, seconds) * 1000).rounded()) else { return "null" }
  return "\(count / 1000).\(padded(count % 1000, 3))"
}
