import ComposeTestSupport
import Glibc
import Testing

/// `up -d`: the command ends when the service is ready or has failed, and tells the truth about it.
@Suite struct UpDetachTests {
  @Test func servesBehindTheCommand() async throws {
    try await withBackgroundService { service in
      let up = try await service.up()
      #expect(up.status == 0 && up.standardError == "", "\(up)")
      #expect(up.standardOutput.hasSuffix("\nLog     .model-compose/up.log\n"))
      let port = try BackgroundService.port(up.standardOutput)
      let body = #"{"input": {"text": "hi"}, "output_only": true}"#
      let answer = try await Service.exchange("POST", "/api/workflows/runs", port: port, body: body)
      #expect(answer.status == 200 && answer.body == #""hi""#, "\(answer.body)")
      let record = try service.record()
      #expect(record["files"]?[0]?.string?.hasSuffix("/model-compose.yml") == true)
      #expect(record["addresses"]?["apis"]?[0] == .string("http://127.0.0.1:\(port)/api"))
      let process = try service.process()
      // A session of its own: what ends with the terminal does not end this.
      #expect(getsid(process) == process)
      #expect(Self.mode(service.folder.path + "/.model-compose/up.pid") == 0o600)

      let stop = try await service.run("stop")
      #expect(stop.status == 0 && stop.standardOutput == "stopped  (pid \(process))\n", "\(stop)")
      #expect(!isAlive(process) && !service.hasRecord)
      #expect(!Files.exists(service.folder.path + "/.model-compose/up.pid.lock"))
    }
  }

  @Test func oneProjectIsServedOnce() async throws {
    try await withBackgroundService { service in
      let first = try await service.up()
      let process = try service.process()
      for arguments in [[], ["-f", "model-compose.yml"], ["-f", service.folder.path + "/model-compose.yml"]] {
        let second = try await run(
          program(["up", "-d", "--port", "0", "--web-port", "0"] + arguments, in: service.folder.path))
        #expect(second.status == 1, "\(second)")
        #expect(first.standardOutput.hasPrefix(second.standardOutput) && !second.standardOutput.isEmpty)
        #expect(second.standardError.hasPrefix("error: this project is served already, by pid \(process)\n"))
      }
      #expect(try service.process() == process)
    }
  }

  @Test func twoProjectsOfOneFolderAreTwo() async throws {
    try await withBackgroundService { service in
      try service.folder.write(echoFile, to: "other.yml")
      #expect(try await service.up().status == 0)
      #expect(try await service.up("-f", "other.yml").status == 0)
      #expect(try await service.run("stop").status == 0)
      #expect(try await service.run("status", "-f", "other.yml").status == 0)
      #expect(try await service.run("stop", "-f", "other.yml").standardOutput.hasPrefix("stopped  "))
    }
  }

  @Test func filesCanBeNamed() async throws {
    try await withBackgroundService { service in
      let up = try await service.up("--pid-file", "a.pid", "--log-file", "a.log")
      #expect(up.status == 0 && up.standardOutput.hasSuffix("\nLog     a.log\n"), "\(up)")
      #expect(!Files.exists(service.folder.path + "/.model-compose"))
      #expect(try service.folder.read("a.log").contains("API     http://"))
      #expect(try await service.run("stop").standardOutput == "not running\n")
      #expect(try await service.run("stop", "--pid-file", "a.pid").standardOutput.hasPrefix("stopped  "))
    }
  }

  // MARK: Failures

  @Test func saysThatAPortIsTaken() async throws {
    try await withStubProvider(Scenario()) { stub in
      try await withBackgroundService { service in
        let up = try await service.up("--port", "\(stub.port)")
        #expect(up.status == 1 && up.standardOutput == "", "\(up)")
        #expect(up.standardError == "error: cannot listen on 127.0.0.1:\(stub.port): the port is in use\n")
        #expect(!service.hasRecord)
        expectNoLeak(up)
      }
    }
  }

  @Test func saysThatASetupFailed() async throws {
    let file = echoFile.replacing("[[touch, installed]]", with: #"[[sh, -c, "echo no room >&2; exit 3"]]"#)
    try await withBackgroundService(file) { service in
      let up = try await service.up()
      #expect(up.status == 1 && up.standardOutput == "", "\(up)")
      #expect(up.standardError.contains("no room"), "\(up)")
      #expect(!service.hasRecord)
    }
  }

  @Test func refusesAFileWithErrorsBeforeItStarts() async throws {
    try await withBackgroundService(echoFile.replacing("output: \"${output.stdout}\"", with: "out: 1")) { service in
      try service.folder.write("workflows: [", to: "model-compose.yml")
      let up = try await service.up()
      #expect(up.status == 2 && up.standardError.contains("error["), "\(up)")
      #expect(!Files.exists(service.folder.path + "/.model-compose"))
    }
  }

  @Test func replacesWhatADeadServiceLeft() async throws {
    try await withBackgroundService { service in
      #expect(try await service.up().status == 0)
      let dead = try service.process()
      kill(dead, SIGKILL)
      // The lock is given up when the system has ended the process.
      let stop = try await service.run("stop", "--timeout", "60s")
      #expect(stop.status == 0, "\(stop)")
      let up = try await service.up()
      #expect(up.status == 0, "\(up)")
      #expect(try service.process() != dead)
    }
  }

  // MARK: Log

  @Test func opensItsLogAnewWhenItIsAsked() async throws {
    try await withBackgroundService { service in
      let up = try await service.up("--log-level", "info")
      let log = service.folder.path + "/.model-compose/up.log"
      #expect(rename(log, log + ".1") == 0)
      kill(try service.process(), SIGHUP)
      let port = try BackgroundService.port(up.standardOutput)
      // The signal is taken some time behind the kill, so lines are made until one of them comes to the new file.
      while (try? service.folder.read(".model-compose/up.log").contains("completed")) != true {
        let body = #"{"input": {"text": "hi"}}"#
        #expect(try await Service.exchange("POST", "/api/workflows/runs", port: port, body: body).status == 200)
      }
    }
  }

  // MARK: Service managers

  /// As `Type=notify` of systemd has it.
  @Test func tellsTheServiceManagerThatItIsReady() async throws {
    try await withBackgroundService { service in
      let path = service.folder.path + "/notify"
      let socket = try Self.listen(path)
      defer { close(socket) }
      try await withService(environment: ["NOTIFY_SOCKET": path], in: service.folder.path) { _ in
        let text = await computed {
          var bytes = [UInt8](repeating: 0, count: 64)
          let count = recv(socket, &bytes, bytes.count, 0)
          return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
        }
        #expect(text == "READY=1")
      }
    }
  }

  private static func listen(_ path: String) throws -> Int32 {
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard status == 0 else { throw TestSupportError("cannot listen at \(path)") }
    return descriptor
  }

  private static func mode(_ path: String) -> UInt32 {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
  }
}
