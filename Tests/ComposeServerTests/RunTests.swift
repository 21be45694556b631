import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeTestSupport
import Testing

/// Runs whose answer is a value.
@Suite struct RunTests {
  @Test func theStateOfARun() async throws {
    try await withService(smallPlan(workflow("w"))) { service in
      let answer = try await service.run(#"{"input":{"a":[1,"é"]},"session_id":"s","metadata":{"m":1}}"#)
      let id = try #require(answer.headers["x-task-id"])
      #expect(answer.status == 200)
      #expect(answer.headers["content-type"] == "application/json")
      #expect(answer.headers["x-content-type-options"] == "nosniff")
      #expect(
        answer.body == #"{"task_id":"\#(id)","status":"completed","workflow_id":"w","output":{"a":[1,"é"]},"#
          + #""session_id":"s","metadata":{"m":1}}"#)
      #expect(id.count == 26)
    }
  }

  @Test func aNullOutputIsLeftOut() async throws {
    try await withService(smallPlan(workflow("w")), .returning(.null)) { service in
      let answer = try await service.run("{}")
      let id = try #require(answer.headers["x-task-id"])
      #expect(answer.body == #"{"task_id":"\#(id)","status":"completed","workflow_id":"w"}"#)
      #expect(try await service.run(#"{"output_only":true}"#).body == "null")
    }
  }

  @Test func theBareOutput() async throws {
    try await withService(smallPlan(workflow("w"))) { service async throws in
      #expect(try await service.run(#"{"input":{"a":1},"output_only":true}"#).body == #"{"a":1}"#)
    }
  }

  @Test func bytesAreAnswered() async throws {
    try await withService(smallPlan(workflow("w")), .returning(.bytes(Array("raw".utf8)))) { service in
      let answer = try await service.run("{}")
      #expect(answer.headers["content-type"] == "application/octet-stream")
      #expect(answer.body == "raw")
    }
  }

  @Test func aResourceIsAnsweredWithItsContentType() async throws {
    let sound = Resource(.audio, source: BytesSource(Array("sound".utf8)), contentType: "audio/mpeg")
    try await withService(smallPlan(workflow("w")), .returning(.resource(sound))) { service in
      let answer = try await service.run("{}")
      #expect(answer.status == 200)
      #expect(answer.headers["content-type"] == "audio/mpeg")
      #expect(answer.body == "sound")
    }
  }

  /// RFC 6266: a plain name for every client, and the exact one for those of today.
  @Test(arguments: [
    ("a b.mp3", #"attachment; filename="a b.mp3""#),
    ("say \"hi\"\\.mp3", #"attachment; filename="say _hi__.mp3"; filename*=UTF-8''say%20%22hi%22%5C.mp3"#),
    ("노래.mp3", #"attachment; filename="__.mp3"; filename*=UTF-8''%EB%85%B8%EB%9E%98.mp3"#),
    ("a\r\nX-Evil: 1", #"attachment; filename="a__X-Evil: 1"; filename*=UTF-8''a%0D%0AX-Evil%3A%201"#),
  ])
  func aFileHasItsName(_ name: String, _ header: String) async throws {
    for body in ["{}", #"{"output_only":true}"#] {
      let sound = Resource(
        .audio, source: BytesSource(Array("sound".utf8)), contentType: "audio/mpeg", filename: name)
      try await withService(smallPlan(workflow("w")), .returning(.resource(sound))) { service in
        let answer = try await service.run(body)
        #expect(answer.headers["content-disposition"] == header)
        #expect(answer.headers["cache-control"] == "no-cache" && answer.headers["x-evil"] == nil)
        #expect(answer.body == "sound")
      }
    }
  }

  @Test func aResourceThatCannotBeReadIsAnError() async throws {
    let broken = Resource(.bytes, source: BrokenSource(), contentType: "audio/mpeg")
    try await withService(smallPlan(workflow("w")), .returning(.resource(broken))) { service async throws in
      let answer = try await service.run(#"{"output_only":true}"#)
      #expect(answer.status == 500)
      #expect(answer.body.contains("cannot be decoded"))
    }
  }

  @Test func bytesInsideAnObjectAreNoJSON() async throws {
    try await withService(smallPlan(workflow("w")), .returning(.object(["a": .bytes([1])]))) { service async throws in
      #expect(try await service.run("{}").body.contains(#""error_info":{"code":"value"}"#))
      #expect(try await service.run(#"{"output_only":true}"#).status == 500)
    }
  }

  @Test func aConnectionServesSeveralRuns() async throws {
    try await withService(smallPlan(workflow("w"))) { service in
      let connection = try service.connect()
      let headers = ["Content-Type": "application/json", "Connection": ""]
      let body = #"{"output_only":true,"input":{"n":"one"}}"#
      connection.send(requestText("POST", "/api/workflows/runs", headers, body: body, port: service.port))
      try await connection.wait(for: #"{"n":"one"}"#)
      connection.send(requestText("GET", "/api/health", body: nil, port: service.port))
      #expect(try await connection.waitForEnd().hasSuffix(#"{"status":"ok"}"#))
    }
  }

  // MARK: Which workflow

  @Test func theWorkflowIsFound() async throws {
    let plan = smallPlan(workflow("a"), workflow("b", isDefault: true), workflow("hidden", isPrivate: true))
    let host = FakeHost { (call) async throws(RuntimeError) in .text(call.invocation.action) }
    try await withService(plan, host) { service in
      #expect(try await service.run(#"{"output_only":true}"#).body == #""b""#)
      #expect(try await service.run(#"{"output_only":true,"workflow_id":"a"}"#).body == #""a""#)
      for id in ["nope", "hidden"] {
        let answer = try await service.run(#"{"workflow_id":"\#(id)"}"#)
        #expect(answer.status == 404)
        #expect(answer.body == #"{"detail":"Workflow '\#(id)' not found.","code":"unknown-workflow"}"#)
      }
    }
  }

  @Test func thereMayBeNoDefault() async throws {
    try await withService(smallPlan(workflow("a"), workflow("b"))) { service in
      let answer = try await service.run("{}")
      #expect(answer.status == 404)
      #expect(answer.body.contains("Workflow '__default__' not found."))
    }
  }

  // MARK: Failures

  @Test func aFailedRunIsAState() async throws {
    let error = RuntimeError(.provider, "the provider answered 401:\nno", status: 401)
    try await withService(smallPlan(workflow("w")), .failing(error)) { service in
      let answer = try await service.run("{}")
      let id = try #require(answer.headers["x-task-id"])
      #expect(answer.status == 200)
      #expect(
        answer.body == #"{"task_id":"\#(id)","status":"failed","workflow_id":"w","#
          + #""error":"the provider answered 401: no","error_info":{"code":"provider","job":"j","status":401,"#
          + #""line":2,"file":"model-compose.yml"}}"#)
    }
  }

  @Test(arguments: [
    (RuntimeError(.invalidInput, "m"), 400), (RuntimeError(.unknownWorkflow, "m"), 404),
    (RuntimeError(.unsupported, "m"), 501), (RuntimeError(.provider, "m", status: 401), 502),
    (RuntimeError(.provider, "m"), 502), (RuntimeError(.connection, "m"), 502),
    (RuntimeError(.protocolViolation, "m"), 502), (RuntimeError(.timeout, "m"), 504),
    (RuntimeError(.value, "m"), 500), (RuntimeError(.internal, "m"), 500), (RuntimeError.cancelled, 503),
  ])
  func aFailureHasAStatusWhereTheStateIsNotAsked(_ error: RuntimeError, _ status: Int) async throws {
    try await withService(smallPlan(workflow("w")), .failing(error)) { service in
      let answer = try await service.run(#"{"output_only":true}"#)
      #expect(answer.status == status)
      #expect(answer.body.contains(#""code":"\#(error.code.rawValue)""#))
    }
    try await withService(smallPlan(workflow("w", gives: .encoded(.text))), .failing(error)) { service async throws in
      #expect(try await service.run("{}").status == status)
    }
  }

  @Test func tooManyRequestsKeepsItsRetryAfter() async throws {
    let error = RuntimeError(.provider, "slow down", status: 429, retryAfter: 1.2)
    try await withService(smallPlan(workflow("w")), .failing(error)) { service in
      let answer = try await service.run(#"{"output_only":true}"#)
      let id = try #require(answer.headers["x-task-id"])
      #expect(answer.status == 429)
      #expect(answer.headers["retry-after"] == "2")
      #expect(
        answer.body == #"{"detail":"slow down","code":"provider","task_id":"\#(id)","job":"j","status":429,"#
          + #""line":2,"file":"model-compose.yml"}"#)
    }
  }

  @Test(arguments: ["{}", #"{"input":"text"}"#, #"{"input":[1]}"#, #"{"input":{"prompt":null}}"#])
  func inputThatCannotBeUsedIsRefused(_ body: String) async throws {
    let plan = smallPlan(workflow("w", inputs: [input("prompt", isRequired: true)]))
    try await withService(plan, .failing(RuntimeError(.internal, "must not be called"))) { service in
      let answer = try await service.run(body)
      #expect(answer.status == 400)
      #expect(answer.body.contains(#""code":"invalid-input""#))
    }
  }

  @Test func aClientThatLeavesCancelsItsRun() async throws {
    let state = Watched((isStarted: false, isCancelled: false))
    let host = FakeHost { (_) async throws(RuntimeError) in
      state.update { $0.isStarted = true }
      try? await Task.sleep(for: .seconds(600))
      state.update { $0.isCancelled = Task.isCancelled }
      throw .cancelled
    }
    try await withService(smallPlan(workflow("w")), host) { service in
      let connection = try service.startRun()
      try await state.wait(for: "the run", describe: { "\($0)" }) { $0.isStarted ? () : nil }
      connection.hangUp()
      try await state.wait(for: "the cancellation", describe: { "\($0)" }) { $0.isCancelled ? () : nil }
    }
  }
}

/// Fails when it is opened.
private struct BrokenSource: ResourceSource {
  func open() async throws(RuntimeError) -> ResourceReader { throw RuntimeError(.value, "the data cannot be decoded") }
}
