/// Why bytes are not JSON.
package struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was wrong, without the place.
  package let message: String
  /// Where it was noticed, in bytes from the start.
  package let offset: Int

  /// Whether it may be JSON, but goes beyond what is read.
  package let isLimit: Bool

  package init(_ message: String, offset: Int, isLimit: Bool = false) {
    self.message = message
    self.offset = offset
    self.isLimit = isLimit
  }

  package var description: String { "\(message) at byte \(offset)" }
}
