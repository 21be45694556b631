import ComposeTestSupport
import Testing

/// What a run is told besides its input, and what it says when it fails.
@Suite struct RunContextTests {
  private static let echo = """
    workflow:
      job:
        type: delay
        duration: 0
        output:
          session: ${context.session_id}
          user: ${context.metadata.user}
          name: ${input.first_name | nobody}

    """

  struct Row: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    var status: Int32 = 0
    let says: String
    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let rows = [
    Row(arguments: ["--session-id", "s1"], says: #""session": "s1""#),
    Row(arguments: ["--metadata", #"{"user": "ada"}"#], says: #""user": "ada""#),
    Row(arguments: ["-m", "@user.json"], says: #""user": "bob""#),
    Row(arguments: ["-m", "[1]"], status: 2, says: "--metadata needs an object, and this is a list"),
    Row(arguments: ["-m", "{"], status: 2, says: "--metadata is not valid JSON"),
    Row(arguments: ["--timeout", "1h"], says: #""session": null"#),
    Row(arguments: ["--timeout", "soon"], status: 2, says: "'--timeout soon' is no duration"),
    Row(arguments: ["--timeout", "0s"], status: 2, says: "'--timeout 0s' is no duration"),
    Row(arguments: ["--timeout=-1s"], status: 2, says: "'--timeout -1s' is no duration"),
    Row(arguments: ["--set", "first_nam=x"], status: 2, says: "did you mean 'first_name'?"),
    Row(arguments: ["--input", #"{"firstName": "x"}"#], status: 2, says: "did you mean 'first_name'?"),
    // Beside the right name, and far from it, another one is nobody's mistake.
    Row(arguments: ["--set", "first_nam=x", "--set", "first_name=y"], says: #""name": "y""#),
    Row(arguments: ["--set", "colour=red"], says: #""name": "nobody""#),
  ]

  @Test(arguments: rows) func isTold(_ row: Row) async throws {
    try await withTemporaryFolder { folder in
      try folder.write(Self.echo, to: "model-compose.yml")
      try folder.write(#"{"user": "bob"}"#, to: "user.json")
      let outcome = try await run(program(["run"] + row.arguments, in: folder.path))
      #expect(outcome.status == row.status, "\(outcome)")
      let text = row.status == 0 ? outcome.standardOutput : outcome.standardError
      #expect(text.contains(row.says), "\(outcome)")
      #expect((row.status == 0 ? outcome.standardError : outcome.standardOutput) == "", "\(outcome)")
    }
  }

  // MARK: Time

  @Test func theTimeEndsACall() async throws {
    try await withStubProvider(Scenario(fault: .stalledBeforeHead)) { stub in
      let outcome = try await run(chatRun(stub, ["--set", "prompt=x", "--timeout", "300ms"]))
      #expect(outcome.status == 1 && outcome.standardOutput == "", "\(outcome)")
      let says = "the run did not finish within 300ms, which --timeout allows"
      #expect(outcome.standardError.contains(says), "\(outcome)")
      // On a busy machine the time may be over before the request has left.
      if !stub.requests.isEmpty { try await stub.waitForAborts() }
    }
  }

  @Test func theTimeEndsAStream() async throws {
    try await withStubProvider(Scenario(["one", "two"], fault: .stalled(afterChunks: 1))) { stub in
      let outcome = try await run(chatRun(stub, ["--set", "prompt=x", "--timeout", "5s", "--events"]))
      #expect(outcome.status == 1 && outcome.standardOutput == "one\n", "\(outcome)")
      #expect(outcome.standardError.contains("did not finish within 5s"), "\(outcome)")
      #expect(outcome.standardError.contains(#""status":"failed","exit_status":1,"error":{"code":"timeout","#))
      try await stub.waitForAborts()
    }
  }

  @Test func aRetryThatIsTooLateIsNotWaitedFor() async throws {
    try await withStubProvider(Scenario(fault: .serverError)) { stub in
      try await withTemporaryFolder { folder in
        let file = """
          workflow: {job: {component: model, retry: {max_attempt_count: 3, delay: 1h}}}
          component:
            id: model
            type: http-client
            action: {endpoint: "\(stub.baseURL)/chat/completions", method: POST}

          """
        try folder.write(file, to: "model-compose.yml")
        let outcome = try await run(program(["run", "--timeout", "20s"], in: folder.path))
        #expect(outcome.status == 1 && outcome.standardError.contains("the provider answered 500"), "\(outcome)")
        #expect(outcome.standardError.contains("20s, does not allow another"), "\(outcome)")
        #expect(stub.requests.count == 1)
      }
    }
  }

  // MARK: Other jobs

  @Test func aFailedRunTellsWhatBecameOfTheOthers() async throws {
    let stub = try StubProvider { _, request in
      guard request.path.hasPrefix("/bad") else { return Scenario(fault: .stalledBeforeHead) }
      return Scenario(fault: .serverError)
    }
    defer { stub.stop() }
    try await withTemporaryFolder { folder in
      let file = """
        workflow:
          jobs:
            - {id: first, type: delay, duration: 0}
            - {id: slow, component: model, action: slow}
            - {id: bad, component: model, action: bad, depends_on: [first]}
            - {id: last, type: delay, duration: 0, depends_on: [slow, bad]}
        component:
          id: model
          type: http-client
          base_url: \(stub.url)
          actions:
            - {id: slow, path: /slow/chat/completions, method: POST}
            - {id: bad, path: /bad, method: POST}

        """
      try folder.write(file, to: "model-compose.yml")
      let outcome = try await run(program(["run"], in: folder.path))
      #expect(outcome.status == 1 && outcome.standardOutput == "", "\(outcome)")
      #expect(outcome.standardError.contains("job 'bad': the provider answered 500"), "\(outcome)")
      let report = /\ncompleted: first · cancelled: slow \(after [0-9.]+ s\) · not started: last\n$/
      #expect(outcome.standardError.contains(report), "\(outcome)")
      let quiet = try await run(program(["run", "-q"], in: folder.path))
      #expect(quiet.status == 1 && !quiet.standardError.contains("completed: first"), "\(quiet)")
    }
  }
}
