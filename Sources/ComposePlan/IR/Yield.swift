/// How a value is handed on.
package enum Yield: Hashable, Sendable {
  /// All at once.
  case value
  /// Chunk by chunk; `nil` where it shows only at run time whether the chunks are pieces of one value.
  case stream(isFragmented: Bool?)
  /// As the texts of Server-Sent Events.
  case encoded
  /// Which of these shows only at run time.
  case either

  package var isStream: Bool {
    switch self {
    case .stream, .encoded: true
    case .value, .either: false
    }
  }

  /// What holds for both.
  func or(_ other: Yield) -> Yield {
    switch (self, other) {
    case (.stream(let left), .stream(let right)): .stream(isFragmented: left == right ? left : nil)
    default: self == other ? self : .either
    }
  }
}
