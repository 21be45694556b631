import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeServer
import ComposeTestSupport
import Testing

/// Runs that nobody waits for, and what can be asked of them.
@Suite struct TaskTests {
  private let plan = smallPlan(workflow("w"))
  private let background = #"{"wait_for_completion":false,"session_id":"s","metadata":{"a":1},"input":{"x":1}}"#

  @Test func aBackgroundRunIsAnsweredAtOnce() async throws {
    let gate = Gate()
    try await withService(plan, gate.host) { service in
      let answer = try await service.run(background)
      let id = try #require(answer.headers["x-task-id"])
      #expect(answer.status == 200)
      let state = #"{"task_id":"\#(id)","status":"pending","workflow_id":"w","session_id":"s","metadata":{"a":1}}"#
      #expect(answer.body == state)
      gate.open()
      let end = try await service.waitForEnd(of: id)
      #expect(
        end == #"{"task_id":"\#(id)","status":"completed","workflow_id":"w","output":{"x":1},"#
          + #""session_id":"s","metadata":{"a":1}}"#)
      #expect(try await service.exchange("GET", "/api/tasks/\(id)?output_only=true").body == #"{"x":1}"#)
    }
  }

  /// Also where it has ended before the answer is written.
  @Test func theFirstStateIsAlwaysTheSame() async throws {
    try await withService(plan) { service async throws in
      for _ in 1...50 { #expect(try await service.run(background).body.contains(#""status":"pending""#)) }
    }
  }

  @Test func theOutputOfARunThatGoesOnIsNotThere() async throws {
    let gate = Gate()
    try await withService(plan, gate.host) { service in
      let id = try await service.startTask(background)
      try await gate.waitUntilEntered()
      let answer = try await service.exchange("GET", "/api/tasks/\(id)?output_only=true")
      #expect(answer.status == 202)
      #expect(answer.body.contains(#""status":"processing""#))
      gate.open()
    }
  }

  @Test func aFailedRunTellsWhy() async throws {
    try await withService(plan, .failing(RuntimeError(.provider, "no", status: 401))) { service in
      let id = try await service.startTask(background)
      let state = try await service.waitForEnd(of: id)
      #expect(state.contains(#""status":"failed""#))
      #expect(state.contains(#""error_info":{"code":"provider","job":"j","status":401"#))
      #expect(try await service.exchange("GET", "/api/tasks/\(id)?output_only=true").status == 502)
    }
  }

  @Test(arguments: ["GET", "DELETE"]) func anUnknownTask(_ method: String) async throws {
    try await withService(plan) { service in
      for path in method == "GET" ? ["", "/stream", "/events"] : [""] {
        let answer = try await service.exchange(method, "/api/tasks/NOPE" + path)
        #expect(answer.status == 404)
        #expect(answer.body == #"{"detail":"Task not found.","code":"unknown-task"}"#)
      }
    }
  }

  // MARK: Cancelling

  @Test(arguments: [("POST", "/cancel"), ("DELETE", "")])
  func cancelling(_ method: String, _ path: String) async throws {
    let gate = Gate()
    try await withService(plan, gate.host) { service in
      let id = try await service.startTask(background)
      try await gate.waitUntilEntered()
      let answer = try await service.exchange(method, "/api/tasks/\(id)\(path)")
      #expect(answer.status == 200)
      #expect(answer.body.contains(#""status":"cancelled""#))
      let again = try await service.exchange(method, "/api/tasks/\(id)\(path)")
      #expect(again.status == 409)
      #expect(
        again.body == #"{"detail":"Task '\#(id)' has already finished: cancelled","code":"already-finished"}"#)
    }
  }

  @Test func cancellingARunThatWaitsForItsTurn() async throws {
    let gate = Gate()
    var limited = plan.serving
    limited.runLimit = 1
    let project = Plan(workflows: plan.workflows, serving: limited, environment: [], sources: plan.sources)
    try await withService(project, gate.host) { service in
      _ = try await service.startTask(background)
      try await gate.waitUntilEntered()
      let second = try await service.startTask(background)
      #expect(try await service.exchange("GET", "/api/tasks/\(second)").body.contains(#""status":"pending""#))
      #expect(try await service.exchange("DELETE", "/api/tasks/\(second)").body.contains(#""status":"cancelled""#))
      gate.open()
    }
  }

  @Test func whoWaitsForACancelledRunIsTold() async throws {
    let gate = Gate()
    try await withService(plan, gate.host) { service in
      async let waiting = service.run(#"{"session_id":"me"}"#)
      try await gate.waitUntilEntered()
      let list = try await service.exchange("GET", "/api/tasks?session_id=me").body
      let id = try #require(list.firstMatch(of: /"task_id":"([^"]+)"/)).1
      _ = try await service.exchange("DELETE", "/api/tasks/\(id)")
      let answer = try await waiting
      #expect(answer.status == 409)
      #expect(answer.body.contains(#""code":"cancelled""#))
    }
  }

  // MARK: The list

  @Test func theListCanBeNarrowed() async throws {
    try await withService(smallPlan(workflow("a", isDefault: true), workflow("b"))) { service in
      let first = try await service.startTask(#"{"wait_for_completion":false,"session_id":"one"}"#)
      let second = try await service.startTask(#"{"wait_for_completion":false,"workflow_id":"b"}"#)
      for id in [first, second] { _ = try await service.waitForEnd(of: id) }
      for (query, ids) in [
        ("", [second, first]), ("?workflow_id=a", [first]), ("?session_id=one", [first]), ("?limit=1", [second]),
        ("?status=completed&workflow_id=b", [second]), ("?status=failed", []),
      ] {
        let body = try await service.exchange("GET", "/api/tasks" + query).body
        #expect(body.matches(of: /"task_id":"([^"]+)"/).map { String($0.1) } == ids, "\(query)")
        #expect(!body.contains("output"))
      }
      for query in ["?limit=0", "?limit=x", "?limit=1001", "?status=nope"] {
        #expect(try await service.exchange("GET", "/api/tasks" + query).status == 400, "\(query)")
      }
    }
  }

  // MARK: Bounds

  @Test func endedTasksAreForgotten() async throws {
    try await withService(plan) {
      $0.taskLimits.maximumEndedCount = 2
    } _: { service in
      var ids: [String] = []
      for _ in 1...4 { ids.append(try #require(try await service.run("{}").headers["x-task-id"])) }
      // The end of a task is noted behind its answer.
      let last = ids.removeLast()
      _ = try await service.waitForEnd(of: last)
      let statuses = try await service.statuses(of: ids)
      #expect(statuses[0] == 404)
    }
  }

  /// A task keeps what its client gave along.
  @Test func endedTasksAreForgottenByTheirSize() async throws {
    let text = String(repeating: "x", count: 40_000)
    try await withService(plan) {
      $0.taskLimits.maximumEndedBytes = 60_000
    } _: { service in
      var ids: [String] = []
      for _ in 1...4 { ids.append(try await service.startTask(#"{"metadata":{"text":"\#(text)"}}"#)) }
      // The end of a task is noted behind its answer.
      let last = ids.removeLast()
      _ = try await service.waitForEnd(of: last)
      #expect(try await service.statuses(of: ids)[0] == 404)
    }
  }

  @Test func thereIsABoundOnWhatRuns() async throws {
    let gate = Gate()
    try await withService(plan, gate.host) {
      $0.taskLimits.maximumLiveCount = 1
    } _: { service in
      _ = try await service.startTask(background)
      let answer = try await service.run(background)
      #expect(answer.status == 503)
      #expect(answer.headers["retry-after"] == "5")
      #expect(answer.body.contains(#""code":"overloaded""#))
      gate.open()
    }
  }

  // MARK: Watching

  @Test func everythingThatHappensIsTold() async throws {
    try await withService(plan) { service in
      let id = try await service.startTask(background)
      _ = try await service.waitForEnd(of: id)
      let answer = try await service.exchange("GET", "/api/tasks/\(id)/events")
      #expect(answer.headers["content-type"] == "text/event-stream; charset=utf-8")
      let names = answer.body.matches(of: /event: (.+)\n/).map { String($0.1) }
      #expect(names.first == "task_state" && names.last == "end")
      #expect(names.contains("job_event") && names.contains("workflow_event"))
      #expect(answer.body.contains(#""event":"job-completed""#))
      // From somewhere on.
      let ids = answer.body.matches(of: /id: ([0-9]+)\n/).compactMap { Int($0.1) }
      #expect(ids == Array(1...ids.count))
      let rest = try await service.exchange("GET", "/api/tasks/\(id)/events", ["Last-Event-ID": "2"])
      #expect(rest.body.matches(of: /id: ([0-9]+)\n/).compactMap { Int($0.1) } == Array(3...ids.count))
      // The numbers go on, and a page that has seen the end is told to stop.
      let end = try await service.exchange("GET", "/api/tasks/\(id)/events", ["Last-Event-ID": "\(ids.count - 1)"])
      #expect(end.body.contains("id: \(ids.count)\nevent: end\n"))
      let nothing = try await service.exchange("GET", "/api/tasks/\(id)/events", ["Last-Event-ID": "\(ids.count)"])
      #expect(nothing.status == 204)
    }
  }
}
