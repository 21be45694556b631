import Synchronization

/// A value that is handed over once.
package final class OneValue<Content: Sendable>: Sendable {
  private let value: Mutex<Content?>

  package init(_ value: Content?) { self.value = Mutex(value) }

  /// The value for the first who asks, and `nil` for all others.
  package func take() -> Content? {
    value.withLock { value in
      defer { value = nil }
      return value
    }
  }
}
