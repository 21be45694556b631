/// A small chat file for explanations: what an explanation is about differs, everything else is said here once.
struct ExampleFile {
  var messages = "[{role: user, content: \"${input.prompt as text}\"}]"
  /// More fields of the request's body, each a line.
  var body: [String] = []
  /// The line of `stream_format`, if there is one.
  var format: String?
  /// The action's `output`, if there is one.
  var output: String?
  /// What stands behind `workflow:`, on the same line or on lines of its own.
  var workflow = "{job: {input: \"${input}\"}}"

  /// A file whose request asks for a stream and reads it chunk by chunk.
  static let streaming = ExampleFile(
    body: ["stream: true"], format: "json", output: "${response[].choices[0].delta.content}",
    workflow: "{job: {input: \"${input}\", output: \"${output as stream/text}\"}}")

  /// The same with one thing changed.
  func with(_ change: (inout ExampleFile) -> Void) -> ExampleFile {
    var copy = self
    change(&copy)
    return copy
  }

  /// The whole file.
  var text: String {
    let lines =
      [
        "component:",
        "  type: http-client",
        "  base_url: https://api.openai.com/v1",
        "  action:",
        "    path: /chat/completions",
        "    body:",
        "      model: gpt-4o",
        "      messages: " + messages,
      ]
      + body.map { "      " + $0 }
      + [format.map { "    stream_format: " + $0 }, output.map { "    output: " + $0 }].compactMap { $0 }
    return lines.joined(separator: "\n") + "\nworkflow:" + (workflow.hasPrefix("\n") ? workflow : " " + workflow)
  }

  /// Both files as the fenced examples of an explanation.
  static func pair(bad: ExampleFile, good: ExampleFile) -> String {
    "```yaml bad\n\(bad.text)\n```\n\n```yaml good\n\(good.text)\n```"
  }
}
