import ComposePlan
import ComposeRuntime
import ComposeServer
import ComposeTestSupport
import Testing

@Suite struct ListenTests {
  @Test func twoPorts() async throws {
    let serving = serving(webUI: true, basePath: "/v1")
    try await withService(smallPlan(workflow("w")), serving: serving) { service async throws in
      #expect(service.port != service.webUIPort)
      #expect(try await service.exchange("GET", "/v1/health").status == 200)
      #expect(try await service.exchange("GET", "/api/health").status == 404)
      #expect(try await service.exchange("GET", "/").status == 404)
      // The page asks under /api, wherever the API has it.
      for path in ["/api/health", "/v1/health"] {
        #expect(try await service.exchange("GET", path, at: service.webUIPort).body == #"{"status":"ok"}"#)
      }
    }
  }

  @Test func thePage() async throws {
    try await withService(smallPlan(workflow("w")), serving: serving(api: false, webUI: true)) { service in
      let page = try await service.exchange("GET", "/")
      #expect(page.status == 200)
      #expect(page.body.contains("<!doctype html>") || page.body.contains("<!DOCTYPE html>"))
      #expect(page.headers["content-type"] == "text/html; charset=utf-8")
      #expect(page.headers["cache-control"] == "no-cache")
      #expect(page.headers["content-security-policy"] == WebAssets.contentSecurityPolicy)
      #expect(page.headers["x-content-type-options"] == "nosniff")
      #expect(page.headers["referrer-policy"] == "no-referrer")
      #expect(
        try await service.exchange("GET", "/app.js").headers["content-type"] == "text/javascript; charset=utf-8")
      #expect(try await service.exchange("GET", "/index.html").status == 404)
      #expect(try await service.exchange("GET", "/", ["Host": "evil.example"]).status == 403)
      #expect(try await service.exchange("GET", "/api/workflows").status == 200)
    }
  }

  @Test func aPortInUse() async throws {
    try await withService(smallPlan(workflow("w"))) { service in
      let taken = ServingPlan.Address(host: "127.0.0.1", port: service.port)
      let free = ServingPlan.Address(host: "127.0.0.1", port: 0)
      for (api, webUI) in [(taken, nil), (free, taken)] as [(ServingPlan.Address, ServingPlan.Address?)] {
        let error = await startFailure(
          ServingPlan(api: api, basePath: "", origins: [], webUI: webUI, refused: []))
        #expect(error == "cannot listen on 127.0.0.1:\(service.port): the port is in use")
      }
    }
  }

  @Test(arguments: [
    ("0.0.0.0", "refusing to listen on 0.0.0.0:0 without protection: set MODEL_COMPOSE_API_KEYS, or pass --insecure"),
    ("::", "refusing to listen on [::]:0 without protection: set MODEL_COMPOSE_API_KEYS, or pass --insecure"),
  ])
  func otherAddressesNeedProtection(_ host: String, _ message: String) async throws {
    let address = ServingPlan.Address(host: host, port: 0)
    let serving = ServingPlan(api: address, basePath: "", origins: [], webUI: nil, refused: [])
    #expect(await startFailure(serving) == message)
  }

  @Test func protectionOpensOtherAddresses() async throws {
    let address = ServingPlan.Address(host: "0.0.0.0", port: 0)
    let serving = ServingPlan(api: address, basePath: "", origins: [], webUI: nil, refused: [])
    try await withService(smallPlan(workflow("w")), serving: serving) {
      $0.apiKeys = ["k"]
    } _: { service in
      #expect(try await service.exchange("GET", "/workflows").status == 401)
      let authorized = try await service.exchange(
        "GET", "/workflows", ["Authorization": "Bearer k", "Host": "api.example"])
      #expect(authorized.status == 200)
    }
    try await withService(smallPlan(workflow("w")), serving: serving) {
      $0.allowsInsecure = true
    } _: { service async throws in
      #expect(try await service.exchange("GET", "/workflows").status == 200)
    }
  }

  @Test func nothingToServe() async throws {
    let serving = serving(api: false)
    #expect(await startFailure(serving)?.hasPrefix("nothing to serve") == true)
  }

  /// The message of a service that must not start.
  private func startFailure(_ serving: ServingPlan) async -> String? {
    let plan = smallPlan(workflow("w"))
    let server = Server(
      ServedProject(plan: plan, interpreter: Interpreter(plan: plan, host: FakeHost.echo)),
      configuration: ServerConfiguration(serving: serving), logger: quietLogger)
    do throws(ServerError) {
      try await server.run(stopRequests: AsyncStream<Void> { _ in }) { _ in Issue.record("it says that it is ready") }
      return nil
    } catch {
      return error.message
    }
  }
}
