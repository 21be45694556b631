import ComposeBasic
import ComposeHTTP
import ComposePlan
import ComposeRuntime

/// `http-client`: calls an HTTP API and gives its answer, whole or as it streams, or what becomes of it later.
struct HTTPClient: Component {
  static let type = "http-client"
  static let componentFields: Set<String> = ["base_url", "headers", "timeout", "rate_limit"]
  static let actionFields: Set<String> = [
    "endpoint", "path", "method", "headers", "params", "body", "stream_format", "stream_fragmented", "timeout",
    "completion",
  ]

  private let services: Services
  private let rateLimiter: RateLimiter?

  init(_ declaration: ComponentDeclaration, _ services: Services) {
    self.services = services
    rateLimiter = declaration.field("rate_limit").map { RateLimiter($0) }
  }

  func run(_ call: ComponentCall) async throws(RuntimeError) -> Value {
    try await rateLimiter?.wait(on: call.clock)
    return try await HTTPAction(call, services).value()
  }
}

extension RuntimeError {
  /// What a failed exchange means for a run.
  init(_ error: HTTPError) {
    let code: Code =
      switch error.kind {
      case .timeout: .timeout
      case .cancelled: .cancelled
      case .malformed, .bodyTooLarge, .redirect: .protocolViolation
      case .invalidURL, .invalidRequest: .value
      case .unresolvedHost, .refused, .connectionLost, .tls: .connection
      case .unavailable: .internal
      }
    self.init(code, error.message)
  }
}
