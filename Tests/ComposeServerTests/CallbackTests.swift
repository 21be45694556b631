import ComposeBasic
import ComposePlan
import ComposeRuntime
import ComposeServer
import ComposeTestSupport
import Testing

/// The listener for callbacks, over real sockets.
@Suite struct CallbackTests {
  @Test(.timeLimit(.minutes(15)))
  func aCallReachesWhoWaits() async throws {
    try await withListener([callback()]) { (port, broker) async throws in
      let ticket = try broker.expect("K1")
      let other = try broker.expect("K2")
      let answer = try await call(
        port, "POST", "/hooks/done", ["Content-Type": "application/json"], body: #"{"id": "K1", "value": [1]}"#)
      #expect(answer.status == 200)
      #expect(answer.body.isEmpty)
      #expect(try await ticket.value().jsonText == #"{"id": "K1", "value": [1]}"#)
      #expect(broker.counts.waiting == 1)
      withExtendedLifetime(other) {}
    }
  }

  @Test(
    .timeLimit(.minutes(15)),
    arguments: [
      ("POST", "/hooks/done", "application/json", #"{"id": "#, 400),
      ("POST", "/hooks/done", "application/json", "", 400),
      ("POST", "/hooks/done", "application/problem+json; charset=utf-8", #"{"id": "x"}"#, 200),
      ("POST", "/hooks/done", "", #"{"id": "x"}"#, 200),
      ("POST", "/hooks/done", "text/plain", "hello", 200),
      ("POST", "/hooks/done?id=7", "application/x-www-form-urlencoded", "id=a+b&x=%C3%A9", 200),
      ("POST", "/hooks/done", "multipart/form-data; boundary=x", "--x--", 400),
      ("POST", "/hooks/do%6Ee", "application/json", "[]", 200),
      ("GET", "/hooks/done", "", "", 405), ("POST", "/hooks/done/", "application/json", "{}", 404),
      ("POST", "/done", "application/json", "{}", 404), ("POST", "/hooks/task/7", "application/json", "{}", 200),
      ("POST", "/hooks/task/7/8", "application/json", "{}", 404),
      ("POST", "/hooks/bulk", "application/json", "{}", 400),
    ] as [(String, String, String, String, Int)])
  func statuses(_ method: String, _ path: String, _ type: String, _ body: String, _ status: Int) async throws {
    let callbacks = [callback(), callback("/hooks/task/{task}"), callback("/hooks/bulk", isBulk: true)]
    try await withListener(callbacks) { (port, _) async throws in
      let answer = try await call(port, method, path, ["Content-Type": type], body: body)
      #expect(answer.status == status)
    }
  }

  @Test(.timeLimit(.minutes(15)))
  func pagesAndLargeBodiesAreRefused() async throws {
    try await withListener([callback()]) { (port, _) async throws in
      #expect(try await status(port, headers: ["Origin": "http://evil.example"], body: "{}") == 403)
      #expect(try await status(port, headers: ["Sec-Fetch-Site": "cross-site"], body: "{}") == 403)
      // A tunnel passes on the name under which it is known.
      #expect(try await status(port, headers: ["Host": "abc.tunnel.example"], body: "{}") == 200)
      let large = #"{"id": ""# + String(repeating: "x", count: 5000) + #""}"#
      #expect(try await status(port, body: large) == 413)
    }
  }

  @Test(.timeLimit(.minutes(15)))
  func otherMachinesNeedAKey() async throws {
    await #expect(throws: ServerError.self) {
      try await withListener([callback()], host: "0.0.0.0") { (_, _) async throws in }
    }
    try await withListener([callback()], host: "0.0.0.0", keys: ["k"]) { (port, _) async throws in
      #expect(try await status(port, body: "{}") == 401)
      #expect(try await status(port, headers: ["Authorization": "Bearer k"], body: "{}") == 200)
    }
    try await withListener([callback()], host: "0.0.0.0", allowsInsecure: true) { (port, _) async throws in
      #expect(try await status(port, body: "{}") == 200)
    }
  }

  @Test(.timeLimit(.minutes(15)))
  func aPortThatIsTakenIsAnError() async throws {
    try await withListener([callback()]) { (port, _) async throws in
      await #expect(throws: ServerError.self) {
        try await withListener([callback()], port: port) { (_, _) async throws in }
      }
    }
  }

  @Test(.timeLimit(.minutes(15)))
  func whoStillWaitsAtTheEndFails() async throws {
    let broker = CallbackBroker()
    try await withListener([callback()], broker: broker) { (_, _) async throws in }
    #expect(throws: RuntimeError.self) { try broker.expect("K1") }
  }

  // MARK: Helpers

  private func callback(_ path: String = "/hooks/done", isBulk: Bool = false) -> CallbackPlan {
    let id = PlanReference(
      root: "body", isChunk: false, steps: [.key("id")], hasRootIndex: false, cast: nil, fallback: nil,
      source: "${body.id}", range: secondLine)
    return CallbackPlan(
      path: path, method: "POST", isBulk: isBulk, item: nil,
      identifyBy: PlanTemplate(.reference(id), at: secondLine), status: nil, successWhen: [], failWhen: [],
      result: nil, range: secondLine)
  }

  private func withListener(
    _ callbacks: [CallbackPlan], host: String = "127.0.0.1", port: Int = 0, keys: [APIKey] = [],
    allowsInsecure: Bool = false, broker: CallbackBroker = CallbackBroker(),
    _ body: @escaping @Sendable (Int, CallbackBroker) async throws -> Void
  ) async throws {
    var configuration = ServerConfiguration(serving: serving())
    configuration.apiKeys = keys
    configuration.allowsInsecure = allowsInsecure
    configuration.maximumBodySize = 4096
    let listener = ListenerPlan(
      address: ServingPlan.Address(host: host, port: port), callbacks: callbacks, range: secondLine)
    try await CallbackService([listener], broker, configuration, logger: quietLogger).run { addresses in
      try await body(addresses[0].port, broker)
    }
  }

  private func status(_ port: Int, headers: [String: String] = [:], body: String) async throws -> Int {
    let headers = ["Content-Type": "application/json"].merging(headers) { $1 }
    return try await call(port, "POST", "/hooks/done", headers, body: body).status
  }

  private func call(
    _ port: Int, _ method: String, _ path: String, _ headers: [String: String], body: String
  ) async throws -> Answer {
    let connection = try RawConnection(port: port)
    connection.send(requestText(method, path, headers, body: body, port: port))
    return try Answer(try await connection.waitForEnd())
  }
}
