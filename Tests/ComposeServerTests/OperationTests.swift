import ComposeBasic
import ComposePlan
import ComposeRuntime
import ComposeServer
import ComposeTestSupport
import Testing

/// What operators see of a service, and what they change while it runs.
@Suite struct OperationTests {
  // MARK: Ending

  @Test func aServiceThatIsToEndSaysSoFirst() async throws {
    try await withService(smallPlan(workflow("w"))) {
      $0.pendingDuration = .seconds(600)
    } _: { service in
      for path in ["health", "ready"] { #expect(try await service.exchange("GET", "/api/\(path)").status == 200) }
      service.requestStop()
      var health = try await service.exchange("GET", "/api/health")
      while health.status == 200 { health = try await service.exchange("GET", "/api/health") }
      #expect(health.status == 503 && health.body == #"{"status":"shutdown_pending"}"#)
      #expect(try await service.exchange("GET", "/api/ready").body == #"{"ready":false}"#)
      // It still works.
      #expect(try await service.run(#"{"output_only":true,"input":{"a":1}}"#).body == #"{"a":1}"#)
    }
  }

  @Test func tasksInTheBackgroundMayEnd() async throws {
    let gate = Gate()
    let told = Watched<[String]>([])
    try await withService(smallPlan(workflow("w")), gate.host) {
      $0.drainDuration = .seconds(600)
      $0.deliverCallback = { delivery in
        told.update { $0.append(String(decoding: delivery.body, as: UTF8.self)) }
        return nil
      }
    } _: { service in
      _ = try await service.startTask(#"{"wait_for_completion":false,"callback_url":"http://localhost/x"}"#)
      try await gate.waitUntilEntered()
      service.requestStop()
      try await service.waitUntilDraining()
      // Who waits for it can ask, and nothing new begins.
      #expect(try await service.exchange("GET", "/api/tasks").body.contains(#""status":"processing""#))
      #expect(try await service.run("{}").status == 503)
      #expect(try await service.exchange("GET", "/api/ready").body == #"{"ready":false}"#)
      gate.open()
      let bodies = try await told.wait(for: "the callback", describe: { "\($0)" }) { $0.isEmpty ? nil : $0 }
      #expect(bodies.count == 1 && bodies[0].contains(#""event":"completed","status":"completed""#))
    }
  }

  // MARK: Callbacks

  /// What ends a task does not end what tells of it.
  @Test(arguments: [true, false])
  func theEndOfACancelledTaskIsTold(byShutdown: Bool) async throws {
    let gate = Gate()
    let told = Watched<[String]>([])
    try await withService(smallPlan(workflow("w")), gate.host) {
      $0.drainDuration = .milliseconds(10)
      $0.abortDelay = .seconds(600)
      $0.deliverCallback = { delivery in
        let body = Task.isCancelled ? "cancelled itself" : String(decoding: delivery.body, as: UTF8.self)
        told.update { $0.append(body) }
        return nil
      }
    } _: { service in
      let id = try await service.startTask(#"{"wait_for_completion":false,"callback_url":"http://localhost/x"}"#)
      try await gate.waitUntilEntered()
      if byShutdown {
        service.requestStop()
      } else {
        #expect(try await service.exchange("DELETE", "/api/tasks/\(id)").status == 200)
      }
      let bodies = try await told.wait(for: "the callback", describe: { "\($0)" }) { $0.isEmpty ? nil : $0 }
      #expect(bodies.count == 1 && bodies[0].contains(#""event":"cancelled","status":"cancelled""#), "\(bodies)")
    }
  }

  @Test func theEndIsTold() async throws {
    let told = Watched<[CallbackDelivery]>([])
    try await withService(smallPlan(workflow("w"))) {
      $0.deliverCallback = { delivery in
        told.update { $0.append(delivery) }
        return nil
      }
    } _: { service in
      let id = try await service.startTask(
        #"{"wait_for_completion":false,"input":{"a":1},"callback_url":"https://x.example/y","#
          + #""callback_headers":{"X-Key":"k"},"metadata":{"m":1},"session_id":"s"}"#)
      let delivery = try await told.wait(for: "the callback", describe: { "\($0)" }) { $0.first }
      #expect(delivery.url == "https://x.example/y" && delivery.taskID == id)
      #expect(delivery.headers.map { "\($0.name): \($0.value)" } == ["X-Key: k"])
      let body = String(decoding: delivery.body, as: UTF8.self)
      #expect(
        body.contains(
          #"{"task_id":"\#(id)","workflow_id":"w","event":"completed","status":"completed","output":{"a":1},"elapsed":"#
        ))
      #expect(body.hasSuffix(#","session_id":"s","metadata":{"m":1}}"#))
    }
  }

  @Test(arguments: [
    ("ftp://x/", "[]"), ("http://", "[]"), ("http://user@x/", "[]"), ("http://x y/", "[]"), ("x", "[]"),
    ("http://x:99999/", "[]"), ("http://[::1/", "[]"), ("http://x:1:2/", "[]"), (#"http://x\\@localhost/"#, "[]"),
    ("http://x/", #"{"a b":"c"}"#), ("http://x/", #"{"a":"b\r\nc: d"}"#), ("http://x/", #"{"a":1}"#),
  ])
  func addressesThatAreNone(_ url: String, _ headers: String) async throws {
    try await withService(smallPlan(workflow("w"))) {
      $0.deliverCallback = { _ in nil }
    } _: { service in
      let extra = headers == "[]" ? "" : #","callback_headers":\#(headers)"#
      let answer = try await service.run(#"{"wait_for_completion":false,"callback_url":"\#(url)"\#(extra)}"#)
      #expect(answer.status == 400 && answer.body.contains(#""code":"invalid-body""#))
    }
  }

  @Test(arguments: [
    ("http://good.example:81/x", 200), ("http://other.example", 403), ("http://good.example.evil", 403),
  ])
  func hostsThatMayBeCalled(_ url: String, _ status: Int) async throws {
    try await withService(smallPlan(workflow("w"))) {
      $0.deliverCallback = { _ in nil }
      $0.callbackHosts = ["good.example"]
    } _: { service in
      let answer = try await service.run(#"{"wait_for_completion":false,"callback_url":"\#(url)"}"#)
      #expect(answer.status == status)
    }
  }

  // MARK: Another version of the project

  @Test func aTaskKeepsItsVersion() async throws {
    let gate = Gate()
    let stopped = Watched<[String]>([])
    func project(_ name: String, _ host: some ComponentHost) -> ServedProject {
      let plan = smallPlan(workflow("w", title: name))
      return ServedProject(plan: plan, interpreter: Interpreter(plan: plan, host: host)) {
        stopped.update { $0.append(name) }
      }
    }
    let server = Server(
      project("old", gate.host), configuration: ServerConfiguration(serving: serving()), logger: quietLogger)
    try await withRunning(server) { service in
      let id = try await service.startTask(#"{"wait_for_completion":false,"input":{"from":"old"}}"#)
      try await gate.waitUntilEntered()
      server.replace(with: project("new", FakeHost.returning(.text("from the new one"))))
      #expect(try await service.exchange("GET", "/api/workflows").body.contains(#""title":"new""#))
      #expect(try await service.run(#"{"output_only":true}"#).body == #""from the new one""#)
      #expect(stopped.value.isEmpty)
      gate.open()
      #expect(try await service.waitForEnd(of: id).contains(#""output":{"from":"old"}"#))
      try await stopped.wait(for: "the end of the old one", describe: { "\($0)" }) { $0 == ["old"] ? () : nil }
    }
    #expect(stopped.value == ["old", "new"])
  }

  // MARK: Metrics

  @Test func whatHappensIsCounted() async throws {
    try await withService(smallPlan(workflow("say \"hi\""))) { service in
      for body in ["{}", "{}"] { _ = try await service.run(body) }
      _ = try await service.exchange("GET", "/api/nothing")
      _ = try await service.exchange("PUT", "/api/health")
      let answer = try await service.exchange("GET", "/api/metrics")
      #expect(answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
      for line in [
        #"model_compose_tasks_total{workflow="say \"hi\"",status="completed"} 2"#,
        #"model_compose_task_duration_seconds_count{workflow="say \"hi\""} 2"#,
        #"model_compose_task_duration_seconds_bucket{workflow="say \"hi\"",le="+Inf"} 2"#,
        #"model_compose_tasks_active{status="processing"} 0"#, "model_compose_tasks_kept 2",
        #"model_compose_http_requests_total{method="POST",route="/workflows/runs",status="200"} 2"#,
        #"model_compose_http_requests_total{method="GET",route="other",status="404"} 1"#,
        #"model_compose_http_requests_total{method="other",route="other",status="405"} 1"#,
      ] {
        #expect(answer.body.contains("\n" + line + "\n"), "\(line)")
      }
      #expect(answer.body.contains(/process_resident_memory_bytes [1-9][0-9]+\n/))
    }
  }

  /// A key for some workflows sees nothing of the others, not even whether there are such.
  @Test func aKeyForSomeSeesNothingOfOthers() async throws {
    let keys = try ["all", "one:one"].map { try #require(APIKey(entry: $0)) }
    try await withService(smallPlan(workflow("one"), workflow("two"))) {
      $0.apiKeys = keys
    } _: { service in
      let (all, one) = (["Authorization": "Bearer all"], ["Authorization": "Bearer one"])
      for id in ["one", "two"] { #expect(try await service.run(#"{"workflow_id":"\#(id)"}"#, all).status == 200) }
      let whole = try await service.exchange("GET", "/api/metrics", all).body
      #expect(whole.contains(#"workflow="one""#) && whole.contains(#"workflow="two""#))
      #expect(whole.contains("\nmodel_compose_tasks_kept 2\n"))
      let part = try await service.exchange("GET", "/api/metrics", one).body
      #expect(part.contains(#"workflow="one""#) && !part.contains(#"workflow="two""#))
      #expect(part.contains("\nmodel_compose_tasks_kept 1\n"))
      for id in ["two", "none"] { #expect(try await service.run(#"{"workflow_id":"\#(id)"}"#, one).status == 403) }
    }
  }
}
