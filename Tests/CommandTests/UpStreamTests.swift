import ComposeTestSupport
import Testing

/// Streaming is real, and it ends when the reader leaves.
@Suite struct UpStreamTests {
  @Test func curlSeesEachPieceAtOnce() async throws {
    try await withChatService(Scenario(["one", "two", "three"], pacing: .gated)) { service, stub in
      try await withProgram(curl(service)) { curl in
        // The stub holds each piece back until the one before it has been read.
        for (count, text) in ["data: one\n", "data: two\n", "data: three\n"].enumerated() {
          stub.release()
          try await curl.waitForOutput(containing: text)
          #expect(stub.chunkTimes().count == count + 1)
        }
        let outcome = try await curl.waitForExit()
        #expect(outcome.status == 0 && EventStream(outcome.standardOutput).named.map(\.name) == ["done"])
      }
    }
  }

  /// The provider has nothing to send when the client leaves, so only a closed connection can tell it.
  @Test func aClientThatLeavesEndsTheRequestAtOnce() async throws {
    try await withChatService(Scenario(["one", "two", "three"], pacing: .gated)) { service, stub in
      let connection = try service.startRun()
      stub.release()
      try await connection.wait(for: "data: one")
      connection.hangUp()
      let aborts = try await stub.waitForAborts()
      #expect(aborts.count == 1 && aborts[0].chunks == 1)
      #expect(try await service.exchange("GET", "/api/health").status == 200)
      #expect(service.program.errorSoFar == "")
    }
  }

  /// The pause between the chunks is long beside the time in which the abort is noticed.
  @Test func aClientThatLeavesGetsAtMostOneMoreChunk() async throws {
    let chunks = Array(repeating: "piece ", count: 100)
    try await withChatService(Scenario(chunks, pacing: .every(.seconds(1)))) { service, stub in
      try await withProgram(curl(service)) { curl in
        try await curl.waitForOutput(containing: "data: piece")
        let before = stub.chunkTimes().count
        curl.end()
        let aborts = try await stub.waitForAborts()
        #expect(aborts.count == 1 && aborts[0].chunks <= before + 1)
      }
    }
  }

  @Test func aClientThatLeavesBeforeThereIsAnAnswerEndsTheRequest() async throws {
    try await withChatService(Scenario(fault: .stalledBeforeHead)) { service, stub in
      let connection = try service.startRun()
      try await stub.waitForRequest()
      connection.hangUp()
      try await stub.waitForAborts()
    }
  }

  @Test func runsAreIndependent() async throws {
    try await withChatService(Scenario(["one", "two"], pacing: .gated)) { service, stub in
      let first = try service.startRun()
      try await stub.waitForRequest(1)
      let second = try service.startRun()
      try await stub.waitForRequest(2)
      stub.release(2, of: 2)
      #expect(try HTTPAnswer(try await second.waitForEnd()).events.text == "onetwo")
      stub.release(1, of: 1)
      try await first.wait(for: "data: one")
      first.hangUp()
      #expect(try await stub.waitForAborts().map(\.request) == [1])
    }
  }

  private func curl(_ service: Service) -> ProgramLaunch {
    ProgramLaunch(
      "/usr/bin/curl",
      [
        "-sS", "-N", "-X", "POST", "http://127.0.0.1:\(service.port)/api/workflows/runs", "-H",
        "Content-Type: application/json", "-d", #"{"input": {"prompt": "Hi"}}"#,
      ])
  }
}
