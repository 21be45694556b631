/// A row of the schema vectors on which we differ from the reference on purpose.
struct SchemaCorrection: Sendable {
  enum Ours: Sendable {
    case schema(String)
    /// The file is refused with this one code.
    case refused(String)
  }

  let row: String
  let reason: String
  let ours: Ours
  /// Whether a check is missing: the row may also be met as the reference meets it.
  let isPending: Bool

  init(_ row: String, _ reason: String, _ ours: Ours, isPending: Bool = false) {
    self.row = row
    self.reason = reason
    self.ours = ours
    self.isPending = isPending
  }

  /// Every difference; another one fails the test.
  static let all: [SchemaCorrection] = inputs + outputs

  private static let inputs: [SchemaCorrection] = [
    SchemaCorrection(
      "schema-input-005", "`as boolean | yes` is false for the reference: the default is refused",
      .refused("invalid-default")),
    SchemaCorrection(
      "schema-input-009", "the default is not one of the options: it is refused",
      .refused("invalid-default")),
    SchemaCorrection(
      "schema-input-014", "an input inside an attribute is found",
      .schema(
        #"{"w":{"input":[{"name":"a","type":"audio","subtype":"pcm","attrs":{"rate":"${input.r}"}},"#
          + #"{"name":"r","type":"string"}],"output":[{"name":null,"type":"string"}]}}"#)),
    SchemaCorrection(
      "schema-input-031", "an input inside a default is found",
      .schema(
        #"{"w":{"input":[{"name":"a","type":"string","default":"${input.b}"},{"name":"b","type":"string"}],"#
          + #""output":[{"name":null,"type":"string"}]}}"#)),
    SchemaCorrection(
      "schema-input-032", "an input inside a default is found",
      .schema(
        #"{"w":{"input":[{"name":"a","type":"text","default":"${input.b as integer}"},{"name":"b","type":"integer"}],"#
          + #""output":[{"name":null,"type":"string"}]}}"#)),
    SchemaCorrection(
      "schema-input-error-004", "`as sse-text` is read as `as stream/text`, with a warning",
      .schema(
        #"{"w":{"input":[{"name":"a","type":"stream","subtype":"text"}],"#
          + #""output":[{"name":null,"type":"string"}]}}"#)),
    SchemaCorrection(
      "schema-input-error-006", "`;sse-text` is read as `as stream/text`, with a warning",
      .schema(
        #"{"w":{"input":[{"name":"a","type":"stream","subtype":"text"}],"#
          + #""output":[{"name":null,"type":"string"}]}}"#)),
    SchemaCorrection(
      "schema-input-error-017", "a default behind `|` without a blank is not refused yet",
      .schema(
        #"{"w":{"input":[{"name":"a","type":"integer","default":5}],"#
          + #""output":[{"name":null,"type":"string"}]}}"#), isPending: true),
    SchemaCorrection(
      "schema-input-error-019", "an input inside a default is found",
      .schema(
        #"{"w":{"input":[{"name":"a","type":"json","default":"${input.b}"},{"name":"b","type":"string"}],"#
          + #""output":[{"name":null,"type":"string"}]}}"#)),
    SchemaCorrection(
      "schema-input-error-020", "an input inside a default is found",
      .schema(
        #"{"w":{"input":[{"name":"a","type":"list","default":["${input.b}"]},{"name":"b","type":"string"}],"#
          + #""output":[{"name":null,"type":"string"}]}}"#)),
    SchemaCorrection(
      "schema-input-error-021", "an expression behind white space in a default is not refused yet",
      .schema(
        #"{"w":{"input":[{"name":"a","type":"json","default":"\"x ${input.b}\""},{"name":"b","type":"string"}],"#
          + #""output":[{"name":null,"type":"string"}]}}"#), isPending: true),
    SchemaCorrection(
      "schema-input-source-003", "`${ input }` passes the input through: blanks mean nothing",
      .schema(
        #"{"w":{"input":[{"name":"t","type":"text"},{"name":"n","type":"integer","default":3}],"#
          + #""output":[{"name":null,"type":"text"}]}}"#)),
    SchemaCorrection(
      "schema-input-source-004",
      "with `input: {}` the action gets an empty object, so its inputs are not the workflow's",
      .schema(#"{"w":{"input":[],"output":[{"name":null,"type":"text"}]}}"#)),
    SchemaCorrection(
      "schema-input-source-007", "the job in `${jobs.x.output}` does not exist",
      .refused("undefined-job")),
    SchemaCorrection(
      "schema-input-source-009", "`action_id` is no key of a job",
      .refused("unknown-key")),
    SchemaCorrection(
      "schema-input-source-014", "a hook script is Python, not a template",
      .schema(#"{"w":{"input":[],"output":[{"name":null,"type":"text"}]}}"#)),
    SchemaCorrection(
      "schema-input-source-016", "`${input.x}` in an inline component reads what the job passes to it",
      .schema(
        #"{"w":{"input":[{"name":"q","type":"string"}],"#
          + #""output":[{"name":null,"type":"number"}]}}"#)),
    SchemaCorrection(
      "schema-input-source-027", "a job whose keys stand in the workflow itself is read as a job, with a warning",
      .schema(
        #"{"w":{"input":[{"name":"a","type":"string"}],"#
          + #""output":[{"name":null,"type":"text"}]}}"#)),
    SchemaCorrection(
      "schema-input-source-028", "the component does not exist",
      .refused("undefined-component")),
  ]

  private static let outputs: [SchemaCorrection] = [
    SchemaCorrection(
      "schema-output-015", "`&` cannot go through an integer",
      .refused("invalid-operator")),
    SchemaCorrection(
      "schema-output-016", "`...` is no member: what is spread is not known",
      .schema(#"{"w":{"input":[],"output":[{"name":"k","type":"integer"}]}}"#)),
    SchemaCorrection(
      "schema-output-error-002", "`;sse-text` is read as `as stream/text`, with a warning",
      .schema(#"{"w":{"input":[],"output":[{"name":null,"type":"stream","subtype":"text"}]}}"#)),
    SchemaCorrection(
      "schema-output-source-022", "the workflow has no job",
      .refused("no-job")),
  ]
}
