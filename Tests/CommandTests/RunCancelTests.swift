import ComposeTestSupport
import Glibc
import Testing

/// Ctrl-C in the middle of every kind of job: the run ends at once with 130, and every connection is closed.
@Suite struct RunCancelTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    /// The jobs; `ask` is a call that is not answered, `stream` one that begins and goes on for ever.
    let jobs: String
    /// What the log says when the run is where it is to be ended.
    var says = "job 'a': started"
    /// How many connections are open then.
    var requests = 0
    var output = ""
    var testDescription: String { name }
  }

  private static let stream = "{id: text, component: model, action: stream}"
  private static let read = "${jobs.text.output as text}"

  static let rows = [
    Row(name: "component", jobs: "{id: a, component: model, action: ask}", requests: 1),
    Row(
      name: "component, side by side",
      jobs: """
        {id: a, component: model, action: ask, repeat_count: 3}
        """, requests: 3),
    Row(
      name: "jobs side by side",
      jobs: """
        {id: a, component: model, action: ask}, \
        {id: b, type: delay, duration: 1h}
        """, says: "job 'b': started", requests: 1, output: "${jobs.a.output}"),
    Row(name: "delay", jobs: "{id: a, type: delay, duration: 1h}"),
    Row(name: "delay until", jobs: "{id: a, type: delay, mode: specific-time, time: \"2999-01-01T00:00:00+00:00\"}"),
    Row(
      name: "if",
      jobs: """
        \(stream), \
        {id: a, type: if, depends_on: [text], input: "\(read)", operator: eq, value: x, if_true: b}, \
        {id: b, type: delay, duration: 0}
        """, requests: 1, output: "x"),
    Row(
      name: "switch",
      jobs: """
        \(stream), \
        {id: a, type: switch, depends_on: [text], input: "\(read)", cases: [{value: x, then: b}]}, \
        {id: b, type: delay, duration: 0}
        """, requests: 1, output: "x"),
    Row(
      name: "random-router",
      jobs: """
        \(stream), \
        {id: a, type: random-router, depends_on: [text], session: "\(read)", routings: [{to: b}]}, \
        {id: b, type: delay, duration: 0}
        """, requests: 1, output: "x"),
    Row(
      name: "filter",
      jobs: """
        \(stream), \
        {id: a, type: filter, depends_on: [text], input: "\(read)", where: {input: "${item}", \
          operator: neq, value: x}}
        """, requests: 1),
    Row(
      name: "for-each",
      jobs: """
        {id: a, type: for-each, input: [1, 2, 3], batch_size: 2, do: {component: model, action: ask}}
        """, requests: 2),
    Row(
      name: "accumulate",
      jobs: """
        {id: a, type: accumulate, input: [1, 2], do: {component: model, action: ask}}
        """, requests: 1),
    Row(
      name: "loop",
      jobs: """
        {id: a, type: loop, until: {input: "${output}", operator: eq, value: x}, do: {component: model, \
          action: ask}}
        """, requests: 1),
    Row(name: "pipeline", jobs: "{id: a, type: pipeline, steps: [{component: model, action: ask}]}", requests: 1),
    Row(
      name: "fan-out",
      jobs: """
        \(stream), \
        {id: a, type: fan-out, depends_on: [text], input: "${jobs.text.output}", output: [x, y]}
        """, requests: 1, output: "${jobs.a.output.x as text}"),
    Row(
      name: "inside each other",
      jobs: """
        {id: a, type: for-each, input: [1], do: {type: pipeline, steps: [{component: flow}]}}
        """, says: "job 'inner': started", requests: 1),
    Row(
      name: "wait of a retry",
      jobs: """
        {id: a, component: model, action: broken, retry: {max_attempt_count: 2, delay: 1h}}
        """, says: "job 'a': attempt 1 of 2 failed"),
    Row(
      name: "stream",
      jobs: """
        \(stream)
        """, says: "job 'text': first byte", requests: 1, output: "${jobs.text.output as stream/text}"),
  ]

  @Test(arguments: rows) func endsAtOnce(_ row: Row) async throws {
    let stub = try StubProvider { _, request in
      if request.path.hasSuffix("/broken") { return Scenario(fault: .serverError) }
      if request.path.contains("/stream/") { return Scenario(["one", "two"], fault: .stalled(afterChunks: 1)) }
      return Scenario(fault: .stalledBeforeHead)
    }
    defer { stub.stop() }
    try await withTemporaryFolder { folder in
      try folder.write(Self.file(row), to: "model-compose.yml")
      let launch = try program(
        ["run", "-v", "--events=events.jsonl"], environment: ["OPENAI_BASE_URL": stub.baseURL], in: folder.path)
      try await withProgram(launch) { program in
        try await program.waitForError(containing: row.says)
        if row.requests > 0 { try await stub.waitForRequest(row.requests) }
        program.signal(SIGINT)
        let outcome = try await program.waitForExit()
        #expect(outcome.status == 130, "\(outcome)")
        #expect(!outcome.standardError.contains("error["), "\(outcome)")
        let events = try folder.read("events.jsonl")
        #expect(events.hasSuffix(#""status":"cancelled","exit_status":130}"# + "\n"), "\(events)")
        if row.requests > 0 { try await stub.waitForAborts(row.requests) }
      }
    }
  }

  private static func file(_ row: Row) -> String {
    """
    workflows:
      - id: main
        default: true
        jobs: [\(row.jobs)]
        \(row.output.isEmpty ? "" : "output: \"\(row.output)\"")
      - {id: side, private: true, job: {id: inner, component: model, action: ask}}
    components:
      - id: model
        type: http-client
        base_url: ${env.OPENAI_BASE_URL}
        actions:
          - {id: ask, default: true, path: /ask/chat/completions, method: POST, output: "${response}"}
          - {id: broken, path: /broken, method: POST}
          - id: stream
            path: /stream/chat/completions
            method: POST
            body: {model: m, stream: true, messages: []}
            stream_format: json
            output: ${response[].choices[0].delta.content}
      - {id: flow, type: workflow, action: {workflow: side}}

    """
  }
}
