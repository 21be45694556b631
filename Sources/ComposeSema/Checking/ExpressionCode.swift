package import ComposeBasic

/// The findings about what expressions read and how they convert it.
package enum ExpressionCode {
  private static func example(bad: String, good: String) -> String {
    let file = ExampleFile(body: ["temperature: ${input.temperature as number | 0.7}"])
    return ExampleFile.pair(bad: file.with { $0.output = bad }, good: file.with { $0.output = good })
  }

  package static let unknownRoot = DiagnosticCode(
    "unknown-root", .error, "A name that does not exist at this place",
    explanation: """
      An expression begins with a root, and each place of a file has its own. The reference gives nothing for an unknown
      root, silently.

      \(example(bad: "${resp.choices[0].message.content}", good: "${response.choices[0].message.content}"))
      """)

  package static let unknownMember = DiagnosticCode(
    "unknown-member", .error, "A path that the value does not have",
    explanation: """
      What the value holds is known, and this member is not part of it. The reference gives nothing, silently.

      \(example(bad: "${response.choices[0].message.contnet}", good: "${response.choices[0].message.content}"))
      """)

  package static let numericKey = DiagnosticCode(
    "numeric-key", .warning, "A number as a member of a list",
    explanation: """
      Digits behind a dot are the name of a member. A list has no members; its elements are written in brackets.

      \(example(bad: "${response.choices.0.message.content}", good: "${response.choices[0].message.content}"))
      """)

  package static let ignoredIndex = DiagnosticCode(
    "ignored-index", .warning, "An index directly after a root that ignores it",
    explanation: """
      An index directly behind `input` or `context` has no effect: the path goes on from the whole value.

      \(example(bad: "${input[0].name}", good: "${input.people[0].name}"))
      """)

  package static let unknownType = DiagnosticCode(
    "unknown-type", .error, "A conversion that does not exist",
    explanation: """
      `as` knows a fixed list of types. The reference stops at start-up, or passes the value on unchanged where the
      expression is not part of a workflow's inputs or outputs.

      \(example(bad: "${response.choices[0].message.content as txt}", good: "${response.choices[0].message.content as text}"))
      """)

  package static let unknownFormat = DiagnosticCode(
    "unknown-format", .error, "A format or subtype that does not exist",
    explanation: """
      After `;` stands how a text carries data: base64, url, data-uri or path. A stream is text or json.

      \(example(bad: "${response.choices[0].message.content as text;base46}", good: "${response.choices[0].message.content as text;base64}"))
      """)

  package static let invalidDefault = DiagnosticCode(
    "invalid-default", .error, "A default that cannot be converted",
    explanation: """
      A default goes through the conversion too. This one does not survive it. The reference stops at start-up, or
      reads a boolean such as `yes` as false.

      \(example(bad: "${response.usage.total_tokens as integer | none}", good: "${response.usage.total_tokens as integer | 0}"))
      """)

  package static let impossibleCast = DiagnosticCode(
    "impossible-cast", .error, "A conversion that must fail or is useless",
    explanation: """
      The kind of the value is known, and the conversion cannot take it.

      \(example(bad: "${response.choices as integer}", good: "${response.choices as text}"))
      """)

  package static let streamMisuse = DiagnosticCode(
    "stream-misuse", .error, "A stream where a value is needed",
    explanation: """
      A stream has no members and no text. The reference gives nothing for a path into it, and a memory address for a
      stream inside text.

      \(ExampleFile.pair(bad: .streaming.with { $0.workflow = "{job: {input: \"${input}\", output: \"Answer: ${output}\"}}" }, good: .streaming))
      """)

  /// Every code of this file.
  package static let codes = [
    unknownRoot, unknownMember, numericKey, ignoredIndex, unknownType, unknownFormat, invalidDefault, impossibleCast,
    streamMisuse,
  ]
}
