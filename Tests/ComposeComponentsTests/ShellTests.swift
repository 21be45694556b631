import ComposeBasic
import ComposeComponents
import ComposeRuntime
import ComposeTestSupport
import Glibc
import Synchronization
import Testing

/// What the reference loses, refuses or leaves behind, and what is ours.
@Suite struct ShellTests {
  private static func file(_ action: String, _ component: String = "") throws -> ComposeText {
    try ComposeText(
      "{component: {type: shell, \(component) action: {\(action)}}, workflow: {job: {input: \"${input}\"}}}")
  }

  private static func result(_ action: String, _ input: Value = .null) async throws -> String {
    try await file(action).run(input).jsonText
  }

  private static func error(_ action: String, _ input: Value = .null) async throws -> RuntimeError {
    let error = await #expect(throws: RuntimeError.self) {
      let value = try await file(action).run(input)
      guard case .stream(let stream) = value else { return }
      while try await stream.next() != nil {}
    }
    return try #require(error)
  }

  // MARK: Forms

  @Test func theStringFormIsAScript() async throws {
    #expect(
      try await Self.result("command: 'echo a b | wc -w; exit 3'") == #"{"stdout": "2", "stderr": "", "exit_code": 3}"#)
  }

  @Test func theListFormIsNoScript() async throws {
    let input = Value.object(["x": .text("a; echo $(id) `id` && $HOME 'q' \"")])
    #expect(
      try await Self.result(
        "command: [printf, '%s|', '${input.x}', '$HOME; exit 1'], output: '${result.stdout}'", input)
        == #""a; echo $(id) `id` && $HOME 'q' \"|$HOME; exit 1|""#)
  }

  @Test func numbersBecomeText() async throws {
    let input = Value.object(["n": .integer(3), "b": .boolean(true)])
    #expect(
      try await Self.result("command: [echo, '${input.n}', '${input.b}'], output: '${result.stdout}'", input)
        == #""3 true""#)
    let nothing = Value.object(["words": .list([.text("echo"), .null])])
    let error = try await Self.error("command: '${input.words}'", nothing)
    #expect(error.message == "'command' cannot be run: argument 1 is null")
  }

  @Test func aListMayComeFromTheInput() async throws {
    let input = Value.object(["words": .list([.text("echo"), .text("a  b")])])
    #expect(try await Self.result("command: '${input.words}', output: '${result.stdout}'", input) == #""a  b""#)
    let commands = Value.object(["words": .list([.list([.text("echo"), .text("a")]), .list([.text("false")])])])
    #expect(
      try await Self.result("command: '${input.words}', output: '${result[1].exit_code}'", commands) == "1")
  }

  // MARK: Failure

  @Test func aCheckedCommandFailsItsJob() async throws {
    let error = try await Self.error("command: [sh, -c, 'echo one >&2; echo last words >&2; exit 4'], check: true")
    #expect(error.code == .provider)
    #expect(error.message == "the command 'sh' exited with status 4: one last words")
    #expect(error.range != nil)
    #expect(try await Self.result("command: ['true'], check: true, output: '${result.exit_code}'") == "0")
  }

  @Test func aCheckedStreamFailsAtItsEnd() async throws {
    let file = try Self.file("command: [sh, -c, 'echo a; echo problem >&2; kill -9 $$'], check: true, streaming: true")
    guard case .stream(let stream) = try await file.run() else { throw Unexpected() }
    #expect(try await stream.next()?.jsonText == #""a\n""#)
    let error = await #expect(throws: RuntimeError.self) { try await stream.next() }
    #expect(error?.message == "the command 'sh' was ended by SIGKILL (signal 9): problem")
  }

  @Test func failuresNameTheirCause() async throws {
    for (action, message) in [
      ("command: [no-such-program]", "the program 'no-such-program' was not found in PATH"),
      ("command: [echo], working_dir: /no/such", "the working directory '/no/such' does not exist"),
      ("command: [echo, '${input.nul}']", "argument 1 contains the character NUL, which a program cannot be given"),
      (
        "command: [printf, 'a\\377']",
        "stdout of the command 'printf' is not UTF-8 text; 'streaming: true' takes it all the same"
      ),
      ("command: [cat], stdin: '${input.list}'", "'stdin' is a list, and there is one command; join it to text"),
      ("command: [[cat]], stdin: '${input.list}'", "'stdin' has 2 inputs for 1 commands"),
      ("command: [cat], stdin: '${input}'", "'stdin' must be text, bytes or a stream of them, not an object"),
      ("command: '${input.empty}'", "'command' names no program"),
      (
        "command: [echo, '${input.long}']",
        "the arguments and the environment of 'echo' are longer than the system takes"
      ),
    ] {
      let input = Value.object([
        "nul": .text("a\0b"), "list": .list([.text("a"), .text("b")]), "empty": .list([]),
        "long": .text(String(repeating: "x", count: 1_000_000)),
      ])
      #expect(try await Self.error(action, input).message == message)
    }
  }

  @Test func whatIsHeldHasALimit() async throws {
    let error = try await Self.error("command: [sh, -c, 'head -c 40000000 /dev/zero; head -c 40000000 /dev/zero >&2']")
    #expect(error.message == "the program wrote more than 64 MiB")
    #expect(error.code == .protocolViolation)
  }

  @Test func anotherMachineIsRefused() throws {
    let file = try ComposeText(
      """
      component:
        type: shell
        driver: ssh
        connection: {host: example.com, auth: {type: password, username: me, password: "${env.PASSWORD | none}"}}
        action: {command: [ls]}
      workflow: {job: {input: "${input}"}}
      """)
    #expect(
      file.refused.map(\.message) == [
        "commands are run on this machine only: run ssh as the command instead of the driver"
      ])
  }

  // MARK: Time

  @Test func aTimeLimitEndsTheWholeGroup() async throws {
    let error = try await Self.error("command: [sh, -c, 'sleep 1000 & sleep 1000'], timeout: 50ms")
    #expect(error.code == .timeout)
    #expect(error.message == "the command 'sh' did not finish within 50ms")
  }

  @Test func aStreamHasTheTimeForEachLine() async throws {
    let error = try await Self.error("command: [sh, -c, 'echo a; exec sleep 1000'], streaming: true, timeout: 300ms")
    #expect(error.code == .timeout)
  }

  @Test func aCancelledRunEndsItsCommand() async throws {
    try await withTemporaryFolder { folder in
      let file = try Self.file("command: [sh, -c, 'touch \"$0\"; sleep 1000', '\(folder.path)/started']")
      let run = Task { try await file.run() }
      while access("\(folder.path)/started", F_OK) != 0 { await Task.yield() }
      run.cancel()
      let error = await #expect(throws: RuntimeError.self) { try await run.value }
      #expect(error?.code == .cancelled)
    }
  }

  // MARK: Streams

  @Test func aStreamGoesIntoACommand() async throws {
    let file = try ComposeText(
      """
      components:
        - {id: count, type: shell, action: {command: [seq, "5"], streaming: true, output: "${result[]}"}}
        - {id: sum, type: shell, action: {command: [awk, "{s += $1} END {print s}"], stdin: "${input}"}}
      workflow:
        jobs:
          - {id: a, component: count}
          - {id: b, component: sum, input: "${jobs.a.output}", depends_on: [a]}
        output: ${jobs.b.output.stdout}
      """)
    #expect(try await file.run().jsonText == #""15""#)
  }

  /// Nobody reads on, so the program waits in the middle of its flood.
  @Test func aSlowReaderHoldsTheCommandUp() async throws {
    let file = try Self.file("command: [sh, -c, 'echo $$; exec yes'], streaming: true")
    guard case .stream(let stream) = try await file.run(), case .text(let line)? = try await stream.next(),
      let id = Int32(line.dropLast())
    else { throw Unexpected() }
    for _ in 0..<1000 { #expect(try await stream.next()?.jsonText == #""y\n""#) }
    stream.cancel()
    await file.host.stop()
    #expect(kill(id, 0) != 0)
    #expect(try await stream.next() == nil)
  }

  @Test func aStreamThatNobodyReadsStartsNothing() async throws {
    try await withTemporaryFolder { folder in
      let file = try Self.file("command: [touch, '\(folder.path)/made'], streaming: true")
      _ = try await file.run()
      await file.host.stop()
      #expect(access("\(folder.path)/made", F_OK) != 0)
    }
  }

  @Test func whatAStreamedCommandComplainsOfIsLogged() async throws {
    let lines = Mutex<[String]>([])
    let processes = ProcessServices(environment: ProcessServices.plain.environment) { id, line in
      lines.withLock { $0.append("\(id): \(line)") }
    }
    let file = try ComposeText(
      """
      component:
        {id: tool, type: shell, action: {command: [sh, -c, "echo a >&2; echo b; printf c >&2"], streaming: true}}
      workflow: {job: {input: "${input}"}}
      """, processes: processes)
    guard case .stream(let stream) = try await file.run() else { throw Unexpected() }
    while try await stream.next() != nil {}
    #expect(lines.withLock { $0 } == ["tool: a", "tool: c"])
  }

  /// Much more than may be held, in lines of 64 KiB; in a process of its own, whose memory is nobody else's.
  @Test func aLongStreamTakesNoMemory() async {
    await #expect(processExitsWith: .success) {
      let file = try Self.file(
        "command: 'head -c 268435456 /dev/zero | tr \"\\\\0\" x | fold -w 65535', streaming: true")
      guard case .stream(let stream) = try await file.run() else { throw Unexpected() }
      var count = 0
      var peak = 0
      let start = residentBytes()
      while case .text(let line)? = try await stream.next() {
        count += line.utf8.count - (line.hasSuffix("\n") ? 1 : 0)
        peak = max(peak, residentBytes() - start)
      }
      print("\(count) bytes, \(start) before, \(peak) more")
      exit(count == 268_435_456 && start > 0 && peak < 32_000_000 ? 0 : 1)
    }
  }

  private struct Unexpected: Error {}
}

/// Memory of this process in bytes (proc_pid_statm(5)).
private func residentBytes() -> Int {
  guard let file = fopen("/proc/self/statm", "re") else { return 0 }
  defer { fclose(file) }
  var bytes = [UInt8](repeating: 0, count: 128)
  let length = fread(&bytes, 1, bytes.count, file)
  let text = String(decoding: bytes.prefix(length), as: UTF8.self)
  return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 4096 } ?? 0
}
