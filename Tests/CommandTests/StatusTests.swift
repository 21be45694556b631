import ComposeTestSupport
import Glibc
import Testing

/// `status` in each state of a service.
@Suite struct StatusTests {
  @Test func nothingRuns() async throws {
    try await withBackgroundService { service in
      let text = try await service.run("status")
      #expect(text.status == 1 && text.standardOutput == "not running\n", "\(text)")
      let json = try await service.run("status", "--format", "json")
      #expect(try json.status == 1 && TestJSON(json.standardOutput) == TestJSON(#"{"running": false}"#))
    }
  }

  @Test func aServiceRuns() async throws {
    try await withBackgroundService { service in
      try await withService(in: service.folder.path) { running in
        let text = try await service.run("status")
        #expect(text.status == 0 && text.standardError == "", "\(text)")
        #expect(text.standardOutput.hasPrefix("running  pid \(running.program.id), since 2"))
        #expect(text.standardOutput.contains("\nAPI     http://127.0.0.1:\(running.port)/api\n"))
        #expect(text.standardOutput.contains("\nWeb UI  \(running.page)\n"))
        #expect(text.standardOutput.contains("\nHealth  ok\n"))

        _ = try await running.exchange("POST", "/api/workflows/runs", body: #"{"input": {"text": "x"}}"#)
        let json = try TestJSON(try await service.run("status", "--format", "json").standardOutput)
        #expect(json["running"] == .boolean(true) && json["health"] == .string("ok"))
        #expect(json["pid"]?.integer == Int(running.program.id))
        #expect(json["addresses"]?["web_ui"] == .string(running.page))
        #expect(try json["tasks"] == TestJSON(#"{"completed": 1}"#))
      }
    }
  }

  @Test func aServiceHasDied() async throws {
    try await withBackgroundService { service in
      try await withService(in: service.folder.path) { running in
        running.program.signal(SIGKILL)
        #expect(try await running.program.waitForExit().signal == SIGKILL)
        let status = try await service.run("status")
        #expect(status.status == 1, "\(status)")
        #expect(status.standardOutput == "not running  (the last one ended without a shutdown)\n")
      }
    }
  }

  @Test func aServiceStarts() async throws {
    try await withTemporaryFolder { gate in
      let fifo = gate.path + "/gate"
      #expect(mkfifo(fifo, 0o600) == 0)
      // `exec`: when the program is killed, so is what it has started, but not what that has.
      let file = echoFile.replacing(
        "[[touch, installed]]", with: "[[sh, -c, \"echo waiting >&2; exec cat \(fifo)\"]]")
      try await withBackgroundService(file) { service in
        let launch = try program(["up", "--port", "0", "--web-port", "0"], in: service.folder.path)
        try await withProgram(launch) { running in
          try await running.waitForError(containing: "waiting")
          let status = try await service.run("status")
          #expect(status.status == 3 && status.standardOutput.contains("Health  starting\n"), "\(status)")
        }
      }
    }
  }

  @Test func aServiceDoesNotAnswer() async throws {
    try await withBackgroundService { service in
      try await withService(in: service.folder.path) { running in
        running.program.signal(SIGSTOP)
        defer { running.program.signal(SIGCONT) }
        let status = try await service.run("status")
        #expect(status.status == 3 && status.standardOutput.contains("Health  no answer: "), "\(status)")
      }
    }
  }

  @Test func keysAreAskedForAndNotShown() async throws {
    let keys = ["MODEL_COMPOSE_API_KEYS": "first-key"]
    try await withBackgroundService(environment: keys) { service in
      try await withService(environment: keys, in: service.folder.path) { _ in
        let known = try await service.run("status")
        #expect(known.status == 0 && known.standardOutput.contains("\nTasks   none\n"), "\(known)")
        #expect(!known.standardOutput.contains("first-key"))
        let unknown = try await run(program(["status"], in: service.folder.path))
        #expect(unknown.status == 0 && !unknown.standardOutput.contains("Tasks"), "\(unknown)")
      }
    }
  }
}
