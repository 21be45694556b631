package import ComposeHTTP
import ComposeRuntime
package import ComposeSema

/// Answers calls to described APIs inside the process: no network, no key, always the same answer.
///
/// It stands behind the same protocol as the real client, so that everything above it runs as it always does.
package struct SandboxTransport: HTTPTransport {
  private let catalog: Catalog
  private let options: SandboxOptions
  private let background = SandboxBackground()

  /// How much of a body is read, in bytes.
  private static let bodyLimit = 64 * 1024 * 1024

  package init(catalog: Catalog, options: SandboxOptions = SandboxOptions()) {
    self.catalog = catalog
    self.options = options
  }

  package func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    let playback = SandboxPlayback(options: options, idleLimit: request.timeouts.idle ?? .infinity)
    if let picture = SandboxPicture(url: request.url) {
      return playback.response(SandboxAnswer(picture.png, contentType: "image/png"))
    }
    guard let (api, standIn, id) = target(of: request) else {
      throw HTTPError(
        .refused, "the sandbox answers only described APIs, and \(request.method) \(request.url) is none of them")
    }
    switch options.fault {
    case .tooManyRequests:
      return refused(.tooManyRequests, by: standIn, [HTTPField("Retry-After", "1")])
    case .serverError: return refused(.serverError, by: standIn)
    case .drop, .malformed, .stall, nil: break
    }
    if let id {
      guard let answer = standIn.progress(of: id, in: background, options) else {
        return refused(SandboxRefusal(status: 404, message: "There is no '\(id)'."), by: standIn)
      }
      return playback.response(answer)
    }
    let body = try await request.body?.collect(upTo: Self.bodyLimit) ?? []
    do throws(SandboxRefusal) {
      let call = try SandboxCall(request, body: body, api: api, background: background)
      return playback.response(try standIn.answer(to: call))
    } catch {
      return refused(error, by: standIn)
    }
  }

  private func refused(
    _ refusal: SandboxRefusal, by standIn: any SandboxStandIn, _ headers: [HTTPField] = []
  ) -> HTTPResponse {
    HTTPResponse(
      status: refusal.status, headers: [HTTPField("Content-Type", "application/json")] + headers,
      body: ByteStream(bytes: standIn.document(of: refusal).sandboxJSON))
  }

  /// The API, and behind its address the id of an earlier call that is asked for.
  private func target(of request: HTTPRequest) -> (APIDescription, any SandboxStandIn, id: String?)? {
    let names = Set(request.headers.map { $0.name.lowercased() })
    func find(_ url: String) -> (APIDescription, any SandboxStandIn)? {
      guard let api = catalog.api(for: RequestAddress(url: url), headers: names), let name = api.sandbox,
        let standIn = Self.standIns[name]
      else { return nil }
      return (api, standIn)
    }
    if let (api, standIn) = find(request.url) { return (api, standIn, nil) }
    guard request.method == "GET", let slash = request.url.lastIndex(of: "/"),
      let (api, standIn) = find(String(request.url[..<slash]))
    else { return nil }
    return (api, standIn, String(request.url[slash...].dropFirst()))
  }

  /// The stand-ins by the name that API descriptions use.
  private static let standIns: [String: any SandboxStandIn] = [
    "chat-completions": ChatCompletionsStandIn(),
    "embeddings": EmbeddingsStandIn(),
    "image-edits": ImagesStandIn(eventPrefix: "image_edit"),
    "images": ImagesStandIn(eventPrefix: "image_generation"),
    "messages": MessagesStandIn(),
    "responses": ResponsesStandIn(),
    "speech": SpeechStandIn(),
    "transcriptions": TranscriptionsStandIn(),
  ]
}
