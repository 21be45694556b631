package import ComposeBasic
import ComposeSyntax

/// Reports an encoded stream inside an object or a list that a workflow returns.
package enum NestedStream: Check {
  private static func example(_ output: String) -> ExampleFile {
    .streaming.with { $0.workflow = "\n  job: {id: ask, input: \"${input}\", output: \(output)}" }
  }

  private static let code = DiagnosticCode(
    "nested-stream", .warning, "An encoded stream inside a value",
    explanation: """
      Only a result that is a stream as a whole is sent piece by piece. A stream inside an object or a list is read to its
      end first, and an encoded one becomes a list.

      \(ExampleFile.pair(
        bad: example("{text: \"${output as stream/text}\"}"), good: example("\"${output as stream/text}\"")))
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    for workflow in program.workflows where !workflow.decl.isPrivate {
      let outputs =
        workflow.decl.output.map { [$0] } ?? workflow.jobs.filter(\.isTerminal).compactMap(\.decl.output)
      for output in outputs { check(output, into: &diagnostics) }
    }
  }

  private static func check(_ output: Template, into diagnostics: inout Diagnostics) {
    guard output.wholeExpression == nil else { return }
    // What an operator makes of it may be the stream itself.
    for use in output.uses() where use.keys.allSatisfy({ !["?", "*", "+", "&", "|", "..."].contains($0) }) {
      guard let cast = use.expression.cast, case .encoded = CastTable.type(of: cast, from: .any) else { continue }
      diagnostics.emit(
        Diagnostic(code, "a stream inside a value is read to its end before anything is sent", at: cast.range)
          .note("the value is here", at: output.range)
          .help("return the stream alone, or leave the conversion out to get its text")
          .upstream("gives a list of the chunks")
          .fix(use.expression.fixRemovingCast))
    }
  }
}
