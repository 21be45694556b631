import ComposeBasic
import ComposeComponents
import ComposeHTTP
import ComposePlan
import ComposeRuntime
import ComposeTestSupport
import Glibc
import Synchronization
import Testing

/// Programs that serve HTTP: started, called, and ended with all they have started.
@Suite struct HTTPServerTests {
  /// Serves what is asked for, says so, and exits with 3 when `/exit` is asked for.
  private static let server = """
    import http.server, os, sys
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path == '/exit':
                print('told to exit', flush=True)
                os._exit(3)
            body = ('{"path": "%s", "key": "%s", "pid": %d}' % (self.path, self.headers['X-Key'], os.getpid())).encode()
            self.send_response(200)
            self.send_header('Content-Type', 'application/json')
            self.send_header('Content-Length', str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        def log_message(self, *values): pass
    print('serving', flush=True)
    http.server.HTTPServer(('127.0.0.1', int(sys.argv[1])), Handler).serve_forever()
    """

  private struct Setup {
    let file: ComposeText
    let port: Int
    let log: Log
  }

  private final class Log: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func append(_ line: String) { lines.withLock { $0.append(line) } }
  }

  /// - Parameter component: `PORT` and `SERVER` in it stand for a free port and the server's script.
  private static func setup(
    _ component: String, port: Int? = nil, clock: any RunClock = SystemClock(), folder: TemporaryFolder
  ) throws -> Setup {
    let port = try port ?? freePort()
    let script = try folder.write(server, to: "server.py")
    let log = Log()
    let processes = ProcessServices(environment: ProcessServices.plain.environment, clock: clock) { id, line in
      log.append("\(id): \(line)")
    }
    let text = component.replacing("PORT", with: "\(port)").replacing("SERVER", with: script)
      .replacing("FOLDER", with: folder.path)
    let file = try ComposeText(
      """
      component:
        type: http-server
        id: local
        port: \(port)
      \(text.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n"))
        action: {method: GET, path: "${input.path}"}
      workflow: {job: {input: "${input}"}}
      """, processes: processes, transport: CurlTransport())
    return Setup(file: file, port: port, log: log)
  }

  @Test func aServerIsInstalledStartedCalledAndStopped() async throws {
    try await withTemporaryFolder { folder in
      let setup = try Self.setup(
        """
        base_path: /api
        headers: {X-Key: secret}
        manage:
          scripts:
            install: [sh, -c, "echo installing; touch installed"]
            build: [[ls, installed], [sh, -c, "echo $KIND"]]
            start: [python3, SERVER, "PORT"]
          working_dir: FOLDER
          env: {KIND: building}
        """, folder: folder)
      try await setup.file.start()
      let result = try await setup.file.run(.object(["path": .text("/a?b=c")]))
      // A value adds no query.
      #expect(result.member("path").jsonText == #""/api/a%3Fb=c""#)
      #expect(result.member("key").jsonText == #""secret""#)
      let id = try #require(Int32(result.member("pid").jsonText))
      await setup.file.host.stop()
      #expect(isGone(id))
      #expect(setup.log.all == ["local: installing", "local: installed", "local: building", "local: serving"])
    }
  }

  @Test func aFailedBuildStartsNothing() async throws {
    try await withTemporaryFolder { folder in
      let setup = try Self.setup(
        """
        build: [[sh, -c, "echo compiling; echo no such header >&2; exit 2"], [touch, FOLDER/second]]
        start: [touch, FOLDER/started]
        """, folder: folder)
      let error = await #expect(throws: RuntimeError.self) { try await setup.file.start() }
      #expect(error?.code == .provider)
      #expect(error?.message.hasSuffix("exit 2' exited with status 2: compiling no such header") == true)
      for name in ["second", "started"] { #expect(access("\(folder.path)/\(name)", F_OK) != 0) }
    }
  }

  @Test func aServerThatDiesAtOnceIsReported() async throws {
    try await withTemporaryFolder { folder in
      let setup = try Self.setup(#"start: [sh, -c, "echo the model is missing; exit 5"]"#, folder: folder)
      let error = await #expect(throws: RuntimeError.self) { try await setup.file.start() }
      #expect(error?.message == "the server of component 'local' exited with status 5: the model is missing")
      #expect(error?.code == .connection)
    }
  }

  @Test func aMissingProgramIsNamed() async throws {
    try await withTemporaryFolder { folder in
      let setup = try Self.setup("start: [no-such-server]", folder: folder)
      let error = await #expect(throws: RuntimeError.self) { try await setup.file.start() }
      #expect(error?.message == "the program 'no-such-server' was not found in PATH")
    }
  }

  @Test func aTakenPortIsNoServer() async throws {
    let stub = try ListeningPort()
    try await withTemporaryFolder { folder in
      let setup = try Self.setup("start: [touch, FOLDER/started]", port: stub.port, folder: folder)
      let error = await #expect(throws: RuntimeError.self) { try await setup.file.start() }
      #expect(
        error?.message
          == "the server of component 'local' cannot start: port \(stub.port) is already taken by another program")
      #expect(access("\(folder.path)/started", F_OK) != 0)
    }
  }

  /// Nothing is started here, so somebody else must serve.
  @Test func aServerMayBeSomebodyElses() async throws {
    let stub = try ListeningPort()
    try await withTemporaryFolder { folder in
      let setup = try Self.setup("", port: stub.port, folder: folder)
      try await setup.file.start()
    }
  }

  @Test func aServerThatNeverAnswersHasATimeLimit() async throws {
    try await withTemporaryFolder { folder in
      let setup = try Self.setup(
        """
        start: [sh, -c, "echo $$ > FOLDER/id; echo loading; exec sleep 1000"]
        start_timeout: 5m
        """, clock: HurryingClock(), folder: folder)
      let error = await #expect(throws: RuntimeError.self) { try await setup.file.start() }
      #expect(error?.code == .timeout)
      #expect(
        error?.message.hasPrefix("the server of component 'local' did not answer on port \(setup.port) within 300s")
          == true)
    }
  }

  /// The reference passes over `start` there, and waits for a server that nobody starts.
  @Test func aCommandBesideItsPlaceIsRefused() async throws {
    try await withTemporaryFolder { folder in
      let setup = try Self.setup(
        """
        manage: {install: [[touch, installed]]}
        start: [python3, SERVER, "PORT"]
        """, folder: folder)
      let error = await #expect(throws: RuntimeError.self) { try await setup.file.start() }
      #expect(error?.code == .value, "\(error as Any)")
      #expect(error?.message.hasSuffix("must stand in 'manage', because the component has one") == true)
    }
  }

  @Test func aServerThatDiesLaterIsReportedByEachCall() async throws {
    try await withTemporaryFolder { folder in
      let setup = try Self.setup("start: [python3, SERVER, 'PORT']", folder: folder)
      try await setup.file.start()
      _ = await #expect(throws: RuntimeError.self) { try await setup.file.run(.object(["path": .text("/exit")])) }
      // The end of the connection may be seen before the end of the process.
      var error: RuntimeError?
      repeat {
        error = await #expect(throws: RuntimeError.self) { try await setup.file.run(.object(["path": .text("/a")])) }
      } while error?.message.contains("exited") == false
      #expect(error?.message == "the server of component 'local' exited with status 3: serving told to exit")
      #expect(error?.code == .connection)
      await setup.file.host.stop()
    }
  }

  /// A start that leaves its server in the background, as scripts do.
  @Test func aServerInTheBackgroundServesAndEnds() async throws {
    try await withTemporaryFolder { folder in
      let setup = try Self.setup(#"start: [sh, -c, "python3 SERVER PORT &"]"#, folder: folder)
      try await setup.file.start()
      let result = try await setup.file.run(.object(["path": .text("/")]))
      let id = try #require(Int32(result.member("pid").jsonText))
      await setup.file.host.stop()
      #expect(isGone(id))
    }
  }

  /// A port that nobody listens on.
  private static func freePort() throws -> Int {
    try ListeningPort().port
  }

  /// Whether a process is not there, or dead already.
  private func isGone(_ id: Int32) -> Bool {
    guard let text = try? Files.read("/proc/\(id)/stat") else { return true }
    return String(decoding: text, as: UTF8.self).contains(") Z ")
  }
}

/// A port of the system's choice that accepts connections and says nothing.
private final class ListeningPort {
  private let descriptor: Int32
  let port: Int

  init() throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { [descriptor] pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(descriptor, pointer, size) == 0 && listen(descriptor, 8) == 0
          && getsockname(descriptor, pointer, &size) == 0
      }
    }
    try #require(status)
    port = Int(UInt16(bigEndian: address.sin_port))
  }

  deinit { close(descriptor) }
}

/// A clock on which every wait is over at once.
private final class HurryingClock: RunClock {
  private let time = Mutex(MonotonicInstant(nanoseconds: 0))
  var secondsSinceEpoch: Double { 0 }
  var now: MonotonicInstant { time.withLock { $0 } }

  func sleep(until instant: MonotonicInstant) async throws(RuntimeError) {
    if Task.isCancelled { throw .cancelled }
    time.withLock { $0 = max($0, instant) }
    await Task.yield()
  }
}
