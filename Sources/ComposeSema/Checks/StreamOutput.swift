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

  package static let codes = [notEncoded, notStreaming]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    for workflow in program.workflows {
      for job in workflow.jobs { checkEncoding(of: job, into: &diagnostics) }
      guard !workflow.decl.isPrivate, case .stream = workflow.resultType else { continue }
      let output = workflow.decl.output ?? workflow.jobs.last(where: \.isTerminal)?.decl.output
      let action = workflow.jobs.last(where: \.isTerminal)?.target?.action.fields.entry("output")
      guard let place = output?.range ?? action?.key.range else { continue }
      diagnostics.emit(
        Diagnostic(notEncoded, "the workflow returns a stream that is not encoded", at: place)
          .help("write ${output as stream/text} as the job's output to send Server-Sent Events")
          .upstream("sends raw bytes"))
    }
  }

  private static func checkEncoding(of job: TypedJob, into diagnostics: inout Diagnostics) {
    guard let expression = job.decl.output?.wholeExpression, expression.root.value == "output",
      let cast = expression.cast, case .encoded = CastTable.type(of: cast, from: .any)
    else { return }
    // A path that finds nothing has been reported.
    var ignored = Diagnostics()
    switch PathChecker(expression: expression).type(of: expression.path[...], from: job.actionType, into: &ignored) {
    case .any, .never, .stream, .encoded, .media, .bytes: return
    case .union(let members) where members.contains(where: \.isStream): return
    default:
      let name = job.target.map { "action '\($0.action.name)'" } ?? "the action"
      diagnostics.emit(
        Diagnostic(notStreaming, "the job's result is not a stream: \(name) returns one value", at: cast.range)
          .note("its output is here", at: job.target?.action.output?.range)
          .help("ask for a stream and read ${response[]…}, or leave the conversion out")
          .upstream("sends one chunk"))
    }
  }
}
