package import ComposeBasic
import ComposeSyntax

/// Reports a stream that two places read: it can be read once.
package enum StreamReadTwice: Check {
  private static func example(_ output: String) -> ExampleFile {
    .streaming.with {
      $0.workflow = "\n  jobs:\n    - {id: ask, input: \"${input}\"}\n  output: \(output)"
    }
  }

  private static let code = DiagnosticCode(
    "stream-read-twice", .error, "A stream with two readers",
    explanation: """
      A stream can be read once. In the reference the first reader gets everything and the second gets nothing. A
      `fan-out` job makes several streams out of one.

      \(ExampleFile.pair(bad: example("{first: \"${jobs.ask.output}\", second: \"${jobs.ask.output}\"}"),
        good: example("${jobs.ask.output as stream/text}")))
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    for workflow in program.workflows
    where workflow.jobs.contains(where: { $0.outputType.isStream || $0.actionType.isStream }) {
      let readers = readers(in: workflow)
      for job in workflow.jobs {
        if job.actionType.isStream, let output = job.decl.output {
          report(output.expressions.filter { $0.root.value == "output" && $0.path.isEmpty }, into: &diagnostics)
        }
        guard job.outputType.isStream else { continue }
        report(readers[job.decl.name] ?? [], into: &diagnostics)
      }
    }
  }

  /// The expressions that read the whole output of a job, by the job's name.
  private static func readers(in workflow: TypedWorkflow) -> [String: [Expression]] {
    let places =
      workflow.jobs.flatMap { $0.decl.fields.entries.map(\.value) } + [workflow.decl.output].compactMap { $0 }
    var readers: [String: [Expression]] = [:]
    for expression in places.flatMap(\.expressions) where expression.root.value == "jobs" {
      guard expression.path.count == 2, expression.path[1].value == .key("output"),
        case .key(let name) = expression.path[0].value
      else { continue }
      readers[name, default: []].append(expression)
    }
    return readers
  }

  private static func report(_ uses: [Expression], into diagnostics: inout Diagnostics) {
    for second in uses.dropFirst() {
      diagnostics.emit(
        Diagnostic(code, "the stream has another reader", at: second.range)
          .note("it is read here first", at: uses[0].range)
          .help("make two streams of it with a fan-out job")
          .upstream("gives everything to the first reader and nothing to the second"))
    }
  }
}
