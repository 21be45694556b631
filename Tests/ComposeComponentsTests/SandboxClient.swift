import ComposeComponents
import ComposeHTTP
import ComposePlan
import ComposeRuntime
import ComposeSema
import Testing

/// Calls the stand-ins of the sandbox as a client calls the APIs.
struct SandboxClient {
  static func transport(_ fault: SandboxOptions.Fault? = nil, rate: Double = 0) -> SandboxTransport {
    SandboxTransport(catalog: .builtIn, options: SandboxOptions(rate: rate, fault: fault))
  }

  func send(
    _ path: String, _ body: String, headers: [HTTPField] = [], on transport: SandboxTransport? = nil
  ) async throws -> HTTPResponse {
    let host = path == "/messages" ? "api.anthropic.com" : "api.openai.com"
    return try await (transport ?? Self.transport()).send(
      HTTPRequest(method: "POST", url: "https://\(host)/v1\(path)", headers: headers, body: Array(body.utf8)))
  }

  func document(_ path: String, _ body: String, headers: [HTTPField] = []) async throws -> Value {
    let response = try await send(path, body, headers: headers)
    return try parseJSON(try await response.body.collect(upTo: 1 << 22))
  }

  /// The names and the data of all events.
  func events(_ path: String, _ body: String) async throws -> [(name: String?, data: String)] {
    let response = try await send(path, body)
    #expect(response.header("content-type") == "text/event-stream")
    let text = String(decoding: try await response.body.collect(upTo: 1 << 22), as: UTF8.self)
    return text.split(separator: "\n\n").map { event in
      let lines = event.split(separator: "\n")
      let name = lines.first { $0.hasPrefix("event: ") }.map { String($0.dropFirst(7)) }
      return (name, String(lines.first { $0.hasPrefix("data: ") }?.dropFirst(6) ?? ""))
    }
  }
}

extension Value {
  var textForTest: String? {
    if case .text(let text) = self { return text }
    return nil
  }
}
