import ComposeTestSupport
import Testing

/// Requests that cannot be answered: the documented status and one JSON object, and the service lives on.
@Suite struct UpFailureTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    var method = "POST"
    var path = "/api/workflows/runs"
    var headers: [String] = []
    var body: String? = #"{"input": {"prompt": "x"}}"#
    let status: Int
    /// `nil` for any that the document allows for the status.
    var code: String?
    /// What `detail` must contain.
    var says = ""
    var testDescription: String { name }
  }

  static let rows = [
    Row(name: "not JSON", body: "{\"input\": x}", status: 400, says: "byte 10"),
    Row(name: "cut JSON", body: "{\"input\": {", status: 400, says: "byte 11"),
    Row(name: "empty body", body: "", status: 400),
    Row(name: "a list", body: "[]", status: 400, says: "object"),
    Row(name: "input is text", body: #"{"input": "x"}"#, status: 400, says: "input"),
    Row(name: "workflow is a number", body: #"{"workflow_id": 1}"#, status: 400, says: "workflow_id"),
    Row(name: "flag is text", body: #"{"output_only": "yes"}"#, status: 400, says: "output_only"),
    Row(name: "missing input", body: "{}", status: 400, code: "invalid-input", says: "'prompt'"),
    Row(
      name: "input of a wrong type", body: #"{"input": {"prompt": "x", "temperature": "hot"}}"#, status: 400,
      code: "invalid-input", says: "'temperature'"),
    Row(
      name: "in the background",
      body: #"{"input": {"prompt": "x"}, "wait_for_completion": false, "output_only": true}"#,
      status: 400, code: "invalid-body", says: "wait_for_completion"),
    Row(
      name: "unknown workflow", body: #"{"workflow_id": "other", "input": {"prompt": "x"}}"#, status: 404,
      code: "unknown-workflow", says: "other"),
    Row(
      name: "unknown schema", method: "GET", path: "/api/workflows/other/schema", body: nil, status: 404,
      code: "unknown-workflow"),
    Row(name: "unknown path", method: "GET", path: "/api/nothing", body: nil, status: 404, code: "not-found"),
    Row(name: "outside", method: "GET", path: "/../../etc/passwd", body: nil, status: 404, code: "not-found"),
    Row(name: "foreign host", headers: ["Host: example.com"], status: 403, code: "forbidden"),
    Row(name: "foreign origin", headers: ["Origin: https://example.com"], status: 403, code: "forbidden"),
    Row(
      name: "too large, as announced", headers: ["Content-Length: 16777217"], body: "", status: 413,
      code: "too-large"),
  ]

  @Test(arguments: rows) func saysWhatIsWrong(_ row: Row) async throws {
    try await withChatService(Scenario()) { service, stub in
      let answer = try await service.exchange(row.method, row.path, headers: row.headers, body: row.body)
      #expect(answer.status == row.status, "\(answer.body)")
      try expectError(answer, code: row.code, says: row.says)
      #expect(stub.requests.isEmpty)
      #expect(try await service.exchange("GET", "/api/health").status == 200)
      #expect(service.program.errorSoFar == "")
    }
  }

  @Test func refusesABodyThatIsTooLarge() async throws {
    try await withChatService(Scenario()) { service, stub in
      let text = String(repeating: "x", count: 17 * 1024 * 1024)
      let answer = try await service.exchange(
        "POST", "/api/workflows/runs", body: #"{"input": {"prompt": "\#(text)"}}"#)
      #expect(answer.status == 413)
      try expectError(answer, code: "too-large", says: "")
      #expect(stub.requests.isEmpty)
    }
  }

  @Test func refusesAWrongMethod() async throws {
    try await withChatService(Scenario()) { service, _ in
      for (method, path) in [("GET", "/api/workflows/runs"), ("DELETE", "/api/health")] {
        let answer = try await service.exchange(method, path)
        #expect(answer.status == 405, "\(answer.body)")
      }
    }
  }

  struct Failure: Sendable, CustomTestStringConvertible {
    let name: String
    let fault: Scenario.Fault
    let status: Int
    let code: String
    let says: String
    var testDescription: String { name }
  }

  static let failures = [
    Failure(
      name: "401", fault: .unauthorized, status: 502, code: "provider",
      says: "the provider answered 401: Incorrect API key provided: stub."),
    Failure(
      name: "429", fault: .rateLimited(retryAfter: "7"), status: 429, code: "provider",
      says: "the provider answered 429: Rate limit reached for requests"),
    Failure(
      name: "500", fault: .serverError, status: 502, code: "provider", says: "the provider answered 500: The server"),
    Failure(
      name: "a key in the message", fault: .answer(status: 401, body: "bad key \(ChatExample.key)!"), status: 502,
      code: "provider", says: "the provider answered 401"),
    Failure(name: "text", fault: .plainText("hello"), status: 502, code: "protocol", says: "text/plain"),
    Failure(name: "reset before a piece", fault: .reset(afterChunks: 0), status: 502, code: "connection", says: ""),
    Failure(
      name: "error before a piece", fault: .errorEvent(afterChunks: 0, message: "overloaded"), status: 502,
      code: "provider", says: "overloaded"),
  ]

  @Test(arguments: failures) func answersWithTheFailureOfTheProvider(_ row: Failure) async throws {
    try await withChatService(Scenario(fault: row.fault)) { service, _ in
      let answer = try HTTPAnswer(try await service.startRun().waitForEnd())
      #expect(answer.status == row.status, "\(answer.body)")
      try expectError(answer, code: row.code, says: row.says)
      let json = try answer.json
      #expect(json["line"]?.integer != nil, "\(answer.body)")
      if row.status == 429 { #expect(answer.headers["retry-after"] == "7" && json["status"] == .number("429")) }
    }
  }

  @Test func namesAnAddressThatRefuses() async throws {
    let stub = try StubProvider([Scenario()])
    try await withService(environment: ChatExample.environment(stub)) { service in
      stub.stop()
      let answer = try HTTPAnswer(try await service.startRun().waitForEnd())
      #expect(answer.status == 502)
      try expectError(answer, code: "connection", says: "127.0.0.1:\(stub.port)")
    }
  }

  static let cuts: [(fault: Scenario.Fault, code: String)] = [
    (.reset(afterChunks: 2), "connection"), (.closed(afterChunks: 2), "connection"),
    (.malformed(afterChunks: 2), "protocol"), (.errorEvent(afterChunks: 2, message: "overloaded"), "provider"),
  ]

  @Test(arguments: cuts.indices) func keepsWhatCameBeforeTheFailure(_ index: Int) async throws {
    let cut = Self.cuts[index]
    try await withChatService(Scenario(fault: cut.fault)) { service, _ in
      let answer = try HTTPAnswer(try await service.startRun().waitForEnd())
      #expect(answer.status == 200 && answer.events.text == "Hello, ", "\(answer.body)")
      #expect(answer.events.named.map(\.name) == ["error"])
      let error = try TestJSON(try #require(answer.events.named.first).data)
      #expect(error["code"] == .string(cut.code) && error["message"]?.string?.isEmpty == false)
      expectNoLeak(answer.body)
    }
  }

  /// The answer is an error as `docs/http-api.md` lists them.
  private func expectError(_ answer: HTTPAnswer, code: String?, says: String) throws {
    let document = String(decoding: try Files.read(Files.repository + "/docs/http-api.md"), as: UTF8.self)
    #expect(answer.headers["content-type"]?.hasPrefix("application/json") == true)
    let json = try answer.json
    let detail = try #require(json["detail"]?.string)
    let actual = try #require(json["code"]?.string)
    #expect(code == nil || actual == code)
    #expect(document.contains("\n| \(answer.status) | `\(actual)` |"), "the document does not know '\(actual)'")
    #expect(!detail.isEmpty && !detail.contains("\n"), "\(answer.body)")
    #expect(detail.contains(says), "\(detail)")
    expectNoLeak(answer.body)
    #expect(!answer.body.contains(Files.repository), "a path of the server")
  }
}
