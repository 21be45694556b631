import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

/// How files say where and how they are served.
@Suite struct ServingTests {
  @Test func severalAdapters() throws {
    let serving = try serving(
      """
      shutdown_pending_period: 5s
      shutdown_timeout: 1m
      adapters:
        - {type: http-server, base_path: /api, origins: "https://a.example, https://b.example"}
        - {type: http-server, host: localhost, port: 8090, websocket: false}
        - type: http-server
          port: 8091
          websocket: {path: /live, max_connection_count: 8, ping_interval: 0s, ping_timeout: 500ms}
        - {type: mcp-server, port: 8092}
      """)
    #expect(
      serving.apis == [
        ServingPlan.API(
          .init(host: "127.0.0.1", port: 8080), basePath: "/api", origins: ["https://a.example", "https://b.example"]),
        ServingPlan.API(.init(host: "localhost", port: 8090), webSocket: nil),
        ServingPlan.API(
          .init(host: "127.0.0.1", port: 8091),
          webSocket: ServingPlan.WebSocket(
            path: "/live", connectionLimit: 8, pingInterval: 0, pingTimeout: 0.5)),
      ])
    #expect(serving.api == serving.apis.first?.address && serving.basePath == "/api" && serving.origins.count == 2)
    #expect(serving.shutdownPending == 5 && serving.shutdownTimeout == 60)
    #expect(serving.refused.map(\.value) == ["the mcp-server adapter"])
  }

  @Test func nothingIsSaid() throws {
    let serving = try serving("adapter: {type: http-server}")
    #expect(serving.apis == [ServingPlan.API(.init(host: "127.0.0.1", port: 8080))])
    #expect(serving.apis.first?.webSocket == ServingPlan.WebSocket(path: "/ws", pingInterval: 30, pingTimeout: 10))
    #expect(serving.shutdownPending == 0 && serving.shutdownTimeout == 30)
    #expect(try self.serving("name: a").apis.isEmpty)
  }

  @Test(arguments: [("true", true), ("false", false), ("{path: /a}", true)])
  func webSockets(_ value: String, _ isServed: Bool) throws {
    let api = try #require(try serving("adapter: {type: http-server, websocket: \(value)}").apis.first)
    #expect((api.webSocket != nil) == isServed)
  }

  @Test func otherPorts() throws {
    let serving = try serving(
      """
      adapters: [{type: http-server, base_path: /a}, {type: http-server, port: 8090}]
      webui: {driver: gradio}
      shutdown_timeout: 9s
      """)
    let changed = serving.listening(on: 1, webPort: 2)
    #expect(changed.apis.map(\.address.port) == [1, 8090] && changed.webUI?.port == 2)
    #expect(changed.basePath == "/a" && changed.shutdownTimeout == 9)
    #expect(serving.listening(on: nil, webPort: nil) == serving)
  }

  @Test(arguments: [
    "{adapter: {type: http-server, port: 8081}, webui: {driver: gradio}}",
    "{adapters: [{type: http-server}, {type: http-server}]}",
  ])
  func onePortTwice(_ controller: String) {
    let text = "controller: \(controller)\nworkflow: {job: {type: delay, duration: 1s}}\n"
    let errors = compiled(text).diagnostics.all.filter { $0.severity == .error }
    #expect(errors.map(\.code.id) == ["address-clash"])
  }

  private func serving(_ controller: String) throws -> ServingPlan {
    let lines = controller.split(separator: "\n").map { "  \($0)\n" }.joined()
    let text = "controller:\n\(lines)workflow: {job: {type: delay, duration: 1s}}\n"
    return try #require(compiled(text).plan).serving
  }

  private func compiled(_ text: String) -> Compilation {
    var sources = SourceSet()
    sources.add(path: "model-compose.yml", bytes: Array(text.utf8))
    return compile(sources.files, in: sources, environment: Environment(), catalog: .builtIn)
  }
}
