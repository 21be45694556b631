import ComposeRuntime

/// The class by which the reference would call an error. Where ours do not tell, it is the most frequent one.
func errorClass(of error: RuntimeError) -> String {
  if error.isKindMismatch { return "TypeError" }
  return switch error.code {
  case .invalidInput, .value, .protocolViolation, .provider: "ValueError"
  case .unknownWorkflow: "KeyError"
  case .connection: "ConnectionError"
  case .timeout: "TimeoutError"
  case .cancelled: "CancelledError"
  case .unsupported, .internal: "RuntimeError"
  }
}

/// The code under which this program refuses at run time what the reference runs; `nil` for an error of both.
///
/// The provider's errors inside a stream are chunks for the reference, and so are events that cannot be read.
func refusalCode(of error: RuntimeError) -> String? {
  switch error.code {
  case .unsupported, .protocolViolation, .provider: return error.code.rawValue
  case .value: return error.diagnosticCode
  default: return nil
  }
}

extension RuntimeError {
  /// An error that a vector writes down.
  init(recorded name: String) { self.init(.value, "the source fails with \(name)") }
}
