import ComposeTestSupport
import Testing

/// A client that is told of the end of its task.
@Suite struct UpCallbackTests {
  private static func body(_ stub: StubProvider, _ headers: String) -> String {
    #"{"input": {"text": "x"}, "wait_for_completion": false, "callback_url": "\#(stub.baseURL)/told","#
      + #" "callback_headers": \#(headers)}"#
  }

  private func withEcho(_ stub: StubProvider, _ test: (Service) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      try folder.write(echoFile, to: "model-compose.yml")
      try await withService(in: folder.path) { try await test($0) }
    }
  }

  /// Each header is there once: that of the client, if it gave one.
  @Test(arguments: [
    ("{}", "application/json"),
    (#"{"content-type": "application/json; charset=utf-8"}"#, "application/json; charset=utf-8"),
  ])
  func isCalledOnce(_ headers: String, _ type: String) async throws {
    try await withStubProvider(Scenario(fault: .answer(status: 204, body: ""))) { stub in
      try await withEcho(stub) { service in
        let state = try await service.exchange("POST", "/api/workflows/runs", body: Self.body(stub, headers)).json
        try await stub.waitForRequest(1)
        let request = try #require(stub.requests.first)
        #expect(request.values(of: "content-type") == [type])
        #expect(request.values(of: "x-task-id") == [state["task_id"]?.string])
        #expect(try request.json["event"] == .string("completed"))
      }
    }
  }

  /// A receiver that refuses is not asked again, and the log says so.
  @Test func aRefusalIsLogged() async throws {
    try await withStubProvider(Scenario(fault: .answer(status: 400, body: "no"))) { stub in
      try await withEcho(stub) { service in
        _ = try await service.exchange("POST", "/api/workflows/runs", body: Self.body(stub, "{}"))
        let log = try await service.program.waitForError(containing: "callback")
        #expect(log.contains("WARNING") && log.contains("The callback was not delivered: the receiver answered 400."))
        #expect(stub.requests.count == 1)
      }
    }
  }
}
