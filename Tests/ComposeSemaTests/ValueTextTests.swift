import ComposeBasic
import Testing

@testable import ComposeSema

/// Texts with a meaning, read as the reference reads them when it uses them.
@Suite struct ValueTextTests {
  @Test(arguments: [
    ("10", 10), ("1.5", 1.5), ("500ms", 0.5), ("10s", 10), ("10 s", 10), ("1.5m", 90), ("2h", 7200), ("1d", 86400),
    ("-2s", -2), ("1:30", 90), ("1:00:00.5", 3600.5), ("1_0s", 10), ("1e1s", 10), (".5s", 0.5),
  ])
  func durations(_ text: String, _ seconds: Double) { #expect(DurationText(text).seconds == seconds) }

  @Test(arguments: ["", "s", "5min", "10 seconds", "10S", "1w", "half a second", "1h30m", "1:2:3:4", "a:1", "1:"])
  func noDurations(_ text: String) { #expect(DurationText(text).seconds == nil) }

  @Test(arguments: [
    ("5min", "5m"), ("10 seconds", "10s"), ("10S", "10s"), ("1w", "7d"), ("1h30m", "5400s"), ("PT30S", "30s"),
    ("1 hour, 30 minutes", "5400s"), ("1.5 hrs", "1.5h"), ("200 msec", "200ms"),
  ])
  func repairedDurations(_ text: String, _ repaired: String) { #expect(DurationText(text).repaired == repaired) }

  @Test(arguments: ["", "soon", "half a second", "5 fortnights", "m", "1.2.3s"])
  func unrepairableDurations(_ text: String) { #expect(DurationText(text).repaired == nil) }

  @Test(arguments: [("1024", 1024), ("2.5", 2.5), ("10B", 10), ("64KB", 65536), ("64K", 65536), ("1.5MB", 1_572_864)])
  func sizes(_ text: String, _ bytes: Double) { #expect(SizeText(text).bytes == bytes) }

  @Test(arguments: [("50mb", "50MB"), ("1GiB", "1GB"), ("1T", "1024GB"), ("10 kib", "10KB"), ("7 bytes", "7B")])
  func repairedSizes(_ text: String, _ repaired: String) {
    #expect(SizeText(text).bytes == nil)
    #expect(SizeText(text).repaired == repaired)
  }

  @Test(arguments: ["", "some", "MB", "1X"])
  func noSizes(_ text: String) {
    #expect(SizeText(text).bytes == nil)
    #expect(SizeText(text).repaired == nil)
  }

  @Test(arguments: [
    "https://api.example.com", "http://[::1]:8000/v1", "HTTPS://a", "https://a/b?q=c d",
    "https://me:secret@a:80/x?y=z#f",
    "${input.url}", "https://${input.host}/x", "https://a:${input.port}/x", "http${input.s}://a", "https:${input.rest}",
    "https://a.${input.domain}", "http://a_b:8080",
  ])
  func addresses(_ text: String) { #expect(URLText(text).problem(schemes: ["https", "http"]) == nil) }

  static let badAddresses: [(String, URLText.Problem)] = [
    ("api.example.com/v1", .noScheme), ("localhost:8000", .noScheme), ("example", .noScheme),
    ("api.example.com/${input.path}", .noScheme), ("/v1/items", .relative), ("/${input.path}", .relative),
    ("htps://a", .unknownScheme("htps", best: "https")), ("ftp://a", .unknownScheme("ftp", best: nil)),
    ("https:/a", .slashes), ("https:a", .slashes), ("https:///v1", .noHost), ("https://", .noHost),
    ("https://:80/x", .noHost), ("https://a b/c", .blank(offset: 9)), ("https://a/b c", .blank(offset: 11)),
    ("https://a:99999/", .port("99999")),
    ("https://a:port", .port("port")),
  ]

  @Test(arguments: badAddresses)
  func noAddresses(_ text: String, _ problem: URLText.Problem) {
    #expect(URLText(text).problem(schemes: ["https", "http"]) == problem)
  }

  @Test(arguments: [
    "2020-01-01", "20200101", "2020-W01-1", "2020-W01", "2020W011", "2020-01-01T00:00:00", "2020-01-01 00:00",
    "2020-01-01T00", "2020-01-01x10:00", "2020-01-01T1000", "20200101T000000", "2020-01-01T00:00:00Z",
    "2020-01-01T00:00:00+09:00", "2020-01-01T10:00 +0900", "2020-01-01T10:00:00,5", "2024-02-29",
  ])
  func times(_ text: String) { #expect(TimeText(text) != nil) }

  @Test(arguments: [
    "", "tomorrow", "12:00", "2020-1-1", "2020-001", "2020-01-01T24:00:00", "2020-13-01", "2023-02-29", "2020-01-01T",
    "2020-01-01T10:60", "2020-01-01T10:00:00.", "2020-01-01T10:00Zulu", "01.02.2020", "2020/01/01",
  ])
  func noTimes(_ text: String) { #expect(TimeText(text) == nil) }

  @Test func timeZones() {
    #expect(TimeZoneName.all.count > 590)
    for name in ["UTC", "Europe/Berlin", "America/Argentina/Ushuaia", "Etc/GMT+12", "EST5EDT", "right/Asia/Seoul"] {
      #expect(TimeZoneName.isKnown(name), "\(name)")
    }
    for name in ["", "KST", "europe/berlin", "UTC+9", "Europe", "Europe/"] {
      #expect(!TimeZoneName.isKnown(name), "\(name)")
    }
  }

  @Test(arguments: ["10/1s", "10/s", " 10 / 0.5m ", "1/ms", "007/1h"])
  func rateLimits(_ text: String) { #expect(RateLimitText(text).problem == nil) }

  @Test(
    arguments: [
      ("10 per second", .form, "10/1s"), ("10", .form, nil), ("100 requests per minute", .form, "100/1m"),
      ("10/1.5.2s", .form, nil), ("0/1s", .noRequests, "0/1s"), ("10/0s", .noPeriod, "10/0s"),
      ("10/5min", .form, "10/5m"),
    ] as [(String, RateLimitText.Problem, String?)])
  func noRateLimits(_ text: String, _ problem: RateLimitText.Problem, _ repaired: String?) {
    #expect(RateLimitText(text).problem == problem)
    if problem == .form { #expect(RateLimitText(text).repaired == repaired) }
  }

  @Test(arguments: [
    ("X-Trace", true), ("a!#$%&'*+-.^_`|~1", true), ("", false), ("X Y", false), ("X:", false), ("é", false),
  ])
  func headerNames(_ text: String, _ isName: Bool) { #expect(HeaderText.isName(text) == isName) }

  @Test func retrySchedules() {
    let fixed = RetrySchedule(attempts: 5, delay: 40)
    #expect((1...3).map(fixed.wait) == [0, 40, 40])
    #expect(fixed.firstAttempt(beyond: 60)?.number == 3)
    #expect(fixed.firstAttempt(beyond: 60)?.start == 80)
    #expect(fixed.firstAttempt(beyond: 1000) == nil)
    let doubled = RetrySchedule(attempts: 6, delay: 5, isExponential: true, longestDelay: 15)
    #expect((1...6).map(doubled.wait) == [0, 5, 10, 15, 15, 15])
    #expect(RetrySchedule(attempts: 1, delay: 90).firstAttempt(beyond: 60) == nil)
    #expect(RetrySchedule(attempts: 100_000, delay: 1, isExponential: true).firstAttempt(beyond: 1e300) != nil)
  }
}
