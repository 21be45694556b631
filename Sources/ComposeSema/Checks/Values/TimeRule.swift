import ComposeBasic
import ComposeSyntax

/// Points in time and their time zones.
enum TimeRule: FieldRule {
  private static func example(_ time: String, _ zone: String) -> String {
    """
    component: {type: http-client, action: {endpoint: https://api.example.com}}
    workflow:
      job: {type: delay, mode: specific-time, time: \(time), timezone: \(zone)}
    """
  }

  private static let time = DiagnosticCode(
    "invalid-time", .error, "A point in time that cannot be read",
    explanation: """
      A point in time is written as in ISO 8601: a date, or a date and a time of day. The reference reads it when the
      job runs, and fails then.

      ```yaml bad
      \(example("tomorrow", "UTC"))
      ```

      ```yaml good
      \(example("\"2030-01-31T08:00:00\"", "UTC"))
      ```
      """)

  private static let zone = DiagnosticCode(
    "unknown-time-zone", .error, "A time zone that does not exist",
    explanation: """
      Time zones have the names of the IANA database, such as `Europe/Berlin` or `UTC`. The reference looks for the name
      when the job runs, and fails then.

      ```yaml bad
      \(example("\"2030-01-31T08:00:00\"", "Mars/Olympus"))
      ```

      ```yaml good
      \(example("\"2030-01-31T08:00:00\"", "Asia/Seoul"))
      ```
      """)

  static let codes = [time, zone]

  static func check(_ visit: FieldVisit, into findings: inout ValueFindings) {
    guard let moment = visit.shape.moment, let scalar = visit.literal else { return }
    switch visit.name {
    case moment.time: checkTime(scalar, visit, into: &findings)
    case moment.zone: checkZone(scalar, of: moment.time, visit, into: &findings)
    default: break
    }
  }

  private static func checkTime(_ scalar: YAMLScalar, _ visit: FieldVisit, into findings: inout ValueFindings) {
    switch scalar.value {
    case .text(let text):
      guard !text.isEmpty, TimeText(text) == nil else { return }
      findings.emit(
        Diagnostic(time, "'\(text)' is no date and time", at: visit.value.range)
          .help("write it as 2030-01-31T08:00:00")
          .upstream("fails when the job runs"))
    case .integer(let number) where scalar.style == .plain && scalar.text.contains(":"):
      findings.emit(
        Diagnostic(
          time, "unquoted, '\(scalar.text)' is the number \(number) to the base 60", at: visit.value.range
        )
        .help("write a date and a time: 2030-01-31T08:00:00")
        .upstream("takes it for \(number) seconds after the start of 1970"))
    default: break
    }
  }

  private static func checkZone(
    _ scalar: YAMLScalar, of time: String, _ visit: FieldVisit, into findings: inout ValueFindings
  ) {
    guard case .text(let name) = scalar.value, !name.isEmpty, !TimeZoneName.isKnown(name) else { return }
    // The zone is looked for only when the time has none of its own.
    if let time = visit.mapping.entry(time)?.value.scalar?.text,
      time.hasSuffix("Z") || time.dropFirst(10).contains("+") || time.dropFirst(10).contains("-")
    {
      return
    }
    let diagnostic = Diagnostic(zone, "unknown time zone '\(name)'", at: visit.value.range)
      .upstream("fails when the job runs")
    guard let best = suggestion(for: name, among: TimeZoneName.all) ?? zone(ofCity: name) else {
      findings.emit(diagnostic.help("use a name of the IANA database, such as Europe/Berlin or UTC"))
      return
    }
    findings.emit(
      diagnostic.help("did you mean '\(best)'?")
        .fix("write '\(best)'", .suggested, replace: visit.value.range, with: best))
  }

  /// `Berlin` is part of `Europe/Berlin`.
  private static func zone(ofCity name: String) -> String? {
    let city = "/" + String(name.lowercased().map { $0 == " " ? "_" : $0 })
    return TimeZoneName.all.first { $0.lowercased().hasSuffix(city) }
  }
}
