import ComposeBasic
import ComposeRuntime

/// Looks for what a provider says that a call has used, and tells those who watch the run.
///
/// APIs write it in one member of the answer or of an event: `usage`, in a few of them one level deeper, in `message` or
/// `response`.
struct UsageReader: Sendable {
  private let reporter: CallReporter

  private static let paths: [[String]] = [["usage"], ["message", "usage"], ["response", "usage"]]
  private static let scanners = paths.map { JSONPathScanner($0.map { .key($0) }) }

  /// - Returns: `nil` when nobody watches.
  init?(_ reporter: CallReporter) {
    guard reporter.isObserved else { return nil }
    self.reporter = reporter
  }

  /// Looks into a whole answer.
  func read(_ answer: Value) {
    for path in Self.paths {
      let value = path.reduce(answer) { $0.member($1) }
      if case .object = value { return reporter.used(value) }
    }
  }

  /// Looks into an event of a stream. Most have no usage, or null in its place, which the bytes tell at once.
  func read(_ event: Span<UInt8>) {
    guard event.hasUsage else { return }
    for scanner in Self.scanners {
      if let value = try? scanner.value(in: event), case .object = value { return reporter.used(value) }
    }
  }
}

extension Span<UInt8> {
  /// Whether a member `usage` with an object seems to be in the JSON.
  fileprivate var hasUsage: Bool {
    let key: StaticString = "\"usage\""
    var end = 0
    while let place = firstIndex(of: key, from: end) {
      var next = place + key.utf8CodeUnitCount
      while next < count, isBetween(self[next]) { next += 1 }
      if next < count, self[next] == UInt8(ascii: "{") { return true }
      // Only the quote at the key's end can begin the key again.
      end = place + key.utf8CodeUnitCount - 1
    }
    return false
  }
}

/// Whether the byte may stand between a key and its value.
private func isBetween(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: ":") || byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
}
