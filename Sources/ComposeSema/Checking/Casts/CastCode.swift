import ComposeBasic

/// The findings about conversions and defaults that say something else than they seem to.
enum CastCode {
  private static let base = ExampleFile(body: ["temperature: ${input.temperature as number | 0.7}"])

  private static func example(bad: String, good: String) -> String {
    ExampleFile.pair(bad: base.with { $0.output = bad }, good: base.with { $0.output = good })
  }

  static let untypedDefault = DiagnosticCode(
    "untyped-default", .warning, "A default that looks like a number and is text",
    explanation: """
      A literal default is text, even if it looks like a number, a boolean, null or JSON. Only a conversion makes a value
      of another type of it.

      \(ExampleFile.pair(bad: base.with { $0.body = ["temperature: ${input.temperature | 0.7}"] }, good: base))
      """)

  static let listDefault = DiagnosticCode(
    "list-default", .error, "A literal default of a conversion of lists",
    explanation: """
      `as T[]` converts the elements of a list. A literal default is text, so the conversion fails whenever the default
      is used.

      \(example(bad: "${input.tags as text[] | [\"new\"]}", good: "${input.tags as list | [\"new\"]}"))
      """)

  static let ignoredAttributes = DiagnosticCode(
    "ignored-attributes", .warning, "Attributes of a type that has none",
    explanation: """
      Only audio, video and model-3d read the attributes between brackets.

      \(example(bad: "${input.photo as image/png[quality=90]}", good: "${input.photo as image/png}"))
      """)

  static let emptyAttributes = DiagnosticCode(
    "empty-attributes", .error, "Brackets without attributes behind a subtype",
    explanation: """
      `[]` means a list only directly behind the type. Behind a subtype it is an empty list of attributes, and the
      reference then passes on an empty text in place of the attributes, which breaks audio.

      \(example(bad: "${input.clips as audio/mp3[]}", good: "${input.clips as audio[]/mp3}"))
      """)

  static let collectedStream = DiagnosticCode(
    "collected-stream", .note, "A stream that is read whole to become text",
    explanation: """
      `as text` waits for the end of a stream and gives its texts as one. The reference gives a memory address there, so
      a file with it runs here only.

      \(ExampleFile.pair(bad: .streaming.with { $0.workflow = "{job: {input: \"${input}\", output: \"${output as text}\"}}" }, good: .streaming))
      """)

  static let indexedField = DiagnosticCode(
    "indexed-field", .error, "An index in a list of fields",
    explanation: """
      The fields behind `object/` are names with dots. An index among them is taken for an attribute and lost.

      \(example(bad: "${input.order as object/id,lines[0]}", good: "${input.order as object/id,lines}"))
      """)

  static let duplicateField = DiagnosticCode(
    "duplicate-field", .error, "Two fields that become the same key",
    explanation: """
      `object/` keeps each listed path under its last name. Of two paths with the same last name only the last is kept.

      \(example(bad: "${input.order as object/id,buyer.id}", good: "${input.order as object/id,buyer.name}"))
      """)

  static let ignoredFormat = DiagnosticCode(
    "ignored-format", .warning, "A format on a value that is no text",
    explanation: """
      A format says how a text holds data. The value is known to be no text, or the type takes no format.

      \(example(bad: "${response.usage.total_tokens as integer;base64}", good: "${response.usage.total_tokens as integer}"))
      """)

  /// Every code of this file.
  static let codes = [
    untypedDefault, listDefault, ignoredAttributes, emptyAttributes, collectedStream, indexedField, duplicateField,
    ignoredFormat,
  ]
}
