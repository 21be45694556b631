import ComposeBasic
import ComposeRuntime
import ComposeTestSupport
import Testing

/// Points in time as Python 3.11 and its `zoneinfo` give them, with a database from 2025. The zones are the machine's:
/// `scripts/test` installs the package tzdata. A country that changes its rules for years to come changes rows.
@Suite struct PointInTimeTests {
  @Test func everyRow() throws {
    var failures = 0
    var count = 0
    for line in try Files.read(Self.folder + "/points.jsonl").split(separator: UInt8(ascii: "\n")) {
      let row = try parseJSON(Array(line))
      count += 1
      var point: PointInTime?
      var message = ""
      do throws(RuntimeError) {
        point = try PointInTime(row.member("text"), timeZone: row.member("zone"), zones: Self.zones)
      } catch {
        message = error.message
      }
      var expected: Int?
      if case .integer(let number) = row.member("micros") { expected = number }
      // Nobody waits for an empty time; and a timestamp of YAML, which is no text there, is one here.
      let isOurs =
        row.member("text").displayText.isEmpty || TimeText(yamlTimestamp: row.member("text").displayText) != nil
      if point?.microseconds != expected, expected != nil || !isOurs {
        failures += 1
        if failures < 20 { Issue.record("\(row.debugForm): \(point.map { "\($0.microseconds)" } ?? message)") }
      }
    }
    #expect(failures == 0)
    #expect(count > 2000)
  }

  @Test(
    arguments: [
      ("2030-1-3", 1_893_628_800), ("2030-1-3 8:05:06", 1_893_657_906), ("2030-01-03t08:05:06", 1_893_657_906),
      ("2030-01-03 \t 08:05:06", 1_893_657_906), ("2030-01-03 8:05:06 Z", 1_893_657_906),
      ("2030-01-03 8:05:06 +9", 1_893_625_506), ("2030-01-03 8:05:06-09:30", 1_893_692_106),
      ("2030-01-03T08:05:06.", 1_893_657_906),
    ])
  func timestampsOfYAML(_ text: String, _ seconds: Int) throws {
    let point = try PointInTime(.text(text), timeZone: .text("UTC"), zones: Self.zones)
    #expect(point?.microseconds == seconds * 1_000_000)
  }

  @Test(
    arguments: [
      (.integer(20_000_000_000), 20_000_000_000_000_000), (.integer(20_000_000_001), 20_000_000_001_000),
      (.integer(-5), -5_000_000), (.number(1_700_000_000.5), 1_700_000_000_500_000),
      (.number(-1.0000005), -1_000_001), (.number(1.0000015), 1_000_001),
      (.integer(253_402_300_799_999), 253_402_300_799_999_000),
      (.integer(-62_135_596_800_000), -62_135_596_800_000_000),
    ] as [(Value, Int)])
  func numbers(_ number: Value, _ microseconds: Int) throws {
    let point = try PointInTime(number, timeZone: .text("Asia/Seoul"), zones: Self.zones)
    #expect(point?.microseconds == microseconds)
  }

  @Test(
    arguments: [
      .integer(253_402_300_800_000), .integer(-62_135_596_800_001), .number(.nan), .number(.infinity), .boolean(true),
      .list([.integer(1)]), .text("2030-01-03 24:00:00"),
    ] as [Value])
  func noPoints(_ value: Value) {
    #expect { try PointInTime(value, timeZone: .null, zones: Self.zones) } throws: {
      ($0 as? RuntimeError)?.code == .value
    }
  }

  @Test(arguments: [.null, .text(""), .integer(0), .boolean(false), .list([])] as [Value])
  func emptyTimes(_ value: Value) throws {
    #expect(try PointInTime(value, timeZone: .text("Mars/Olympus"), zones: Self.zones) == nil)
  }

  @Test(
    arguments: [
      ("Mars/Olympus", "value", "there is no time zone 'Mars/Olympus'"),
      ("../zoneinfo/UTC", "value", "there is no time zone"), ("Europe", "value", "there is no time zone"),
    ])
  func unknownZones(_ name: String, _ code: String, _ message: String) {
    #expect { try Self.zones.zone(named: name) } throws: { error in
      let error = error as? RuntimeError
      return error?.code.rawValue == code && error?.message.contains(message) == true
    }
  }

  /// Any folder of zones without the old names will do.
  @Test func oldNames() {
    let zones = TimeZones(folders: [Self.database + "/Etc"], localOffset: { _ in 0 })
    #expect { try zones.zone(named: "US/Pacific") } throws: { error in
      let error = error as? RuntimeError
      return error?.code == .unsupported && error?.message.contains("'tzdata-legacy'") == true
    }
  }

  @Test func noDatabase() throws {
    let zones = TimeZones(folders: ["/nowhere"], localOffset: { _ in 0 })
    #expect { try zones.zone(named: "Asia/Seoul") } throws: { error in
      let error = error as? RuntimeError
      return error?.code == .unsupported && error?.message.contains("install the package 'tzdata'") == true
    }
    // UTC needs none.
    let point = try PointInTime(.text("2030-01-01"), timeZone: .text("UTC"), zones: zones)
    #expect(point?.microseconds == 1_893_456_000_000_000)
  }

  /// The package tzdata must be installed here: `scripts/test` does it.
  @Test func theMachinesDatabase() throws {
    let point = try PointInTime(.text("2000-01-01T09:00"), timeZone: .text("Asia/Seoul"), zones: .system)
    #expect(point?.microseconds == 946_684_800_000_000)
    #expect(TimeZones.system.localOffset(946_684_800).magnitude < 86_400)
  }

  /// No bytes make the reader fail otherwise than by saying no.
  @Test func damagedFiles() throws {
    let bytes = try Files.read(Self.database + "/Europe/Dublin")
    #expect(TimeZoneFile(bytes) != nil)
    for length in 0..<bytes.count { _ = TimeZoneFile(Array(bytes[..<length])) }
    var random = JSONGenerator(seed: 3)
    for _ in 0..<3000 {
      var damaged = bytes
      for _ in 0...random.below(4) { damaged[random.below(damaged.count)] = UInt8(random.below(256)) }
      let file = TimeZoneFile(damaged)
      _ = file?.offset(whenClocksShow: random.below(8_000_000_000) - 4_000_000_000, inYear: 1 + random.below(9999))
    }
    #expect(TimeZoneFile([]) == nil)
    #expect(TimeZoneFile(Array("TZif".utf8)) == nil)
  }

  private static let folder = Files.repository + "/Fixtures/time"
  private static let database = "/usr/share/zoneinfo"

  /// The machine's own clock is one of Berlin in 2029 and 2030.
  private static let zones = TimeZones(folders: [database]) { seconds in
    let isSummer =
      (1_869_094_800..<1_887_843_600).contains(seconds) || (1_901_149_200..<1_919_293_200).contains(seconds)
    return isSummer ? 7200 : 3600
  }
}
