import Hummingbird
import Testing

@testable import ComposeServer

@Suite struct RoutesTests {
  private let routes = Routes(basePaths: ["/api", "/v1"], assets: ["/", "/app.js"])

  @Test(arguments: [
    ("/api/health", Routes.Endpoint.health),
    ("/v1/health", .health),
    ("/api/workflows", .workflows),
    ("/api/workflows/chat/schema", .schema(workflow: "chat")),
    ("/api/workflows/a%20%2Fb/schema", .schema(workflow: "a /b")),
    ("/api/workflows/runs/schema", .schema(workflow: "runs")),
    ("/%61pi/%68ealth", .health),
    ("/", .asset("/")),
    ("/app.js", .asset("/app.js")),
  ])
  func whatCanBeRead(_ path: String, _ endpoint: Routes.Endpoint) {
    #expect(routes.match(.get, path) == .endpoint(endpoint))
    #expect(routes.match(.head, path) == .endpoint(endpoint))
    #expect(routes.match(.post, path) == .wrongMethod(allowed: "GET, HEAD"))
  }

  @Test func runs() {
    #expect(routes.match(.post, "/api/workflows/runs") == .endpoint(.run))
    #expect(routes.match(.get, "/api/workflows/runs") == .wrongMethod(allowed: "POST"))
  }

  @Test(arguments: [
    "/api", "/api/", "/apihealth", "/api//health", "/api/health/", "/api/workflows/", "/workflows", "/index.html",
    "/api/workflows/chat", "/api/workflows/%zz/schema", "/api/workflows/%ff/schema", "/api/workflows/%4/schema", "",
    "/api%2Fhealth", "/api/%zz/health",
  ])
  func nothing(_ path: String) {
    #expect(routes.match(.get, path) == .notFound)
  }

  /// A base path is text; a client encodes what an address cannot hold.
  @Test func withLettersOfAnyKind() {
    let routes = Routes(basePaths: ["/ä b"], assets: [])
    #expect(routes.match(.get, "/%C3%A4%20b/health") == .endpoint(.health))
    #expect(routes.match(.get, "/ä b/health") == .endpoint(.health))
  }

  @Test func withoutABasePath() {
    let routes = Routes(basePaths: [""], assets: [])
    #expect(routes.match(.get, "/health") == .endpoint(.health))
    #expect(routes.match(.get, "/") == .notFound)
  }
}
