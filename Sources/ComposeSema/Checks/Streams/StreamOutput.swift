package import ComposeBasic
import ComposeSyntax

/// Compares what a workflow returns with how it is encoded for clients.
package enum StreamOutput: Check {
  private static let wholeAnswer = ExampleFile(output: "${response.choices[0].message.content}")

  private static let notEncoded = DiagnosticCode(
    "stream-not-encoded", .warning, "A streamed answer that is not encoded",
    explanation: """
      The workflow returns a stream without `as stream/text` or `as stream/json`. Clients get raw bytes, not Server-Sent
      Events.

      \(ExampleFile.pair(bad: .streaming.with { $0.workflow = "{job: {input: \"${input}\"}}" }, good: .streaming))
      """)

  private static let notStreaming = DiagnosticCode(
    "stream-of-one-value", .warning, "A value encoded as a stream",
    explanation: """
      The value does not stream, so the encoded stream has one chunk.

      \(ExampleFile.pair(bad: wholeAnswer.with { $0.workflow = ExampleFile.streaming.workflow }, good: wholeAnswer))
      """)

  private static let debugForm = DiagnosticCode(
    "stream-text-of-objects", .warning, "Chunks that are no text, encoded as text",
    explanation: """
      `as stream/text` writes a chunk that is no text in Python's notation. Clients want the text inside the chunk, or
      JSON.

      \(ExampleFile.pair(bad: .streaming.with { $0.output = "${response[].choices[0].delta}" }, good: .streaming))
      """)

  private static func twice(_ last: String) -> ExampleFile {
    .streaming.with {
      $0.workflow =
        "\n  job: {id: ask, input: \"${input}\", output: \"${output as stream/text}\"}\n  output: ${jobs.ask.output\(last)}"
    }
  }

  private static let encodedTwice = DiagnosticCode(
    "stream-encoded-twice", .warning, "A stream that is encoded twice",
    explanation: """
      The chunks are texts that are encoded already. A second, other encoding wraps each of them once more.

      \(ExampleFile.pair(bad: twice(" as stream/json"), good: twice("")))
      """)

  package static let codes = [notEncoded, notStreaming, debugForm, encodedTwice]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    for workflow in program.workflows {
      for job in workflow.jobs { checkEncoding(of: job, into: &diagnostics) }
      checkEncoding(of: workflow, into: &diagnostics)
      guard !workflow.decl.isPrivate, case .stream = workflow.resultType else { continue }
      guard case .stream(let element, _) = workflow.resultType else { continue }
      let job = workflow.jobs.last(where: \.isTerminal)
      let output = workflow.decl.output ?? job?.decl.output
      let action = job?.target?.action.fields.entry("output")
      guard let place = output?.range ?? action?.key.range else { continue }
      let encoding = element.surely { $0.isText || $0 == .bytes } ? "stream/text" : "stream/json"
      diagnostics.emit(
        Diagnostic(notEncoded, "the workflow returns a stream that is not encoded", at: place)
          .note("the job that makes the stream is here", at: job?.decl.id?.range)
          .help("write ${output as \(encoding)} as the job's output to send Server-Sent Events")
          .upstream("sends raw bytes")
          .fix(fixEncoding(output, of: job?.decl, as: encoding)))
    }
  }

  /// Adds the conversion to the output, or an output to the job.
  private static func fixEncoding(_ output: Template?, of job: JobDecl?, as encoding: String) -> Diagnostic.Fix? {
    if let output {
      guard let expression = output.wholeExpression, expression.cast == nil, expression.fallback == nil else {
        return nil
      }
      let edit = Diagnostic.Fix.Edit(expression.referenceEnd, " as \(encoding)")
      return Diagnostic.Fix("add 'as \(encoding)'", .suggested, [edit])
    }
    guard let entries = job?.node.mapping, let key = entries.dropFirst().first ?? entries.first else { return nil }
    return .addEntry("output: \"${output as \(encoding)}\"", before: key.key.range)
  }

  private static func checkEncoding(of job: TypedJob, into diagnostics: inout Diagnostics) {
    guard let expression = job.decl.output?.wholeExpression, expression.root.value == "output" else { return }
    check(expression, steps: expression.path[...], from: job.actionType, of: job, into: &diagnostics)
  }

  /// The workflow's own output may encode what a job gives.
  private static func checkEncoding(of workflow: TypedWorkflow, into diagnostics: inout Diagnostics) {
    guard let expression = workflow.decl.output?.wholeExpression, expression.root.value == "jobs",
      expression.path.count >= 2, case .key(let name) = expression.path[0].value,
      let job = workflow.jobs.first(where: { $0.decl.name == name })
    else { return }
    check(expression, steps: expression.path[2...], from: job.outputType, of: job, into: &diagnostics)
  }

  private static func check(
    _ expression: Expression, steps: ArraySlice<Located<PathSegment>>, from type: Type, of job: TypedJob,
    into diagnostics: inout Diagnostics
  ) {
    guard let cast = expression.cast, case .encoded(let encoding) = CastTable.type(of: cast, from: .any) else { return }
    // A path that finds nothing has been reported.
    var ignored = Diagnostics()
    switch PathChecker(expression: expression).type(of: steps, from: type, into: &ignored) {
    case .stream(let element, _):
      // A format without an output is reported as such.
      let fields = job.target?.action.fields
      let isUnusedFormat = fields?.entry("stream_format") != nil && fields?.entry("output") == nil
      guard encoding == .text, element.withoutNull.hasDebugForm, !isUnusedFormat else { return }
      diagnostics.emit(
        Diagnostic(debugForm, "each chunk is \(element.noun), and text shows its debug form", at: cast.range)
          .note("the chunks are made here", at: job.target?.action.output?.range)
          .help("write 'stream/json', or take a text out of the chunk")
          .upstream("sends texts such as {'id': 1} or b'…'"))
    case .encoded(let earlier) where earlier != encoding:
      diagnostics.emit(
        Diagnostic(encodedTwice, "the stream is encoded as '\(earlier.rawValue)' already", at: cast.range)
          .note("it is encoded here first", at: job.decl.output?.range)
          .help("leave out one of the two conversions")
          .upstream("encodes each text once more, as a quoted JSON text or the other way round")
          .fix(expression.fixRemovingCast))
    case .any, .never, .encoded, .media, .bytes: return
    case .union(let members) where members.contains(where: \.isStream): return
    default:
      let name = job.target.map { "action '\($0.action.name)'" } ?? "the action"
      diagnostics.emit(
        Diagnostic(notStreaming, "the job's result is not a stream: \(name) returns one value", at: cast.range)
          .note("its output is here", at: job.target?.action.output?.range)
          .help("ask for a stream and read ${response[]…}, or leave the conversion out")
          .upstream("sends one chunk")
          .fix(expression.fixRemovingCast))
    }
  }
}

extension Expression {
  /// Leaves out the conversion.
  var fixRemovingCast: Diagnostic.Fix? {
    guard let cast else { return nil }
    let range = SourceRange(file: cast.range.file, start: Int(referenceEnd.start), end: Int(cast.range.end))
    return Diagnostic.Fix("remove the conversion", .suggested, [Diagnostic.Fix.Edit(range, "")])
  }
}

extension Type {
  /// Whether a value surely is of a kind that the reference writes in Python's notation inside text.
  fileprivate var hasDebugForm: Bool {
    switch self {
    case .object, .list, .bytes, .boolean: true
    default: false
    }
  }
}
