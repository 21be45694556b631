import ComposeTestSupport
import Glibc
import Testing

/// Runs that stop for an answer: on the terminal, from the command line, and where nobody answers.
@Suite struct RunInterruptTests {
  /// Two jobs that ask side by side, and one that asks when the input says so.
  private static let file = """
    workflow:
      id: letter
      jobs:
        - {id: draft, component: model, interrupt: {before: {message: "Write \\e[31mit?", metadata: {words: 100}}}}
        - {id: sign, type: delay, duration: 0, interrupt: {after: true}}
        - id: send
          type: delay
          duration: 0
          depends_on: [draft, sign]
          interrupt: {before: {condition: {operator: eq, input: "${input.careful as boolean | false}", value: true}}}
      output: {draft: "${jobs.draft.output}", sign: "${jobs.sign.output}"}
    component:
      id: model
      type: http-client
      action:
        endpoint: ${env.OPENAI_BASE_URL}/chat/completions
        method: POST
        body: {model: m, messages: [{role: user, content: "${input.text | none}"}]}
        output: ${response.choices[0].message.content}

    """

  private func withLetter(
    _ arguments: [String], terminal: ProgramLaunch.Terminal = .none,
    body: (ProgramLaunch, StubProvider) async throws -> Void
  ) async throws {
    try await withStubProvider(Scenario(["Dear", " Ada"])) { stub in
      try await withTemporaryFolder { folder in
        try folder.write(Self.file, to: "model-compose.yml")
        try await body(
          program(
            ["run"] + arguments, environment: ["OPENAI_BASE_URL": stub.baseURL],
            in: folder.path, terminal: terminal), stub)
      }
    }
  }

  // MARK: Terminal

  @Test func asksOnTheTerminal() async throws {
    try await withLetter([], terminal: .everything) { launch, stub in
      try await withProgram(launch) { program in
        let first = try await program.waitForOutput(containing: "(JSON or text): ")
        #expect(first.contains("[1/2] interrupt — job 'draft' (before)"), "\(first)")
        // What a file or a model says commands no terminal.
        #expect(first.contains("Write ␛[31mit?") && first.contains("\"words\": 100"), "\(first)")
        #expect(stub.requests.isEmpty)
        program.write("{\"text\": \"short\"}\n")
        try await program.waitForOutput(containing: "[2/2] interrupt — job 'sign' (after)")
        program.write("\n")
        let outcome = try await program.waitForExit()
        #expect(outcome.status == 0 && outcome.standardOutput.contains("\"sign\": null"), "\(outcome)")
        #expect(try stub.requests.map { try prompt(of: $0) } == ["short"])
      }
    }
  }

  @Test func theEndOfTheInputEndsTheRun() async throws {
    try await withLetter([], terminal: .everything) { launch, stub in
      try await withProgram(launch) { program in
        try await program.waitForOutput(containing: "(JSON or text): ")
        program.write("\u{4}")
        let outcome = try await program.waitForExit()
        #expect(outcome.status == 1 && outcome.standardOutput.contains("the input ended"), "\(outcome)")
        #expect(stub.requests.isEmpty)
      }
    }
  }

  @Test func aSignalEndsTheQuestion() async throws {
    try await withLetter([], terminal: .everything) { launch, stub in
      try await withProgram(launch) { program in
        try await program.waitForOutput(containing: "(JSON or text): ")
        program.signal(SIGINT)
        #expect(try await program.waitForExit().status == 130)
        #expect(stub.requests.isEmpty)
      }
    }
  }

  // MARK: Answers

  struct Row: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    let status: Int32
    var says: [String] = []
    /// What the provider was asked; `nil` when it must not be.
    var asked: String?
    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let rows = [
    Row(arguments: ["--auto-resume"], status: 0, asked: "none"),
    Row(arguments: ["--auto-resume", "--answer", #"draft={"text": "a"}"#], status: 0, asked: "a"),
    Row(arguments: ["--answer", "draft=", "--answer", "sign:after=7"], status: 0, asked: "none"),
    Row(
      arguments: ["--answer", "draft=", "--answer", "sign=", "--answer", "sign=again"], status: 0,
      says: ["note: nothing asked for the answer of 'sign'"], asked: "none"),
    Row(
      arguments: [], status: 2,
      says: ["nobody to ask", "model-compose.yml:4:", "job 'draft', before", "job 'sign', after", "--auto-resume"]),
    Row(arguments: ["--answer", "draft=1"], status: 2, says: ["nobody to ask", "job 'sign', after"]),
    Row(arguments: ["--auto-resume", "--answer", "darft=1"], status: 2, says: ["did you mean 'draft'?"]),
    Row(
      arguments: ["--auto-resume", "--answer", "other=1"], status: 2, says: ["the run can stop at draft, sign, send"]),
    Row(
      arguments: ["--auto-resume", "--answer", "sign:before=1"], status: 2, says: ["no interrupt before", "sign:after"]),
    Row(arguments: ["--auto-resume", "--answer", "draft"], status: 2, says: ["names no job"]),
    Row(
      arguments: ["--answer", "draft=", "--answer", "sign=", "--set", "careful=true"], status: 1,
      says: ["unanswered", "before job 'send'", "--answer", "--auto-resume", "completed: draft, sign"], asked: "none"),
  ]

  @Test(arguments: rows) func isAnswered(_ row: Row) async throws {
    try await withLetter(row.arguments) { launch, stub in
      let outcome = try await run(launch)
      #expect(outcome.status == row.status, "\(outcome)")
      for text in row.says { #expect(outcome.standardError.contains(text), "\(outcome.standardError)") }
      if row.says.isEmpty { #expect(outcome.standardError == "") }
      #expect(try stub.requests.map { try prompt(of: $0) } == (row.asked.map { [$0] } ?? []))
    }
  }

  @Test func aFileWithoutInterruptsTakesNoAnswers() async throws {
    try await withStubProvider(Scenario()) { stub in
      let outcome = try await run(chatRun(stub, ["--set", "prompt=x", "--answer", "a=1"]))
      #expect(outcome.status == 2 && outcome.standardError.contains("the workflow has no interrupt"), "\(outcome)")
    }
  }
}
