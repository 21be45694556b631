import ComposeBasic

/// A point in time as a job waits for it.
package struct PointInTime: Hashable, Sendable {
  /// Since 1970-01-01T00:00:00Z.
  package let microseconds: Int

  package init(microseconds: Int) { self.microseconds = microseconds }

  package var secondsSinceEpoch: Double { Double(microseconds) / 1_000_000 }

  /// What the fields `time` and `timezone` of a delay say; `nil` for an empty time, for which nobody waits.
  ///
  /// A text is read as in ISO 8601, or as a timestamp of YAML. A time without an offset is one in the zone, and without
  /// a zone one of the machine's own. A number counts seconds since 1970, or milliseconds from 2e10 on.
  ///
  /// - Throws: a `value` error for what is no time or no zone; `unsupported` when the machine knows no zones.
  package init?(_ time: Value, timeZone: Value, zones: TimeZones) throws(RuntimeError) {
    guard time.isTruthy else { return nil }
    switch time {
    case .text(let text):
      guard let time = TimeText(text) ?? TimeText(yamlTimestamp: text) else {
        throw RuntimeError(
          .value, "\(quotedForError(.text(text))) is no date and time: write it as 2030-01-31T08:00:00")
      }
      self.init(microseconds: try Self.microseconds(of: time, timeZone, zones))
    case .integer, .number:
      guard let microseconds = Self.microseconds(sinceEpoch: try time.castNumber()) else {
        throw RuntimeError(.value, "\(quotedForError(time)) is no point in time before the year 10000")
      }
      self.init(microseconds: microseconds)
    default: throw .wrongKind("a point in time cannot be \(time.kindName)")
    }
  }

  private static func microseconds(
    of time: TimeText, _ zone: Value, _ zones: TimeZones
  ) throws(RuntimeError) -> Int {
    if let offset = time.offset { return time.localMicroseconds - offset }
    // Down to a whole second, also before 1970.
    let rest = time.microsecondOfDay % 1_000_000
    let wall = (time.localMicroseconds - rest) / 1_000_000
    guard zone.isTruthy else { return zones.localSeconds(whenClockShows: wall) * 1_000_000 + rest }
    guard case .text(let name) = zone else { throw .wrongKind("a time zone cannot be \(zone.kindName)") }
    if name == "UTC" { return time.localMicroseconds }
    let offset = try zones.zone(named: name).offset(whenClocksShow: wall, inYear: time.date.year)
    return (wall - offset) * 1_000_000 + rest
  }

  private static func microseconds(sinceEpoch number: Double) -> Int? {
    let isMilliseconds = number.magnitude > 2e10
    let unit = isMilliseconds ? 1_000 : 1_000_000
    let whole = number.rounded(.towardZero)
    // From year 1 to 9999.
    let limits = isMilliseconds ? -62_135_596_800_000.0..<253_402_300_800_000 : -62_135_596_800..<253_402_300_800
    guard limits.contains(number) else { return nil }
    return Int(whole) * unit + Int(((number - whole) * Double(unit)).rounded())
  }
}
