/// Why an API refuses a call.
struct SandboxRefusal: Error {
  let status: Int
  /// For whoever reads it.
  let message: String
  /// The field that is wrong.
  var parameter: String?
  /// Whether the field is missing.
  var isMissing = false

  static func missing(_ parameter: String) -> SandboxRefusal {
    SandboxRefusal(
      status: 400, message: "Missing required parameter: '\(parameter)'.", parameter: parameter, isMissing: true)
  }

  static func wrongType(_ parameter: String, expected: String, found: String) -> SandboxRefusal {
    SandboxRefusal(
      status: 400, message: "Invalid type for '\(parameter)': expected \(expected), but got \(found) instead.",
      parameter: parameter)
  }

  static func invalid(_ parameter: String, _ message: String) -> SandboxRefusal {
    SandboxRefusal(status: 400, message: "Invalid value for '\(parameter)': \(message).", parameter: parameter)
  }

  static let unreadable = SandboxRefusal(
    status: 400, message: "We could not parse the JSON body of your request.")

  static let tooManyRequests = SandboxRefusal(status: 429, message: "Rate limit reached in the sandbox.")
  static let serverError = SandboxRefusal(status: 500, message: "The sandbox fails on purpose.")
}
