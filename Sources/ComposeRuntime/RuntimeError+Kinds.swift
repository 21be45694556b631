package import ComposeBasic

extension RuntimeError {
  /// A `value` error for a value of a kind that cannot be used there, whatever is in it.
  package static func wrongKind(_ message: String, range: SourceRange? = nil) -> RuntimeError {
    RuntimeError(.value, message, range: range, isKindMismatch: true)
  }
}
