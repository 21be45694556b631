import ComposeRuntime
import Testing

/// What a file converts is looked at before anything runs.
@Suite struct InputCheckTests {
  private static let file = """
    component:
      type: http-client
      action:
        endpoint: https://api.example.com
        body:
          list: ${input.list as list | []}
          object: ${input.object as object | {}}
          json: ${input.json as json | 1}
          encoded: ${input.encoded as base64 | x}
          bytes: ${input.bytes as json;base64 | x}
          tags: ${input.tags as string[]}
          counts: ${input.counts as integer[]}
          ids: ${input.rows[*].id}
          first: ${input.rows[0:1]}
          last: ${input.rows[-1].id as integer | 1}
    workflow: {job: {input: "${input}"}}
    """

  private func refusal(of input: String) -> String? {
    do {
      _ = try checkedInput(input, forFile: Self.file)
      return nil
    } catch {
      return (error as? RuntimeError).map { $0.code == .invalidInput ? $0.message : "\($0)" } ?? "\(error)"
    }
  }

  private func whole(_ member: String) -> String {
    #"{"tags": [], "counts": [], "rows": [{"id": 1}]"# + (member.isEmpty ? "}" : ", \(member)}")
  }

  @Test(arguments: [
    "", #""list": [1]"#, #""list": "[1]""#, #""list": null"#, #""object": {}"#, #""object": "{\"a\": 1}""#,
    #""json": "{}""#, #""json": 5"#, #""json": [1]"#, #""encoded": "a""#, #""bytes": "no base64""#,
    #""tags": ["a", 1, null]"#, #""counts": [1, "2", null, true]"#,
  ])
  func taken(_ member: String) throws { _ = try checkedInput(whole(member), forFile: Self.file) }

  @Test(arguments: [
    (#""list": {}"#, "the input 'list' must be a list, or the JSON text of one"),
    (#""list": "a""#, "the input 'list' must be a list, or the JSON text of one"),
    (#""object": [1]"#, "the input 'object' must be an object, or the JSON text of one"),
    (#""json": "{""#, "the input 'json' must be JSON"),
    (#""encoded": 1"#, "the input 'encoded' must be a text or a file"),
    (#""tags": "a""#, "the input 'tags' must be a list"),
    (#""counts": ["a"]"#, "every element of the input 'counts' must be an integer"),
  ])
  func refused(_ member: String, _ message: String) {
    #expect(refusal(of: whole(member)) == message)
  }

  /// A name that leads to several values is given with the list that they are in.
  @Test func namesOfSeveralValues() throws {
    #expect(refusal(of: #"{"tags": [], "counts": []}"#) == "the inputs 'rows[*].id', 'rows[0:1]' are required")
    _ = try checkedInput(
      #"{"tags": [], "counts": [], "rows": [{"id": "a"}, {"id": "2"}]}"#, forFile: Self.file)
  }
}
