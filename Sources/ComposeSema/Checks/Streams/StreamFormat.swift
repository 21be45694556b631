package import ComposeBasic
import ComposeSyntax

/// Compares how an action reads a streamed reply: `stream_format`, `${response[]…}` in its output, and what the request
/// asks for.
package enum StreamFormat: Check {
  private static func example(_ change: (inout ExampleFile) -> Void) -> String {
    ExampleFile.pair(bad: .streaming.with(change), good: .streaming)
  }

  private static let mismatch = DiagnosticCode(
    "stream-format-mismatch", .error, "A stream format that does not fit the output",
    explanation: """
      `stream_format` says how each event becomes `${response[]}`: `json` gives an object with members, `text` a text,
      and nothing gives bytes. A path into text or bytes finds nothing, silently.

      \(example { $0.format = nil })
      """)

  private static let unused = DiagnosticCode(
    "unused-stream-format", .warning, "A stream format that nothing uses",
    explanation: """
      Without an `output` that reads `${response[]}` the raw bytes of the reply are passed on, whatever the format.

      \(example { $0.output = nil })
      """)

  private static let notRequested = DiagnosticCode(
    "stream-not-requested", .warning, "A streamed output of a request that asks for none",
    explanation: """
      The output reads the chunks of a stream, but the request does not ask the API for one. The reply is one JSON
      document, and the output finds nothing.

      \(example { $0.body = [] })
      """)

  private static let notRead = DiagnosticCode(
    "stream-not-read", .warning, "A streamed reply that is read as one value",
    explanation: """
      The request asks for a stream, so the reply has no members: each chunk is read as `${response[]…}`.

      \(example { ($0.format, $0.output) = (nil, "${response.choices[0].message.content}") })
      """)

  package static let codes = [mismatch, unused, notRequested, notRead]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    let encoded = encodedActions(program)
    for target in program.actions {
      guard let shape = target.shape, shape.action.field("stream_format") != nil,
        !program.misspelt.contains(target.action.node.range)
      else { continue }
      var uses = ActionUses(target, resultName: shape.resultName)
      uses.isEncoded = encoded.contains(target.action.node.range)
      check(uses, into: &diagnostics)
    }
  }

  /// The actions whose result a job encodes as a stream.
  private static func encodedActions(_ program: borrowing TypedProgram) -> Set<SourceRange> {
    var actions: Set<SourceRange> = []
    for job in program.workflows.flatMap(\.jobs) {
      guard let target = job.target, let cast = job.decl.output?.wholeExpression?.cast,
        case .encoded = CastTable.type(of: cast, from: .any)
      else { continue }
      actions.insert(target.action.node.range)
    }
    return actions
  }

  /// The expressions of an action's output that read its reply.
  private struct ActionUses {
    let target: ActionTarget
    let format: TemplateEntry?
    let output: TemplateEntry?
    let chunks: [Expression]
    let wholes: [Expression]
    /// Whether a job encodes the result as a stream.
    var isEncoded = false

    init(_ target: ActionTarget, resultName: String) {
      self.target = target
      format = target.action.fields.entry("stream_format")
      output = target.action.fields.entry("output")
      let uses = output?.value.expressions.filter { $0.root.value == resultName } ?? []
      chunks = uses.filter(\.isChunk)
      wholes = uses.filter { !$0.isChunk }
    }

    var isPath: (Expression) -> Bool { { !$0.path.isEmpty || $0.index != nil } }
  }

  private static func check(_ uses: ActionUses, into diagnostics: inout Diagnostics) {
    guard let output = uses.output else {
      if let format = uses.format { diagnostics.emit(.unusedFormat(format)) }
      return
    }
    if let chunk = uses.chunks.first {
      if let whole = uses.wholes.first { diagnostics.emit(.mixed(whole, chunk)) }
      checkFormat(uses, output, into: &diagnostics)
      if uses.target.asksForStream == false, !APIRequestBody.hasMisspeltSwitch(uses.target) {
        diagnostics.emit(.notRequested(uses.target, at: output.key.range))
      }
      return
    }
    guard !uses.wholes.isEmpty else { return }
    if uses.format == nil, uses.target.asksForStream == true, let whole = uses.wholes.first(where: uses.isPath),
      let name = uses.target.api?.streamSwitch,
      let entry = uses.target.action.fields["body"]?.entry(name)
    {
      let edits = uses.isEncoded ? ChunkReading(uses.target).edits(for: uses.wholes, adding: output.key.range) : nil
      diagnostics.emit(.notRead(entry, whole, edits))
    } else if uses.format != nil {
      let edits = ChunkReading(uses.target).edits(for: uses.wholes)
      diagnostics.emit(.wholeWithFormat(uses.wholes[0], edits))
    }
  }

  private static func checkFormat(_ uses: ActionUses, _ output: TemplateEntry, into diagnostics: inout Diagnostics) {
    guard let path = uses.chunks.first(where: uses.isPath) else { return }
    guard let format = uses.format else {
      diagnostics.emit(.missingFormat(output, path))
      return
    }
    if format.value.constantText == "text" { diagnostics.emit(.textFormat(format, path)) }
  }
}

extension Diagnostic {
  fileprivate static func unusedFormat(_ format: TemplateEntry) -> Diagnostic {
    Diagnostic(StreamFormat.codes[1], "'stream_format' has no effect without an 'output'", at: format.key.range)
      .help("add 'output: ${response[]}'")
      .upstream("passes the raw bytes on")
  }

  fileprivate static func mixed(_ whole: Expression, _ chunk: Expression) -> Diagnostic {
    let later = max(whole.root.range, chunk.root.range)
    return Diagnostic(StreamFormat.codes[0], "'response' and 'response[]' cannot both be read", at: later)
      .note("the other one is here", at: min(whole.range, chunk.range))
      .help("a streamed reply has only 'response[]', any other reply only 'response'")
      .upstream("gives nothing for one of them")
  }

  fileprivate static func missingFormat(_ output: TemplateEntry, _ path: Expression) -> Diagnostic {
    let line = "stream_format: json"
    var diagnostic = Diagnostic(
      StreamFormat.codes[0], "a path into '\(path.root.value)[]' needs '\(line)'", at: output.key.range
    )
    .note("the path is here", at: path.range)
    .help("without it each chunk is bytes, which have no members")
    .upstream("gives an empty stream")
    diagnostic.fixes = [.addEntry(line, before: output.key.range)]
    return diagnostic
  }

  fileprivate static func textFormat(_ format: TemplateEntry, _ path: Expression) -> Diagnostic {
    Diagnostic(StreamFormat.codes[0], "text chunks have no members", at: format.value.range)
      .note("the path is here", at: path.range)
      .help("write 'json', or read '${\(path.root.value)[]}'")
      .upstream("gives an empty stream")
      .fix("write 'json'", .suggested, replace: format.value.range, with: "json")
  }

  fileprivate static func notRequested(_ target: ActionTarget, at range: SourceRange) -> Diagnostic {
    let name = target.api?.streamSwitch ?? "stream"
    let entry = target.api?.streamEntry ?? "stream: true"
    let body = target.action.fields.entry("body")
    var diagnostic = Diagnostic(
      StreamFormat.codes[2], "the output reads a stream, but the request does not ask for one", at: range
    )
    .note("the request is here", at: body?.key.range)
    .help("add '\(entry)' to the body")
    .upstream("gives nothing, silently")
    if case .object(let entries)? = body?.value.content, let last = entries.last, body?.value[name] == nil {
      diagnostic.fixes = [.addEntry(entry, before: last.key.range)]
    }
    return diagnostic
  }

  /// - Parameter edits: those that read the chunks, if they are known.
  fileprivate static func notRead(
    _ entry: TemplateEntry, _ whole: Expression, _ edits: [Fix.Edit]?
  ) -> Diagnostic {
    let fix = edits.map { Fix("read the chunks", .suggested, $0) }
    return Diagnostic(
      StreamFormat.codes[3],
      "the request asks for a stream, but the output reads '\(whole.root.value)', not '\(whole.root.value)[]'",
      at: entry.key.range
    )
    .note("the output is here", at: whole.range)
    .help("read the chunks with 'stream_format: json' and ${\(whole.root.value)[]…}, or remove '\(entry.key.value)'")
    .upstream("gives an empty stream")
    .fix(fix ?? Fix("ask for no stream", .suggested, [Fix.Edit(entry.value.range, "false")]))
  }

  /// - Parameter edits: those that read the chunks, if they are known.
  fileprivate static func wholeWithFormat(_ whole: Expression, _ edits: [Fix.Edit]?) -> Diagnostic {
    Diagnostic(
      StreamFormat.codes[0],
      "'stream_format' is set, but the output reads '\(whole.root.value)', not '\(whole.root.value)[]'",
      at: whole.root.range
    )
    .help("read each chunk as ${\(whole.root.value)[]…}, or remove 'stream_format'")
    .upstream("gives an empty stream when the reply streams, and ignores the format otherwise")
    .fix(edits.map { Fix("read the chunks", .suggested, $0) })
  }
}
