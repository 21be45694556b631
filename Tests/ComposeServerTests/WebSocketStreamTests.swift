import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeServer
import ComposeTestSupport
import Testing

/// Outputs that are pulled, and inputs that are sent while they are read.
@Suite struct WebSocketStreamTests {
  private let plan = smallPlan(workflow("w", gives: .encoded(.text)))
  private let start = #"{"type":"run_workflow","data":{"workflow_id":"w"}}"#

  @Test func chunksComeAsTheyAreAskedFor() async throws {
    let faucet = Faucet()
    for text in ["a", "b", "c"] { faucet.send(text) }
    faucet.finish()
    try await withService(plan, .streaming(faucet)) { service in
      let client = try await WebSocketClient.connect(service)
      client.send(start)
      let state = try await client.status("streaming")
      let id = try #require(state.variable?["id"]?.string)
      #expect(try state.variable == TestJSON(#"{"type":"stream","id":"\#(id)","kind":"text"}"#))
      #expect(try await client.next().data["event"]?.string == "streaming")
      client.send(pull(id), #"{"type":"ping","id":"1"}"#)
      let chunk = try await client.message("stream_chunk")
      #expect(try chunk.data == TestJSON(#"{"id":"\#(id)","seq":0,"value":"a"}"#))
      // No chunk that was not asked for stands between.
      client.send(#"{"type":"ping","id":"2"}"#, pull(id), pull(id), pull(id))
      #expect(try await client.message("pong") { $0.id == "2" }.id == "2")
      for (seq, text) in [(1, "b"), (2, "c")] {
        let chunk = try await client.message("stream_chunk")
        #expect(chunk.data["seq"]?.integer == seq)
        #expect(chunk.data["value"]?.string == text)
      }
      #expect(try await client.message("stream_end").data["id"]?.string == id)
      client.send(pull(id))
      #expect(try await client.message("error").code == "STREAM_NOT_FOUND")
      // With a position it can be read again.
      client.send(#"{"type":"stream_pull","data":{"id":"\#(id)","after":1}}"#)
      #expect(try await client.message("stream_chunk").data["value"]?.string == "b")
    }
  }

  /// Who does not pull holds the source, and not the memory of the service.
  @Test func aClientThatDoesNotPullHoldsTheSource() async throws {
    let faucet = Faucet()
    let piece = String(repeating: "x", count: 10_000)
    for _ in 1...100 { faucet.send(piece) }
    faucet.finish()
    try await withService(plan, .streaming(faucet)) { service in
      let client = try await WebSocketClient.connect(service)
      client.send(start)
      let id = try #require(try await client.status("streaming").variable?["id"]?.string)
      client.send(pull(id))
      for _ in 1..<100 {
        _ = try await client.message("stream_chunk")
        client.send(pull(id))
      }
      _ = try await client.message("stream_chunk")
      client.send(pull(id))
      _ = try await client.message("stream_end")
    }
  }

  @Test func objects() async throws {
    let faucet = Faucet()
    faucet.send(.object(["n": .integer(1)]))
    faucet.finish()
    try await withService(smallPlan(workflow("w", gives: .encoded(.json))), .streaming(faucet, .encoded(.json))) {
      service in
      let client = try await WebSocketClient.connect(service)
      client.send(start)
      let state = try await client.status("streaming")
      #expect(state.variable?["kind"]?.string == "object")
      client.send(pull(state.taskID))
      #expect(try await client.message("stream_chunk").data["value"] == TestJSON(#"{"n":1}"#))
    }
  }

  @Test func bytesOfAResource() async throws {
    let sound = Resource(
      .audio, source: BytesSource(Array("sound".utf8)), contentType: "audio/mpeg", filename: "a.mp3")
    try await withService(smallPlan(workflow("w")), .returning(.resource(sound))) { service in
      let client = try await WebSocketClient.connect(service)
      client.send(start)
      let state = try await client.message("task_state") { $0.variable != nil }
      let id = state.taskID
      #expect(
        try state.variable
          == TestJSON(
            #"{"type":"stream","id":"\#(id)","kind":"bytes","content_type":"audio/mpeg","filename":"a.mp3"}"#))
      client.send(pull(id))
      let frame = try await client.frame("the bytes") { $0.opcode == 2 }
      #expect(frame?.payload == [0, UInt8(id.utf8.count)] + Array(id.utf8) + [0, 0, 0, 0] + Array("sound".utf8))
      client.send(pull(id))
      _ = try await client.message("stream_end")
    }
  }

  @Test func aFailureInTheMiddle() async throws {
    let faucet = Faucet()
    faucet.send("a")
    faucet.fail(RuntimeError(.connection, "lost\nit"))
    try await withService(plan, .streaming(faucet)) { service in
      let client = try await WebSocketClient.connect(service)
      client.send(start)
      let id = try await client.status("streaming").taskID
      client.send(pull(id), pull(id))
      _ = try await client.message("stream_chunk")
      #expect(try await client.message("stream_abort").data["reason"]?.string == "lost it")
    }
  }

  @Test func closingAnOutput() async throws {
    let faucet = Faucet()
    faucet.send("a")
    try await withService(plan, .streaming(faucet)) { service in
      let client = try await WebSocketClient.connect(service)
      client.send(start)
      let id = try await client.status("streaming").taskID
      client.send(pull(id))
      _ = try await client.message("stream_chunk")
      client.send(pull(id), #"{"type":"stream_close","data":{"id":"\#(id)"}}"#, pull(id))
      #expect(try await client.message("error").code == "STREAM_NOT_FOUND")
      client.send(#"{"type":"cancel_task","data":{"task_id":"\#(id)"}}"#)
      try await faucet.waitUntilCancelled()
    }
  }

  @Test func creditIsLimited() async throws {
    let faucet = Faucet()
    faucet.send("a")
    try await withService(plan, .streaming(faucet)) {
      $0.webSocketLimits.maximumCredit = 2
    } _: { service in
      let client = try await WebSocketClient.connect(service)
      client.send(start)
      let id = try await client.status("streaming").taskID
      client.send(pull(id))
      _ = try await client.message("stream_chunk")
      client.send(pull(id), pull(id), pull(id), pull(id))
      #expect(try await client.message("error").code == "LIMIT_EXCEEDED")
    }
  }

  // MARK: Inputs

  private var reading: FakeHost {
    FakeHost { (call) async throws(RuntimeError) in
      guard case .object(let input) = call.input else { return .null }
      switch input["data"] {
      case .resource(let resource)?: return .text(String(decoding: try await resource.bytes(), as: UTF8.self))
      case .stream(let stream)?:
        var parts: [Value] = []
        while let part = try await stream.next() { parts.append(part) }
        return .list(parts)
      case .bytes(let bytes)?: return .integer(bytes.count)
      default: return .null
      }
    }
  }

  private func run(_ variable: String) -> String {
    #"{"type":"run_workflow","data":{"workflow_id":"w","input":{"data":{"__variable__":\#(variable)}}}}"#
  }

  @Test func inputsOfTexts() async throws {
    try await withService(smallPlan(workflow("w")), reading) { service in
      let client = try await WebSocketClient.connect(service)
      client.send(run(#"{"type":"stream","id":"in","kind":"text"}"#))
      for text in ["a", "b"] {
        #expect(try await client.message("stream_pull").data["id"]?.string == "in")
        client.send(#"{"type":"stream_chunk","data":{"id":"in","value":"\#(text)"}}"#)
      }
      _ = try await client.message("stream_pull")
      client.send(#"{"type":"stream_end","data":{"id":"in"}}"#)
      #expect(try await client.status("completed").data["output"] == TestJSON(#"["a","b"]"#))
    }
  }

  @Test func inputsThatTheClientGivesUp() async throws {
    try await withService(smallPlan(workflow("w")), reading) { service in
      let client = try await WebSocketClient.connect(service)
      client.send(run(#"{"type":"stream","id":"in","kind":"bytes"}"#))
      _ = try await client.message("stream_pull")
      client.send(#"{"type":"stream_abort","data":{"id":"in","reason":"no disk"}}"#)
      #expect(try await client.status("failed").data["error"]?.string?.contains("no disk") == true)
    }
  }

  @Test func inputsEndWithTheConnection() async throws {
    try await withService(smallPlan(workflow("w")), reading) { service in
      let client = try await WebSocketClient.connect(service)
      client.send(run(#"{"type":"stream","id":"in","kind":"bytes"}"#))
      let id = try await client.message("workflow_started").taskID
      _ = try await client.message("stream_pull")
      client.connection.hangUp()
      let other = try await WebSocketClient.connect(service)
      other.send(#"{"type":"subscribe_task","data":{"task_id":"\#(id)","after":0}}"#)
      #expect(try await other.status("failed").data["error"]?.string?.contains("the connection has ended") == true)
    }
  }

  @Test func chunksThatNobodyAskedFor() async throws {
    try await withService(smallPlan(workflow("w")), reading) { service in
      let client = try await WebSocketClient.connect(service)
      client.send(run(#"{"type":"stream","id":"in","kind":"text"}"#))
      _ = try await client.message("stream_pull")
      let chunk = #"{"type":"stream_chunk","data":{"id":"in","value":5}}"#
      client.send(chunk)
      #expect(try await client.message("error").code == "INVALID_REQUEST")
      _ = try await client.status("failed")
    }
  }

  @Test func inputsThatAreNotRead() async throws {
    try await withService(smallPlan(workflow("w")), .returning(.text("done"))) { service in
      let client = try await WebSocketClient.connect(service)
      client.send(run(#"{"type":"stream","id":"in","kind":"bytes"}"#))
      #expect(try await client.message("stream_close").data["id"]?.string == "in")
    }
  }

  @Test(arguments: [
    (#"{"type":"stream","kind":"bytes"}"#, "needs an 'id'"), (#"{"type":"stream","id":"a","kind":"cat"}"#, "'kind'"),
    (#"{"type":"bytes","value":"AAA"}"#, "base 64"), (#"{"type":"tensor","value":""}"#, "no variable of type 'tensor'"),
  ])
  func inputsThatAreNone(_ variable: String, problem: String) async throws {
    try await withService(smallPlan(workflow("w")), reading) { service in
      let client = try await WebSocketClient.connect(service)
      client.send(run(variable))
      let error = try await client.message("error")
      #expect(error.code == "INVALID_REQUEST")
      #expect(error.data["message"]?.string?.contains(problem) == true)
    }
  }

  @Test func inputsOfBytesAtHand() async throws {
    try await withService(smallPlan(workflow("w")), reading) { service in
      let client = try await WebSocketClient.connect(service)
      client.send(run(#"{"type":"bytes","value":"AAEC"}"#))
      #expect(try await client.status("completed").data["output"]?.integer == 3)
    }
  }

  private func pull(_ id: String) -> String { #"{"type":"stream_pull","data":{"id":"\#(id)"}}"# }
}
