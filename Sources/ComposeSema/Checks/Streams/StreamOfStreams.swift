package import ComposeBasic
import ComposeSyntax

/// Reports a conversion to a stream in the output that is rendered for every chunk of a stream.
package enum StreamOfStreams: Check {
  private static let code = DiagnosticCode(
    "stream-of-streams", .error, "A stream of streams",
    explanation: """
      The action's output is rendered once for each chunk. `as stream/text` there makes a stream of each chunk. It belongs
      into the output of the job.

      \(ExampleFile.pair(
        bad: .streaming.with { $0.output = "${response[].choices[0].delta.content as stream/text}" }, good: .streaming))
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    for target in program.actions where target.readsChunks {
      for expression in target.action.output?.expressions ?? [] where expression.isChunk {
        guard let cast = expression.cast, case .encoded = CastTable.type(of: cast, from: .any) else { continue }
        diagnostics.emit(
          Diagnostic(code, "each chunk becomes a stream of its own", at: cast.range)
            .note("the chunk is here", at: expression.root.range)
            .help("write the conversion in the job's output: ${output as \(cast.written)}")
            .upstream("gives a stream of streams")
            .fix(expression.fixRemovingCast))
      }
    }
  }
}

extension Cast {
  /// The type and the subtype as they are written.
  fileprivate var written: String { type.value + (subtype.map { "/" + $0.value } ?? "") }
}
