package import ComposeHTTP
package import ComposeSema

/// Answers calls to described APIs inside the process: no network, no key, always the same answer.
///
/// It stands behind the same protocol as the real client, so that everything above it runs as it always does.
package struct SandboxTransport: HTTPTransport {
  private let catalog: Catalog
  private let options: SandboxOptions

  package init(catalog: Catalog, options: SandboxOptions = SandboxOptions()) {
    self.catalog = catalog
    self.options = options
  }

  package func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    guard let standIn = standIn(for: request) else {
      throw HTTPError(
        .refused, "the sandbox answers only described APIs, and \(request.method) \(request.url) is none of them")
    }
    var request = request
    if let body = request.body { request.body = .bytes(try await body.collect(upTo: bodyLimit)) }
    return standIn.answer(to: request, options)
  }

  private func standIn(for request: HTTPRequest) -> (any SandboxStandIn)? {
    guard let api = catalog.api(forPath: request.url), let name = api.sandbox else { return nil }
    return Self.standIns[name]
  }

  /// The stand-ins by the name that API descriptions use.
  private static let standIns: [String: any SandboxStandIn] = [
    "chat-completions": ChatCompletionsStandIn()
  ]
}

/// In bytes.
private let bodyLimit = 64 * 1024 * 1024

/// What answers in place of one API.
protocol SandboxStandIn: Sendable {
  func answer(to request: HTTPRequest, _ options: SandboxOptions) -> HTTPResponse
}
