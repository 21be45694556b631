import ComposePlan
import ComposeServer
import Testing

/// What is refused before a workflow is looked for.
@Suite struct RequestTests {
  @Test(arguments: [
    ("GET", "/", 404, "not-found", nil), ("GET", "/api/nothing", 404, "not-found", nil),
    ("POST", "/workflows/runs", 404, "not-found", nil),
    ("GET", "/api/workflows/runs", 405, "method-not-allowed", "POST"),
    ("DELETE", "/api/workflows", 405, "method-not-allowed", "GET, HEAD"),
    ("OPTIONS", "/api/workflows/runs", 405, "method-not-allowed", "POST"),
  ])
  func pathsAndMethods(_ method: String, _ path: String, _ status: Int, _ code: String, _ allowed: String?)
    async throws
  {
    try await withService(smallPlan(workflow("w"))) { service in
      let answer = try await service.exchange(method, path)
      #expect(answer.status == status)
      #expect(answer.headers["allow"] == allowed)
      #expect(answer.headers["content-type"] == "application/json")
      #expect(answer.body.hasPrefix(#"{"detail":""#))
      #expect(answer.body.contains(#""code":"\#(code)""#))
    }
  }

  @Test func aBodyThatIsNoJSON() async throws {
    try await withService(smallPlan(workflow("w"))) { service in
      let answer = try await service.run("{bad")
      #expect(answer.status == 400)
      #expect(answer.body.hasPrefix(#"{"detail":"Invalid request body: "#))
      #expect(answer.body.hasSuffix(#" at byte 1","code":"invalid-body"}"#))
      #expect(try await service.run("{}", ["Content-Type": "text/plain"]).status == 400)
      #expect(try await service.run("{}", ["Content-Type": ""]).body.contains("Missing or empty Content-Type header."))
    }
  }

  @Test func aBodyThatIsTooLarge() async throws {
    try await withService(smallPlan(workflow("w"))) {
      $0.maximumBodySize = 100
    } _: { service in
      let body = #"{"input":{"a":""# + String(repeating: "x", count: 100) + #""}}"#
      let answer = try await service.run(body)
      #expect(answer.status == 413)
      #expect(answer.body == #"{"detail":"The body is larger than 100 bytes.","code":"too-large"}"#)
      // The same without a length in front.
      let size = String(body.utf8.count, radix: 16)
      let chunked = try await service.run(
        "\(size)\r\n\(body)\r\n0\r\n\r\n", ["Transfer-Encoding": "chunked", "Content-Length": ""])
      #expect(chunked.status == 413)
      #expect(try await service.run("{}").status == 200)
    }
  }

  @Test func health() async throws {
    try await withService(smallPlan(workflow("w"))) { service in
      #expect(try await service.exchange("GET", "/api/health").body == #"{"status":"ok"}"#)
      let head = try await service.exchange("HEAD", "/api/health")
      #expect(head.status == 200)
      #expect(head.body == "")
    }
    try await withService(smallPlan(workflow("w"))) {
      $0.isSandbox = true
    } _: { service async throws in
      #expect(try await service.exchange("GET", "/api/health").body == #"{"status":"ok","sandbox":true}"#)
    }
  }
}
