import ComposeBasic
import ComposeHTTP
import ComposePlan
import ComposeRuntime

/// `http-client`: calls an HTTP API and gives its answer, whole or as it streams.
struct HTTPClient: Component {
  static let type = "http-client"
  static let componentFields: Set<String> = ["base_url", "headers", "timeout"]
  static let actionFields: Set<String> = [
    "endpoint", "path", "method", "headers", "params", "body", "stream_format", "stream_fragmented", "timeout",
  ]

  static func refusals(of invocation: Invocation) -> [Refusal] {
    guard let headers = invocation.actionField("headers"), case .object(let members) = headers.content else {
      return []
    }
    return members.compactMap { member in
      guard member.key.lowercased() == "content-type", case .constant(.text(let type)) = member.value.content,
        type.lowercased().hasPrefix("multipart/")
      else { return nil }
      return Refusal("multipart bodies are not sent by this version", at: member.value.range)
    }
  }

  private let services: Services

  init(_ declaration: ComponentDeclaration, _ services: Services) { self.services = services }

  func run(_ call: ComponentCall) async throws(RuntimeError) -> Value {
    let fields = ActionFields(call, services)
    let request = try await HTTPRequestBuilder(invocation: call.invocation, evaluator: fields.evaluator).request()
    let response: HTTPResponse
    do throws(HTTPError) {
      response = try await services.transport.send(request)
    } catch {
      throw RuntimeError(error)
    }
    let reply = HTTPReply(
      response: response, call: call, scope: fields.scope, errorBodyTimeout: services.errorBodyTimeout)
    return try await reply.value()
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
