import ComposeBasic
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeServer
import ComposeTestSupport
import Testing

/// Runs that stop for answers (runtime specification, section 4.2).
@Suite struct TaskInterruptTests {
  /// A workflow whose jobs stop before they run.
  private func plan(
    _ jobs: String = "{id: a, component: c, interrupt: {before: {message: 'ok?', metadata: {k: x}}}}", limit: Int = 0
  ) throws -> Plan {
    try testPlan(
      """
      controller: {adapter: {type: http-server, base_path: /api}, max_concurrent_count: \(limit)}
      workflow: {id: hitl, jobs: [\(jobs)]}
      component: {id: c, type: http-client, action: {endpoint: "http://localhost/"}}
      """)
  }

  @Test func anAnswerLetsItGoOn() async throws {
    try await withService(try plan()) { service in
      let answer = try await service.run(#"{"input":{"x":1}}"#)
      #expect(answer.status == 200)
      let match = try #require(
        answer.body.firstMatch(
          of:
            /^{"task_id":"([^"]+)","status":"interrupted","workflow_id":"hitl","interrupt":\[{"id":"([^"]+)","job_id":"a","run_id":"([^"]+)","phase":"before","message":"ok\?","metadata":{"k":"x"}}\]}$/
        ))
      let (id, point) = (String(match.1), String(match.2))
      // An id of no point is ignored.
      let ignored = try await service.resume(id, #"{"answer":{"nope":1}}"#)
      #expect(ignored.status == 200 && ignored.body.contains(#""status":"interrupted""#))
      let resumed = try await service.resume(id, #"{"answer":{"\#(point)":{"y":2}}}"#)
      #expect(resumed.status == 200 && !resumed.body.contains("interrupted"))
      let state = try await service.waitForEnd(of: id)
      #expect(state.contains(#""status":"completed""#))
    }
  }

  /// What was asked stays among the events of the task, and counts as what it keeps.
  @Test func endedTasksAreForgottenByTheSizeOfTheirQuestions() async throws {
    let plan = try plan("{id: a, component: c, interrupt: {before: {message: '${input.text}'}}}")
    let text = String(repeating: "x", count: 40_000)
    try await withService(plan) {
      // A status, an event and another status tell of the question.
      $0.taskLimits.maximumEndedBytes = 200_000
    } _: { service in
      var ids: [String] = []
      for _ in 1...4 {
        let id = try #require(try await service.run(#"{"input":{"text":"\#(text)"}}"#).headers["x-task-id"])
        _ = try await service.exchange("DELETE", "/api/tasks/\(id)")
        ids.append(id)
      }
      #expect(try await service.statuses(of: ids)[0] == 404)
    }
  }

  @Test(arguments: ["{}", #"{"answer":null}"#]) func nothingAnswersEverything(_ body: String) async throws {
    try await withService(try plan()) { service in
      let id = try await service.startTask("{}")
      #expect(try await service.resume(id, body).status == 200)
      #expect(try await service.waitForEnd(of: id).contains(#""status":"completed""#))
    }
  }

  @Test func severalAreAnsweredOneByOne() async throws {
    let jobs = "{id: a, component: c, interrupt: {before: true}}, {id: b, component: c, interrupt: {before: true}}"
    try await withService(try plan(jobs)) { service in
      let answer = try await service.run("{}")
      let id = try #require(answer.headers["x-task-id"])
      let points = answer.body.matches(of: /{"id":"([^"]+)"/).map { String($0.1) }
      #expect(points.count == 2)
      let half = try await service.resume(id, #"{"answer":{"\#(points[0])":null}}"#)
      #expect(half.body.contains(#""status":"interrupted""#) && !half.body.contains(points[0]))
      _ = try await service.resume(id, #"{"answer":{"\#(points[1])":null}}"#)
      #expect(try await service.waitForEnd(of: id).contains(#""status":"completed""#))
    }
  }

  @Test func whatIsNotInterruptedCannotBeResumed() async throws {
    try await withService(try plan()) { service in
      let id = try await service.startTask("{}")
      _ = try await service.resume(id, "{}")
      _ = try await service.waitForEnd(of: id)
      let answer = try await service.resume(id, "{}")
      #expect(answer.status == 400)
      #expect(answer.body.contains("is not in interrupted state (current: completed)"))
      let unknown = try await service.resume("NOPE", "{}")
      #expect(unknown.status == 400)
      #expect(unknown.body.contains("Task not found: NOPE"))
    }
  }

  @Test(arguments: ["", "[]", #"{"answer":[1]}"#, "{"]) func bodiesThatAreNoAnswer(_ body: String) async throws {
    try await withService(try plan()) { service in
      let id = try await service.startTask("{}")
      #expect(try await service.resume(id, body).status == 422)
      #expect(try await service.exchange("DELETE", "/api/tasks/\(id)").status == 200)
    }
  }

  @Test func withOutputOnlyItIs202() async throws {
    try await withService(try plan()) { service in
      let answer = try await service.run(#"{"output_only":true}"#)
      #expect(answer.status == 202)
      #expect(answer.body.contains(#""status":"interrupted""#))
      _ = try await service.exchange("DELETE", "/api/tasks/\(answer.headers["x-task-id"] ?? "")")
    }
  }

  /// In the reference it keeps its place.
  @Test func whoWaitsForAnAnswerLetsOthersRun() async throws {
    try await withService(try plan(limit: 1)) { service in
      let first = try await service.startTask("{}")
      let second = try await service.run("{}")
      #expect(second.body.contains(#""status":"interrupted""#))
      for id in [first, second.headers["x-task-id"] ?? ""] {
        _ = try await service.resume(id, "{}")
        #expect(try await service.waitForEnd(of: id).contains(#""status":"completed""#))
      }
    }
  }

  @Test func followersHearOfIt() async throws {
    try await withService(try plan()) { service in
      let id = try await service.startTask(#"{"wait_for_completion":false}"#)
      let connection = try service.connect()
      connection.send(requestText("GET", "/api/tasks/\(id)/stream", body: nil, port: service.port))
      try await connection.wait(for: "event: interrupted\ndata: {\"task_id\":\"\(id)\"")
      _ = try await service.resume(id, "{}")
      #expect(try await connection.waitForEnd().contains("event: done\n"))
    }
  }

  @Test func aShutdownEndsWhatWaits() async throws {
    try await withService(try plan()) {
      $0.drainDuration = .seconds(600)
    } _: { service in
      _ = try await service.startTask("{}")
      // `withService` asks for the end, which does not wait for answers.
      service.requestStop()
    }
  }
}

extension RunningService {
  fileprivate func resume(_ id: String, _ body: String) async throws -> Answer {
    try await exchange("POST", "/api/tasks/\(id)/resume", ["Content-Type": "application/json"], body: body)
  }
}
