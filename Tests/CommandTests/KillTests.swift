import ComposeTestSupport
import Glibc
import Testing

/// Whatever ends a run in the middle of whatever it does, nothing of it is left. `Benchmarks/kills` does the same at
/// 200 moments of the clock.
@Suite struct KillTests {
  /// It never ends by itself: the last stream stalls.
  private static let file = """
    components:
      - id: model
        type: http-client
        base_url: ${env.STUB}
        actions:
          - {id: reply, path: /reply, method: GET}
          - {id: flaky, path: /flaky, method: GET}
          - id: late
            path: /late/chat/completions
            method: POST
            body: {model: m, messages: [{role: user, content: Hi}]}
          - id: stream
            path: /chat/completions
            method: POST
            body: {model: m, stream: true, messages: [{role: user, content: Hi}]}
            stream_format: json
            output: ${response[].choices[0].delta.content}
      - {id: inner, type: workflow, action: {workflow: inner}}
    workflows:
      - id: main
        default: true
        output: ${jobs.each.output as stream/text}
        jobs:
          - id: flaky
            component: model
            action: flaky
            input: ""
            retry: {max_attempt_count: 3, delay: 1ms}
            on_error: ignore
          - {id: late, component: model, action: late, input: "", timeout: 50ms, on_error: ignore}
          - {id: list, type: for-each, input: [1, 2, 3, 4, 5, 6], batch_size: 3, do: {component: inner, input: 1}}
          - {id: stream, component: model, action: stream, input: "", depends_on: [flaky, list]}
          - id: each
            type: for-each
            depends_on: [stream, late]
            input: ${jobs.stream.output}
            do: {type: pipeline, input: "${item}", steps: [{component: inner, input: "${input}"}]}
      - id: inner
        output: ${input}
        jobs:
          - {id: wait, type: delay, duration: 1ms}
          - {id: reply, component: model, action: reply, input: "", depends_on: [wait]}

    """
  private static let pieces = ["one ", "two ", "three ", "four "]
  /// Three attempts, one that is late, six items of the list, the stream, and one for each of its pieces.
  private static let requestCount = 3 + 1 + 6 + 1 + pieces.count

  @Test(arguments: 0..<20)
  func leavesNothing(_ number: Int) async throws {
    // All signals, and at every request at least one of them.
    let signal = [SIGINT, SIGTERM, SIGKILL][number % 3]
    let request = 1 + number * 7 % Self.requestCount
    let stub = try StubProvider { _, request in
      if request.path.hasPrefix("/flaky") { return Scenario(fault: .answer(status: 503, body: "")) }
      if request.path.hasPrefix("/reply") { return Scenario(fault: .answer(status: 200, body: "{}")) }
      if request.path.hasPrefix("/late") { return Scenario(fault: .stalledBeforeHead) }
      return Scenario(Self.pieces, fault: .stalled(afterChunks: Self.pieces.count))
    }
    defer { stub.stop() }
    try await withTemporaryFolder { folder in
      try folder.write(Self.file, to: "model-compose.yml")
      let file = number.isMultiple(of: 2) ? nil : "result.txt"
      let arguments = ["run"] + (file.map { ["-o", $0] } ?? [])
      let launch = try program(arguments, environment: ["STUB": stub.url], in: folder.path)
      try await withProgram(launch) { program in
        try await stub.waitForRequest(request)
        #expect(try !Self.listens(program.id))
        program.signal(signal)
        // It waits for the end of the outputs too, which children of the program would keep open.
        let outcome = try await program.waitForExit()
        if signal == SIGKILL {
          #expect(outcome.signal == SIGKILL)
        } else {
          // The signal itself ends what has not set up its handlers yet.
          #expect(outcome.status == 128 + signal || outcome.signal == signal, "\(outcome)")
          #expect(outcome.standardError == "", "\(outcome)")
        }
        let written = try file.map { try folder.read($0) } ?? outcome.standardOutput
        let text = written.hasSuffix("\n") ? String(written.dropLast()) : written
        #expect(Self.pieces.joined().hasPrefix(text), "\(outcome)")
      }
      try await stub.waitForNoConnection()
    }
  }

  /// Whether the process has a socket that listens.
  private static func listens(_ process: Int32) throws -> Bool {
    var listening: Set<String> = []
    for name in ["tcp", "tcp6"] {
      let table = String(decoding: try Files.read("/proc/\(process)/net/\(name)"), as: UTF8.self)
      for line in table.split(separator: "\n").dropFirst() {
        let fields = line.split(separator: " ")
        // The fourth is the state, and the tenth the inode (proc_net_tcp of the kernel).
        if fields.count > 9, fields[3] == "0A" { listening.insert("socket:[\(fields[9])]") }
      }
    }
    let folder = "/proc/\(process)/fd"
    return (Files.names(in: folder) ?? []).contains { name in
      var buffer = [CChar](repeating: 0, count: 256)
      let length = readlink("\(folder)/\(name)", &buffer, buffer.count)
      let target = String(decoding: buffer.prefix(max(length, 0)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
      return listening.contains(target)
    }
  }
}
