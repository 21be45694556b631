import ComposeTestSupport
import Testing

/// Files that are right, but need what this version does not run: refused with their lines before anything is sent.
@Suite struct RefusalTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    /// What standard error must contain.
    let says: [String]
    var testDescription: String { name }
  }

  static let rows = [
    Row(
      name: "component type",
      text: """
        workflow: {id: only, job: {input: "${input}"}}
        component:
          type: model
          task: text-generation
          model: gpt2
          action: {prompt: "${input.prompt as text}"}

        """, says: ["model-compose.yml:3:9: ", "'model'"]),
    Row(
      name: "several at once",
      text: """
        workflow:
          id: only
          jobs:
            - {id: wait, type: delay, duration: 1s, hook: {before: {script: "def hook(input, **_): return input"}}}
            - {id: ask, component: local, input: "${input}", depends_on: [wait]}
        components:
          - {id: local, type: shell, action: {command: [echo, hello]}}

        """, says: ["model-compose.yml:4:", "Python", "model-compose.yml:7:", "'shell'"]),
  ]

  @Test(arguments: rows, ["run", "up"]) func namesTheLines(_ row: Row, _ command: String) async throws {
    try await withTemporaryFolder { folder in
      try folder.write(row.text, to: "model-compose.yml")
      let ports = command == "up" ? ["--port", "0", "--web-port", "0"] : []
      let outcome = try await run(program([command] + ports, in: folder.path))
      #expect(outcome.status == 2 && outcome.standardOutput == "", "\(outcome)")
      #expect(outcome.standardError.contains("this file needs what this version does not run\n"))
      for text in row.says { #expect(outcome.standardError.contains(text), "\(outcome.standardError)") }
      expectNoLeak(outcome)
    }
  }

  @Test(arguments: rows) func isCheckedAndPlanned(_ row: Row) async throws {
    try await withTemporaryFolder { folder in
      try folder.write(row.text, to: "model-compose.yml")
      let check = try await run(program(["check", "--format", "concise"], in: folder.path))
      #expect(check.status == 0 && check.standardOutput == "", "\(check)")
      let plan = try await run(program(["plan"], in: folder.path))
      #expect(plan.status == 0 && plan.standardOutput.hasPrefix("workflow only"), "\(plan)")
    }
  }
}
