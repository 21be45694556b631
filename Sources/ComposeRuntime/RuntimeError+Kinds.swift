package import ComposeBasic

/// Why a value could not be used. Clients see one code for all; the reference tells them apart by classes.
package enum ValueFault: Hashable, Sendable {
  /// The right kind of value with a wrong content.
  case content
  /// A kind that cannot be used there at all.
  case kind
  /// A value that lacks an operation of its kind, such as `starts-with` of a number.
  case operation
  case json
  /// Bytes that are not UTF-8.
  case encoding
  case base64
  case missingFile
  case folder
  /// A number that the target cannot hold.
  case overflow
}

extension RuntimeError {
  /// A `value` error for a value of a kind that cannot be used there, whatever is in it.
  package static func wrongKind(_ message: String, range: SourceRange? = nil) -> RuntimeError {
    RuntimeError(.value, message, range: range, fault: .kind)
  }

  /// Whether the kind of a value was wrong, and not merely its content.
  package var isKindMismatch: Bool { fault == .kind || fault == .operation }
}
