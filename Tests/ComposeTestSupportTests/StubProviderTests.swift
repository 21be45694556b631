import ComposeTestSupport
import Glibc
import Testing

@Suite struct StubProviderTests {
  @Test func streamsAsOpenAIDoes() async throws {
    try await withStubProvider(Scenario(["a", "\"\n"])) { stub in
      let connection = try RawConnection(port: stub.port)
      connection.send(post(#"{"model":"m","stream":true,"stream_options":{"include_usage":true}}"#))
      let answer = try await connection.waitForEnd()
      #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream"))
      let events = try events(answer)
      try #require(events.count == 6)
      #expect(events[5] == nil)
      let deltas = events.dropLast().map { $0?["choices"]?[0]?["delta"] }
      #expect(deltas[0]?["role"] == .string("assistant"))
      #expect(deltas[1]?["content"] == .string("a") && deltas[2]?["content"] == .string("\"\n"))
      #expect(events[3]?["choices"]?[0]?["finish_reason"] == .string("stop"))
      #expect(events[4]?["choices"] == .array([]) && events[4]?["usage"]?["total_tokens"] == .number("13"))
      #expect(events[0]?["usage"] == .null && events[0]?["model"] == .string("m"))
      try await stub.waitForAnswer()
      #expect(stub.chunkTimes().count == 2 && stub.abortedRequests == 0)
    }
  }

  @Test func answersWholeWithoutStream() async throws {
    try await withStubProvider(Scenario(["a", "b"])) { stub in
      let (status, body) = try await rawExchange("POST", "/v1/chat/completions", port: stub.port, body: "{}")
      let json = try TestJSON(body)
      #expect(status == 200 && json["choices"]?[0]?["message"]?["content"] == .string("ab"))
    }
  }

  @Test func keepsConnectionsAndRecordsRequests() async throws {
    try await withStubProvider(Scenario(fault: .unauthorized), Scenario(["second"])) { stub in
      let connection = try RawConnection(port: stub.port)
      connection.send("POST /x HTTP/1.1\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\nx-A:  b \r\n\r\n")
      try await connection.wait(for: "HTTP/1.1 100 Continue\r\n\r\n")
      connection.send("3;x=y\r\n{\"a\r\n4\r\n\":1}\r\n0\r\nTrailer: t\r\n\r\n")
      try await connection.wait(for: "invalid_api_key")
      connection.send(post("{}"))
      #expect(try await connection.waitForEnd().contains("second"))
      let first = try await stub.waitForRequest(1)
      #expect(first.text == "{\"a\":1}" && first.header("X-a") == "b" && first.path == "/x" && first.method == "POST")
      #expect(try await stub.waitForRequest(2).connection == first.connection)
      #expect(stub.requests.count == 2)
    }
  }

  @Test func waitsAtTheGateAndNoticesAborts() async throws {
    try await withStubProvider(Scenario(["one", "two", "three"], pacing: .gated)) { stub in
      let connection = try RawConnection(port: stub.port)
      connection.send(post(#"{"stream":true}"#))
      try await connection.wait(for: "assistant")
      stub.release(2)
      try await connection.wait(for: "two")
      try await stub.waitForChunks(2)
      connection.hangUp()
      let aborts = try await stub.waitForAborts()
      #expect(aborts.map(\.request) == [1] && aborts.map(\.chunks) == [2])
      #expect(stub.abortedRequests == 1)
    }
  }

  @Test(arguments: [Scenario.Fault.stalled(afterChunks: 1), .stalledBeforeHead])
  func noticesAbortsWhileItStalls(_ fault: Scenario.Fault) async throws {
    try await withStubProvider(Scenario(fault: fault)) { stub in
      let connection = try RawConnection(port: stub.port)
      connection.send(post(#"{"stream":true}"#))
      try await stub.waitForRequest()
      if case .stalled = fault { try await connection.wait(for: "Hello") }
      connection.hangUp()
      try await stub.waitForAborts()
    }
  }

  @Test func noticesAbortsInALongPause() async throws {
    try await withStubProvider(Scenario(pacing: .every(.seconds(3_600)))) { stub in
      let connection = try RawConnection(port: stub.port)
      connection.send(post(#"{"stream":true}"#))
      try await connection.wait(for: "Hello")
      connection.hangUp()
      try await stub.waitForAborts()
    }
  }

  @Test func noticesAbortsWhileItCannotWrite() async throws {
    let large = String(repeating: "x", count: 1 << 20)
    try await withStubProvider(Scenario(Array(repeating: large, count: 64))) { stub in
      // A socket that nobody reads from; so little is sent that it does not block.
      let socket = try connectToLoopback(port: stub.port)
      let request = Array(post(#"{"stream":true}"#).utf8)
      #expect(send(socket, request, request.count, Int32(MSG_NOSIGNAL)) == request.count)
      try await stub.waitForChunks(1)
      close(socket)
      try await stub.waitForAborts()
      #expect(stub.chunkTimes().count < 64)
    }
  }

  @Test func endsAbruptlyOrInOrder() async throws {
    for (fault, wasReset) in [(Scenario.Fault.reset(afterChunks: 1), true), (.closed(afterChunks: 1), false)] {
      try await withStubProvider(Scenario(fault: fault)) { stub in
        let connection = try RawConnection(port: stub.port)
        connection.send(post(#"{"stream":true}"#))
        let answer = try await connection.waitForEnd()
        #expect(connection.wasReset == wasReset)
        #expect(!answer.contains("[DONE]") && !answer.hasSuffix("0\r\n\r\n"))
        #expect(stub.abortedRequests == 0)
      }
    }
  }

  @Test func goesWrongInTheBody() async throws {
    let malformed = try await answer(Scenario(["one"], fault: .malformed(afterChunks: 0)))
    #expect(malformed.contains(#""chat.comp"# + "\n\n") && malformed.contains("[DONE]"))
    let error = try await answer(Scenario(["one"], fault: .errorEvent(afterChunks: 1, message: "overloaded")))
    #expect(error.contains(#"data: {"error":{"message":"overloaded""#) && !error.contains("[DONE]"))
    let truncated = try await answer(Scenario(["one"], fault: .truncated(afterChunks: 1)))
    #expect(truncated.hasSuffix("0\r\n\r\n") && !truncated.contains("[DONE]"))
    let unstreamed = try await answer(Scenario(["one"], fault: .unstreamed))
    #expect(unstreamed.contains(#""object":"chat.completion","#) && !unstreamed.contains("data:"))
    #expect(try await answer(Scenario(fault: .plainText("hello"))).hasSuffix("\r\n\r\nhello"))
    let limited = try await answer(Scenario(fault: .rateLimited(retryAfter: "2")))
    #expect(limited.hasPrefix("HTTP/1.1 429 ") && limited.contains("\r\nRetry-After: 2\r\n"))
  }

  @Test func framesDifferently() async throws {
    #expect(try await answer(Scenario(["one"], framing: .carriageReturns)).contains("data: [DONE]\r\n\r\n"))
    let plain = try await answer(Scenario(["one"]))
    #expect(try await answer(Scenario(["one"], framing: .singleBytes)) == plain)
  }

  @Test func stopsAtOnce() async throws {
    let stub = try StubProvider([Scenario(pacing: .gated)])
    let connection = try RawConnection(port: stub.port)
    connection.send(post(#"{"stream":true}"#))
    try await connection.wait(for: "assistant")
    stub.stop()
    _ = try await connection.waitForEnd()
    #expect(stub.abortedRequests == 0)
  }

  @Test func refusesOtherPaths() async throws {
    try await withStubProvider(Scenario()) { stub in
      let answer = try await rawExchange("GET", "/v1/models", port: stub.port)
      #expect(answer.status == 404)
    }
  }

  private func answer(_ scenario: Scenario) async throws -> String {
    try await withStubProvider(scenario) { stub in
      let connection = try RawConnection(port: stub.port)
      connection.send(post(#"{"stream":true}"#))
      return try await connection.waitForEnd()
    }
  }

  private func post(_ body: String) -> String {
    "POST /some/v1/chat/completions HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
      + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  /// The events of a chunked body; `nil` for `[DONE]`.
  private func events(_ answer: String) throws -> [TestJSON?] {
    var found: [TestJSON?] = []
    for line in answer.split(whereSeparator: \.isNewline) where line.hasPrefix("data: ") {
      found.append(line == "data: [DONE]" ? nil : try TestJSON(String(line.dropFirst(6))))
    }
    return found
  }
}
