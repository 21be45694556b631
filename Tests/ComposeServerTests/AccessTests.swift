import ComposePlan
import ComposeServer
import Testing

/// Who may call, end to end; the rules themselves are in `OriginPolicyTests`.
@Suite struct AccessTests {
  @Test func foreignHostsAndOrigins() async throws {
    try await withService(smallPlan(workflow("w"))) { service in
      let host = try await service.run("{}", ["Host": "evil.example"])
      #expect(host.status == 403)
      #expect(host.body.contains(#""code":"forbidden""#))
      let origin = try await service.run("{}", ["Origin": "http://evil.example"])
      #expect(origin.status == 403)
      #expect(origin.body.contains(#""code":"forbidden""#))
      #expect(origin.headers["access-control-allow-origin"] == nil)
      let own = try await service.run("{}", ["Origin": "http://127.0.0.1:\(service.port)"])
      #expect(own.status == 200)
      #expect(own.headers["access-control-allow-origin"] == nil)
    }
  }

  @Test func listedOrigins() async throws {
    let serving = serving(origins: ["http://app.example"])
    try await withService(smallPlan(workflow("w")), serving: serving) { service in
      let answer = try await service.run("{}", ["Origin": "http://app.example"])
      #expect(answer.status == 200)
      #expect(answer.headers["access-control-allow-origin"] == "http://app.example")
      #expect(answer.headers["access-control-allow-credentials"] == nil)
      #expect(answer.headers["vary"] == "Origin")
      let preflight = try await service.exchange(
        "OPTIONS", "/api/workflows/runs",
        ["Origin": "http://app.example", "Access-Control-Request-Method": "POST"])
      #expect(preflight.status == 204)
      #expect(preflight.headers["access-control-allow-origin"] == "http://app.example")
      #expect(preflight.headers["access-control-allow-headers"] == "Authorization, Content-Type, Last-Event-ID")
      #expect(try await service.run("{}", ["Origin": "http://b.example"]).status == 403)
    }
  }

  @Test func keys() async throws {
    try await withService(smallPlan(workflow("w"))) {
      $0.apiKeys = ["k1", "k2"]
    } _: { service in
      let answer = try await service.run("{}")
      #expect(answer.status == 401)
      #expect(answer.headers["www-authenticate"] == "Bearer")
      #expect(answer.body.contains(#""code":"unauthorized""#))
      #expect(try await service.run("{}", ["Authorization": "Bearer k"]).status == 401)
      #expect(try await service.exchange("GET", "/api/workflows").status == 401)
      #expect(try await service.run("{}", ["Authorization": "Bearer k2"]).status == 200)
      #expect(try await service.exchange("GET", "/api/health").status == 200)
    }
  }
}
