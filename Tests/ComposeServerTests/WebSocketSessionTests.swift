import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeServer
import ComposeTestSupport
import Testing

/// Runs, tasks and sessions on connections.
@Suite struct WebSocketSessionTests {
  @Test func aRun() async throws {
    try await withService(smallPlan(workflow("w"))) {
      $0.milliseconds = { 1_763_773_322_045 }
    } _: { service in
      let client = try await WebSocketClient.connect(service)
      client.send(
        #"{"type":"run_workflow","id":"7","data":{"workflow_id":"w","input":{"a":1},"session_id":"s","metadata":{"m":2}}}"#
      )
      let started = try await client.next()
      let id = started.taskID
      #expect(started.type == "workflow_started")
      #expect(started.id == "7")
      #expect(started.timestamp == "2025-11-22T01:02:02.045Z")
      #expect(started.data["workflow_id"]?.string == "w")
      let first = try await client.next()
      #expect(first.type == "task_state")
      #expect(first.id == nil)
      #expect(
        try first.data
          == TestJSON(
            #"{"task_id":"\#(id)","status":"processing","workflow_id":"w","session_id":"s","metadata":{"m":2},"event_id":1}"#
          ))
      let event = try await client.next()
      #expect(event.type == "task_event")
      #expect(event.data["event"]?.string == "started")
      #expect(event.data["event_id"]?.integer == 1)
      let whole = try await client.message("run_event")
      #expect(whole.data["line"]?["event"]?.string == "workflow-started")
      // Folders are nobody's business.
      #expect(whole.data["line"]?["file"]?.string == "model-compose.yml")
      let job = try await client.message("job_event") { $0.data["event"]?.string == "completed" }
      #expect(job.data["job_id"]?.string == "j")
      #expect(job.data["job_type"]?.string == "component")
      #expect(job.data["workflow_id"]?.string == "w")
      #expect(job.data["elapsed"] != nil)
      let state = try await client.status("completed")
      #expect(try state.data["output"] == TestJSON(#"{"a":1}"#))
      let last = try await client.next()
      #expect(last.type == "task_event")
      #expect(last.data["event"]?.string == "completed")
      #expect(last.data["elapsed"] != nil)
      #expect(try last.data["output"] == TestJSON(#"{"a":1}"#))
    }
  }

  @Test func aFailedRun() async throws {
    let error = RuntimeError(.provider, "no\nluck", status: 429)
    try await withService(smallPlan(workflow("w")), .failing(error)) { service in
      let client = try await WebSocketClient.connect(service)
      client.send(#"{"type":"run_workflow","data":{"workflow_id":"w"}}"#)
      let job = try await client.message("job_event") { $0.data["event"]?.string == "failed" }
      #expect(job.data["error"]?.string == "no luck")
      let state = try await client.status("failed")
      #expect(state.data["error"]?.string == "no luck")
      #expect(state.data["error_info"]?["code"]?.string == "provider")
      #expect(state.data["error_info"]?["file"]?.string == "model-compose.yml")
    }
  }

  /// Every wrong message is answered, and the connection goes on.
  @Test(arguments: [
    ("nonsense", "INVALID_REQUEST", "Invalid JSON: "),
    ("[]", "INVALID_REQUEST", "Invalid message: expected an object, not a list"),
    ("{}", "INVALID_REQUEST", "Invalid message: 'type' is missing"),
    (#"{"type":1}"#, "INVALID_REQUEST", "Invalid message: 'type' must be text, not an integer"),
    (#"{"type":"ping","id":1}"#, "INVALID_REQUEST", "Invalid message: 'id' must be text, not an integer"),
    (#"{"type":"ping","data":[]}"#, "INVALID_REQUEST", "Invalid message: 'data' must be an object, not a list"),
    (#"{"type":"dance","id":"x"}"#, "INVALID_REQUEST", "Unknown message type: dance"),
    (#"{"type":"get_task"}"#, "INVALID_REQUEST", "Invalid data: 'task_id' is missing"),
    (#"{"type":"get_task","data":{"task_id":5}}"#, "INVALID_REQUEST", "Invalid data: 'task_id' must be text"),
    (#"{"type":"get_task","data":{"task_id":"no"}}"#, "TASK_NOT_FOUND", "Task 'no' not found"),
    (#"{"type":"subscribe_task","data":{"task_id":"no"}}"#, "TASK_NOT_FOUND", "Task 'no' not found"),
    (#"{"type":"cancel_task","data":{"task_id":"no"}}"#, "TASK_NOT_FOUND", "Task 'no' not found"),
    (#"{"type":"resume_task","data":{"task_id":"no"}}"#, "TASK_NOT_FOUND", "Task 'no' not found"),
    (#"{"type":"run_workflow","data":{"workflow_id":"no"}}"#, "WORKFLOW_NOT_FOUND", "Workflow 'no' not found."),
    (
      #"{"type":"run_workflow","data":{"workflow_id":"private"}}"#, "WORKFLOW_NOT_FOUND",
      "Workflow 'private' not found."
    ),
    (
      #"{"type":"run_workflow","data":{"workflow_id":"w","input":3}}"#, "INVALID_REQUEST", "the input must be an object"
    ),
    (#"{"type":"run_workflow","data":{"workflow_id":"w"}}"#, "INVALID_REQUEST", "the input 'text' is required"),
    (
      #"{"type":"run_workflow","data":{"metadata":4}}"#, "INVALID_REQUEST", "Invalid data: 'metadata' must be an object"
    ),
    (#"{"type":"stream_pull","data":{"id":"no"}}"#, "STREAM_NOT_FOUND", "Outbound stream 'no' not found"),
    (#"{"type":"stream_pull","data":{"id":"no","after":-1}}"#, "INVALID_REQUEST", "Invalid data: 'after' must be"),
    (#"{"type":"stream_chunk","data":{"id":"no"}}"#, "STREAM_NOT_FOUND", "Inbound stream 'no' not found"),
  ])
  func wrong(_ text: String, code: String, message: String) async throws {
    let plan = smallPlan(workflow("w", inputs: [input("text", isRequired: true)]), workflow("private", isPrivate: true))
    try await withService(plan) { service in
      let client = try await WebSocketClient.connect(service)
      client.send(text, #"{"type":"ping"}"#)
      let error = try await client.next()
      #expect(error.type == "error")
      #expect(error.code == code)
      #expect(error.data["message"]?.string?.hasPrefix(message) == true, "\(error.data)")
      #expect(error.id == (text.contains(#""id":"x""#) ? "x" : nil))
      #expect(try await client.next().type == "pong")
    }
  }

  @Test func binaryMessagesThatAreNoChunks() async throws {
    try await withService(smallPlan(workflow("w"))) { service in
      let client = try await WebSocketClient.connect(service)
      client.send(bytes: [], [0], [0, 9, 1], [0, 1, 65, 0, 0, 0, 0, 1], [0, 1, 255, 0, 0, 0, 0])
      let problems = ["INVALID_REQUEST", "INVALID_REQUEST", "INVALID_REQUEST", "STREAM_NOT_FOUND", "INVALID_REQUEST"]
      for problem in problems { #expect(try await client.next().code == problem) }
    }
  }

  @Test func cancelling() async throws {
    let faucet = Faucet()
    try await withService(smallPlan(workflow("w", gives: .encoded(.text))), .streaming(faucet)) { service in
      let client = try await WebSocketClient.connect(service)
      client.send(#"{"type":"run_workflow","data":{"workflow_id":"w"}}"#)
      let id = try await client.message("workflow_started").taskID
      try await faucet.waitUntilAsked(1)
      client.send(#"{"type":"cancel_task","id":"c","data":{"task_id":"\#(id)"}}"#)
      let answer = try await client.message("task_cancelled")
      #expect(answer.id == "c")
      #expect(["cancelling", "cancelled"].contains(answer.status))
      try await faucet.waitUntilCancelled()
      let end = try await WebSocketClient.connect(service, "/api/ws?task=\(id)")
      _ = try await end.message("task_subscribed")
      client.send(#"{"type":"subscribe_task","data":{"task_id":"\#(id)","after":0}}"#)
      _ = try await client.message("task_event") { $0.data["event"]?.string == "cancelled" }
      client.send(#"{"type":"cancel_task","data":{"task_id":"\#(id)"}}"#)
      #expect(try await client.message("error").code == "ALREADY_FINISHED")
    }
  }

  @Test func interrupts() async throws {
    let plan = try testPlan(
      """
      controller: {adapter: {type: http-server, base_path: /api}}
      workflow: {id: w, jobs: [{id: j, component: c, interrupt: {before: {message: 'ok?'}}}]}
      component: {id: c, type: http-client, action: {endpoint: "http://localhost/"}}
      """)
    try await withService(plan) { service in
      let client = try await WebSocketClient.connect(service)
      client.send(#"{"type":"run_workflow","data":{"workflow_id":"w","input":{"a":1}}}"#)
      let id = try await client.message("workflow_started").taskID
      let stopped = try await client.status("interrupted")
      let point = try #require(stopped.data["interrupt"]?[0]?["id"]?.string)
      #expect(stopped.data["interrupt"]?[0]?["job_id"]?.string == "j")
      #expect(try await client.next().data["event"]?.string == "interrupted")
      client.send(
        #"{"type":"resume_task","data":{"task_id":"\#(id)","answer":[1]}}"#,
        #"{"type":"resume_task","id":"r","data":{"task_id":"\#(id)","answer":{"\#(point)":{"b":2}}}}"#)
      #expect(try await client.message("error").code == "INVALID_REQUEST")
      #expect(try await client.message("task_resumed").id == "r")
      let completed = try await WebSocketClient.connect(service, "/api/ws")
      completed.send(#"{"type":"subscribe_task","data":{"task_id":"\#(id)","after":0}}"#)
      _ = try await completed.message("task_event") { $0.data["event"]?.string == "resumed" }
      let state = try await completed.status("completed")
      #expect(try state.data["output"] == TestJSON(#"{"b":2}"#))
      client.send(#"{"type":"resume_task","data":{"task_id":"\#(id)"}}"#)
      #expect(try await client.message("error").code == "TASK_NOT_INTERRUPTED")
    }
  }

  // MARK: Sessions

  @Test func aSessionComesBack() async throws {
    let faucet = Faucet()
    try await withService(smallPlan(workflow("w", gives: .encoded(.text))), .streaming(faucet)) { service in
      let first = try await WebSocketClient.connect(service, "/api/ws?session=s%2F1")
      first.send(#"{"type":"run_workflow","data":{"workflow_id":"w"}}"#)
      let id = try await first.message("workflow_started").taskID
      let second = try await WebSocketClient.connect(service, "/api/ws?session=s%2F1")
      #expect(try await second.closeCode() == 4409)
      first.connection.hangUp()
      _ = try await first.connection.waitForEnd()
      // The task goes on without its client.
      faucet.send("a")
      let third = try await reconnect(service, "/api/ws?session=s%2F1")
      let subscribed = try await third.message("task_subscribed")
      #expect(subscribed.taskID == id)
      #expect(subscribed.state?["task_id"]?.string == id)
      faucet.finish()
      third.send(#"{"type":"stream_pull","data":{"id":"\#(id)"}}"#)
      #expect(try await third.message("stream_chunk").data["value"]?.string == "a")
      third.send(#"{"type":"unsubscribe_task","data":{"task_id":"\#(id)"}}"#)
      #expect(try await third.message("task_unsubscribed").taskID == id)
      third.connection.hangUp()
      let fourth = try await reconnect(service, "/api/ws?session=s%2F1")
      #expect(try await fourth.next().type == "pong")
    }
  }

  @Test func eventsAreResumed() async throws {
    try await withService(smallPlan(workflow("w"))) { service in
      let client = try await WebSocketClient.connect(service)
      client.send(#"{"type":"run_workflow","data":{"workflow_id":"w"}}"#)
      let id = try await client.message("workflow_started").taskID
      let last = try await client.status("completed").data["event_id"]?.integer ?? 0
      #expect(last > 4)
      client.send(#"{"type":"subscribe_task","data":{"task_id":"\#(id)","after":\#(last - 2)}}"#)
      #expect(try await client.message("task_subscribed").data["event_id"]?.integer == last)
      #expect(try await client.next().data["event_id"]?.integer == last - 1)
      #expect(try await client.next().data["event_id"]?.integer == last)
    }
  }

  @Test func anUnknownTaskOfTheQuery() async throws {
    try await withService(smallPlan(workflow("w"))) { service in
      let client = try await WebSocketClient.connect(service, "/api/ws?task=none")
      #expect(try await client.next().code == "TASK_NOT_FOUND")
    }
  }

  @Test func tooManyConnections() async throws {
    try await withService(smallPlan(workflow("w")), serving: serving(webSocket: .init(connectionLimit: 1))) { service in
      let first = try await WebSocketClient.connect(service)
      first.send(#"{"type":"ping"}"#)
      _ = try await first.next()
      #expect(try await WebSocketClient.connect(service).closeCode() == 4429)
    }
  }

  @Test func tasksThatEndWithTheConnection() async throws {
    let (kept, owned) = (Faucet(), Faucet())
    let host = FakeHost { (call) async throws(RuntimeError) in
      (call.invocation.action == "kept" ? kept : owned).stream()
    }
    let plan = smallPlan(workflow("kept", gives: .encoded(.text)), workflow("owned", gives: .encoded(.text)))
    try await withService(plan, host) { service in
      let client = try await WebSocketClient.connect(service)
      client.send(
        #"{"type":"run_workflow","data":{"workflow_id":"kept"}}"#,
        #"{"type":"run_workflow","data":{"workflow_id":"owned","cancel_on_close":true}}"#)
      let id = try await client.message("workflow_started").taskID
      try await kept.waitUntilAsked(1)
      try await owned.waitUntilAsked(1)
      client.connection.hangUp()
      try await owned.waitUntilCancelled()
      let state = try await service.exchange("GET", "/api/tasks/\(id)")
      #expect(state.body.contains(#""status":"processing""#))
    }
  }

  // MARK: Runs that HTTP begins

  @Test func runsOfHTTP() async throws {
    try await withService(smallPlan(workflow("w"))) { service in
      let client = try await WebSocketClient.connect(service, "/api/ws?session=page")
      client.send(#"{"type":"ping"}"#)
      _ = try await client.next()
      let type = ["Content-Type": "application/json"]
      let path = "/api/workflows/runs"
      let body = #"{"subscribe_task":true,"wait_for_completion":false}"#
      let answer = try await service.exchange("POST", path + "?session_id=page", type, body: body)
      #expect(answer.status == 200)
      let completed = try await client.status("completed")
      #expect(completed.taskID == answer.headers["x-task-id"])
      for (query, problem) in [
        ("", "session_id query parameter required when subscribe_task=true"),
        ("?session_id=nobody", "No active WebSocket connection for session"),
      ] {
        let refused = try await service.exchange("POST", path + query, type, body: body)
        #expect(refused.status == 400)
        #expect(refused.body.contains(problem))
      }
    }
  }

  // MARK: Parts

  /// Connects as soon as the service has noticed that the earlier connection is gone.
  private func reconnect(_ service: RunningService, _ path: String) async throws -> WebSocketClient {
    while true {
      let client = try await WebSocketClient.connect(service, path)
      client.send(#"{"type":"ping","id":"there"}"#)
      let first = try await client.frame("the pong or the close frame") { frame in
        frame.opcode == 8 || WebSocketClient.message(frame)?.id == "there"
      }
      if first?.opcode != 8 {
        client.rewind()
        return client
      }
    }
  }
}
