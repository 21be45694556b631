/// How the sandbox behaves.
package struct SandboxOptions: Sendable {
  /// What goes wrong on purpose.
  package enum Fault: String, CaseIterable, Sendable {
    /// The provider limits the rate: 429 with `Retry-After`.
    case tooManyRequests = "429"
    /// The provider fails: 500.
    case serverError = "500"
    /// The connection is lost after a few chunks.
    case drop
    /// An event is not valid JSON.
    case malformed
    /// Nothing comes after a few chunks.
    case stall
  }

  /// Tokens a second; 0 sends as fast as they are read.
  package var rate: Double
  package var fault: Fault?

  package init(rate: Double = 40, fault: Fault? = nil) {
    self.rate = rate
    self.fault = fault
  }

  /// The time between two chunks.
  var interval: Duration? { rate > 0 ? .seconds(1 / rate) : nil }
}
