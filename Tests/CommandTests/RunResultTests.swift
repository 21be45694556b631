import ComposeTestSupport
import Testing

/// How each kind of result is printed, as `docs/cli.md` tells.
@Suite struct RunResultTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    /// The `output` of the action.
    var output = "${response}"
    /// The `output` of the job.
    var job = "${output}"
    var isStream = false
    let prints: String
    var testDescription: String { name }
  }

  static let rows = [
    Row(name: "text", output: "${response.choices[0].message.content}", prints: "one\ntwo\n"),
    Row(name: "number", output: "${response.created}", prints: "1750000000\n"),
    Row(name: "null", output: "${response.choices[0].message.refusal}", prints: ""),
    Row(
      name: "object", output: "${response.usage}",
      prints: """
        {
          "prompt_tokens": 9,
          "completion_tokens": 4,
          "total_tokens": 13
        }

        """),
    Row(
      name: "list", output: "[\"${response.created}\", {b: \"${response.model}\"}]",
      prints: """
        [
          1750000000,
          {
            "b": "gpt-4o"
          }
        ]

        """),
    Row(
      name: "stream of text", output: "${response[].choices[0].delta.content}", job: "${output as stream/text}",
      isStream: true, prints: "one\ntwo\n"),
    Row(
      name: "stream of JSON", output: "${response[].choices[0].delta.content}", job: "${output as stream/json}",
      isStream: true, prints: "\"one\\n\"\n\"two\"\n"),
    Row(
      name: "pieces of one text", output: "${response[].choices[0].delta.content}", isStream: true,
      prints: "one\ntwo\n"),
  ]

  @Test(arguments: rows) func isPrinted(_ row: Row) async throws {
    try await withStubProvider(Scenario(["one\n", "two"])) { stub in
      try await withTemporaryFolder { folder in
        try folder.write(Self.file(row), to: "model-compose.yml")
        let launch = { (arguments: [String]) in
          try program(["run"] + arguments, environment: ["OPENAI_BASE_URL": stub.baseURL], in: folder.path)
        }
        let outcome = try await run(launch([]))
        #expect(outcome.status == 0 && outcome.standardError == "", "\(outcome)")
        #expect(outcome.standardOutput == row.prints)
        #expect(try await run(launch(["-o", "result"])).standardOutput == "")
        let written = try folder.read("result")
        #expect(written == row.prints || written + "\n" == row.prints)
      }
    }
  }

  private static func file(_ row: Row) -> String {
    let output = row.output.hasPrefix("[") ? row.output : "\"\(row.output)\""
    return """
      workflow: {id: only, job: {input: "${input}", output: "\(row.job)"}}
      component:
        type: http-client
        base_url: ${env.OPENAI_BASE_URL}
        action:
          path: /chat/completions
          method: POST
          body: {model: gpt-4o, stream: \(row.isStream), messages: [{role: user, content: Hi}]}
          \(row.isStream ? "stream_format: json" : "timeout: 30s")
          output: \(output)

      """
  }
}
