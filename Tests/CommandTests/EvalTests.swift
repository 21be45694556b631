import ComposeTestSupport
import Testing

/// `eval` where arguments alone do not say everything.
@Suite struct EvalTests {
  @Test func linesAreAnsweredInOrder() async throws {
    let lines = """
      {"id": 1, "template": "${a}", "sources": {"a": 5}}

      nonsense
      {"id": 2}
      {"id": 3, "template": "${a as integer}", "sources": {"a": "x"}}
      {"id": 4, "template": "${a as numbr}", "sources": {"a": 5}}
      """
    let outcome = try await run(program(["eval", "--batch"], input: .text(lines)))
    #expect(
      outcome.standardOutput == """
        {"id": 1, "expected": 5, "expected_type": "int"}
        {"id": null, "error": "InvalidVector"}
        {"id": 2, "error": "InvalidVector"}
        {"id": 3, "error": "ValueError"}
        {"id": 4, "refused": ["unknown-type"]}

        """)
    #expect(
      outcome.standardError == """
        error: line 3 of standard input is no vector: it is not JSON: unexpected character at byte 0
        error: line 4 of standard input is no vector: the vector has no 'template'

        """)
    #expect(outcome.status == 1)
  }

  @Test(arguments: [
    ("env", #"{"id": "e", "text": "k: ${env.A}", "env": {"A": "1"}}"#, #""expected_yaml": {"k": 1}"#),
    ("sse", #"{"id": "s", "wire": ["ZGF0YTogYQoK"]}"#, #""expected_text": ["a"]"#),
  ])
  func kindsOfVectors(_ kind: String, _ line: String, _ part: String) async throws {
    let outcome = try await run(program(["eval", "--batch", "--kind", kind], input: .text(line)))
    #expect(outcome.standardOutput.contains(part))
    #expect(outcome.standardError == "")
    #expect(outcome.status == 0)
  }

  @Test func sourcesComeFromStandardInput() async throws {
    let outcome = try await run(program(["eval", "${a}", "--sources", "-"], input: .text(#"{"a": "é"}"#)))
    #expect(outcome.standardOutput == "value: \"é\"\ntype: string\n")
    #expect(outcome.status == 0)
  }
}
