import ComposeTestSupport
import Glibc
import Testing

/// `stop`, `down` and `start`.
@Suite struct StopTests {
  @Test func whatDoesNotRunIsStopped() async throws {
    try await withBackgroundService { service in
      let stop = try await service.run("stop")
      #expect(stop.status == 0 && stop.standardOutput == "not running\n" && stop.standardError == "", "\(stop)")
      #expect(!Files.exists(service.folder.path + "/.model-compose"))
    }
  }

  @Test func stopsAServiceInTheForeground() async throws {
    try await withBackgroundService { service in
      try await withService(in: service.folder.path) { running in
        #expect(try service.process() == running.program.id)
        let stop = try await service.run("stop")
        #expect(stop.standardOutput == "stopped  (pid \(running.program.id))\n", "\(stop)")
        #expect(try await running.program.waitForExit().status == 0)
      }
      #expect(!Files.exists(service.folder.path + "/.model-compose"))
    }
  }

  /// A second service in the foreground is known to nobody, and takes nothing from the first.
  @Test func aSecondServiceInTheForegroundIsLeftAlone() async throws {
    try await withBackgroundService { service in
      try await withService(in: service.folder.path) { first in
        try await withService(in: service.folder.path) { second in
          let known = try service.process()
          #expect(known == first.program.id)
          #expect(try await service.run("stop").status == 0)
          #expect(try await second.exchange("GET", "/api/health").status == 200)
        }
      }
    }
  }

  @Test func waitsNoLongerThanItIsTold() async throws {
    try await withStubProvider(Scenario(["one", "two"], pacing: .gated)) { stub in
      try await withTemporaryFolder { folder in
        let file = folder.path + "/up.pid"
        try await withService(["--pid-file", file], environment: ChatExample.environment(stub)) { service in
          let connection = try service.startRun()
          stub.release()
          try await connection.wait(for: "data: one")
          let stop = try await run(program(["stop", "--pid-file", file, "--timeout", "1ms"]))
          #expect(stop.status == 1 && stop.standardOutput == "", "\(stop)")
          #expect(stop.standardError.contains("has not ended within"), "\(stop)")
          // What does nothing any more does not end by itself either.
          service.program.signal(SIGSTOP)
          let killed = try await run(program(["stop", "--pid-file", file, "--timeout", "1ms", "--kill"]))
          #expect(killed.status == 0, "\(killed)")
          #expect(try await service.program.waitForExit().signal == SIGKILL)
          #expect(!Files.exists(file))
        }
      }
    }
  }

  @Test func refusesATimeThatIsNone() async throws {
    let stop = try await run(program(["stop", "-f", ChatExample.file, "--timeout", "soon"]))
    #expect(stop.status == 2 && stop.standardError.contains("'--timeout soon' is no duration"), "\(stop)")
  }

  // MARK: Processes of others

  /// The id in the file belongs to somebody else by now.
  @Test(arguments: [false, true]) func aRecycledIdIsLeftAlone(_ isLocked: Bool) async throws {
    try await withBackgroundService { service in
      #expect(try await service.up().status == 0)
      let text = try service.folder.read(".model-compose/up.pid")
      let old = try service.process()
      #expect(try await service.run("stop").status == 0)
      let stranger = try RunningProgram(ProgramLaunch("/bin/sleep", ["1000"]))
      defer { stranger.end() }
      try service.folder.write(
        text.replacing("\"pid\": \(old)", with: "\"pid\": \(stranger.id)"), to: ".model-compose/up.pid")
      let lock = open(service.folder.path + "/.model-compose/up.pid.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
      defer { close(lock) }
      if isLocked { #expect(flock(lock, LOCK_EX | LOCK_NB) == 0) }
      let stop = try await service.run("stop", "--kill", "--timeout", "0s")
      #expect(stop.status == (isLocked ? 1 : 0), "\(stop)")
      let status = try await service.run("status")
      #expect(status.status == (isLocked ? 3 : 1), "\(status)")
      #expect(isAlive(stranger.id))
      try service.folder.write("", to: ".model-compose/up.pid")
    }
  }

  // MARK: Setup

  @Test func downCleansUp() async throws {
    try await withBackgroundService { service in
      let installed = service.folder.path + "/installed"
      #expect(try await service.up().status == 0)
      #expect(Files.exists(installed))
      let down = try await service.run("down")
      #expect(down.status == 0 && down.standardOutput.hasPrefix("stopped  "), "\(down)")
      #expect(!Files.exists(installed))
      // The file is gone, so the command fails.
      let again = try await service.run("down")
      #expect(again.status == 1 && again.standardOutput == "not running\n", "\(again)")
      #expect(again.standardError.contains("the command 'rm installed'"), "\(again)")
    }
  }

  @Test func startSetsNothingUp() async throws {
    try await withBackgroundService { service in
      let start = try await service.run("start", "-d", "--port", "0", "--web-port", "0")
      #expect(start.status == 0, "\(start)")
      #expect(!Files.exists(service.folder.path + "/installed"))
      #expect(try await service.run("stop").standardOutput.hasPrefix("stopped  "))
    }
  }
}
