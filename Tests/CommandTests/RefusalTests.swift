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

        """, says: ["model-compose.yml:3:9: ", "'model'", "help: ", "http-client"]),
    Row(
      name: "several at once",
      text: """
        workflow:
          id: only
          jobs:
            - {id: wait, type: delay, duration: 1s, hook: {before: {script: "def hook(input, **_): return input"}}}
            - {id: ask, component: local, input: "${input}", depends_on: [wait]}
        components:
          - {id: local, type: image-processor, action: {method: grayscale, image: "${input}"}}

        """, says: ["model-compose.yml:4:", "Python", "model-compose.yml:7:", "'image-processor'"]),
    Row(
      name: "a container",
      text: """
        workflow:
          id: only
          jobs:
            - {id: a, component: one}
            - {id: b, component: two, depends_on: [a]}
            - {id: c, component: three, depends_on: [b]}
        components:
          - id: one
            type: http-client
            runtime: {type: docker, image: python}
            action: {endpoint: "https://api.example.com", method: GET}
          - id: two
            type: http-client
            runtime: {type: process, env: {A: b}}
            action: {endpoint: "https://api.example.com", method: GET}
          - {id: three, type: http-client, runtime: process, action: {endpoint: "https://api.example.com", method: GET}}

        """, says: ["model-compose.yml:10:21: ", "'docker'", "model-compose.yml:14:"]),
    Row(
      name: "behind another component",
      text: """
        workflow: {id: only, job: {component: assistant}}
        components:
          - {id: local, type: model, task: chat-completion, model: gpt2, action: {messages: "${input.messages}"}}
          - id: assistant
            type: agent
            model: {component: local, input: {messages: "${messages}"}}
            action: {prompt: "${input.prompt as text}"}

        """, says: ["model-compose.yml:3:", "'model'"]),
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

  /// What nothing reaches refuses nothing.
  @Test func unusedComponentsDoNotRefuse() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(
        """
        workflows:
          - {id: runs, default: true, job: {type: delay, duration: 0, output: done}}
          - {id: refuses, job: {component: local}}
        component: {id: local, type: model, task: text-generation, model: gpt2, action: {prompt: hello}}

        """, to: "model-compose.yml")
      let outcome = try await run(program(["run"], in: folder.path))
      #expect(outcome.status == 0 && outcome.standardOutput == "done\n", "\(outcome)")
      let other = try await run(program(["run", "refuses"], in: folder.path))
      #expect(other.status == 2 && other.standardError.contains("model-compose.yml:4:"), "\(other)")
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
