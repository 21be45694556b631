import ComposeRuntime

/// The class by which the reference would call an error. Where ours do not tell, it is the most frequent one.
func errorClass(of error: RuntimeError) -> String {
  switch error.code {
  case .invalidInput, .value, .protocolViolation, .provider: errorClass(of: error.fault)
  case .unknownWorkflow: "KeyError"
  case .connection: "ConnectionError"
  case .timeout: "TimeoutError"
  case .cancelled: "CancelledError"
  case .unsupported, .limit, .deadlock, .unanswered, .internal: "RuntimeError"
  }
}

private func errorClass(of fault: ValueFault) -> String { classes[fault] ?? "ValueError" }

private let classes: [ValueFault: String] = [
  .content: "ValueError", .kind: "TypeError", .operation: "AttributeError", .json: "JSONDecodeError",
  .encoding: "UnicodeDecodeError", .base64: "binascii.Error", .missingFile: "FileNotFoundError",
  .folder: "IsADirectoryError", .overflow: "OverflowError",
]

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
  /// An error that a vector writes down by its class.
  init(recorded name: String) {
    let fault = classes.first { $0.value == name }?.key ?? .content
    self.init(.value, "the source fails with \(name)", fault: fault)
  }
}
