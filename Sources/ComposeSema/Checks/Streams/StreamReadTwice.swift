package import ComposeBasic
import ComposeSyntax

/// Reports a stream that two places read, or one place again and again: it can be read once.
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
      let runs = JobRuns(workflow.graph, of: workflow.decl)
      for job in workflow.jobs {
        if job.actionType.isStream, let entry = job.decl.fields.entry("output") {
          let uses = entry.value.uses(key: entry.key.range)
            .filter { $0.expression.root.value == "output" && $0.expression.path.isEmpty }
          report(uses.map { Reader(use: $0, job: nil) }, of: job, runs, into: &diagnostics)
        }
        guard job.outputType.isStream else { continue }
        report(readers[job.decl.name] ?? [], of: job, runs, into: &diagnostics)
      }
    }
  }

  /// What a job renders in every turn, or for every item.
  private static let repeatedFields: Set<String> = ["do", "where", "until", "while"]

  /// One place that reads a stream.
  private struct Reader {
    let use: ExpressionUse
    /// The job that it belongs to; `nil` for what is rendered once in any case.
    let job: Int?
  }

  /// The places that read the whole output of a job, by the job's name.
  private static func readers(in workflow: TypedWorkflow) -> [String: [Reader]] {
    var readers: [String: [Reader]] = [:]
    func add(_ uses: [ExpressionUse], job: Int?) {
      for use in uses where use.expression.isWholeJobOutput {
        guard let name = use.expression.readJob?.value else { continue }
        readers[name, default: []].append(Reader(use: use, job: job))
      }
    }
    for (index, job) in workflow.decl.jobs.enumerated() { add(job.fields.uses, job: index) }
    if let output = workflow.decl.output {
      add(output.uses(key: workflow.decl.node.entry("output")?.key.range), job: nil)
    }
    return readers
  }

  private static func report(
    _ readers: [Reader], of job: TypedJob, _ runs: JobRuns, into diagnostics: inout Diagnostics
  ) {
    guard let first = readers.first else { return }
    for second in readers.dropFirst() {
      // Of two ways that exclude each other only one reads it.
      let areBoth = first.job == second.job || isSure(first, runs) || isSure(second, runs)
      guard areBoth else { continue }
      diagnostics.emit(
        Diagnostic(code, "the stream of '\(job.decl.name)' has another reader", at: second.use.place)
          .note("it is read here first", at: first.use.expression.range)
          .note("and here again", at: second.use.key == nil ? nil : second.use.expression.range)
          .note("the stream is made here", at: job.decl.id?.range)
          .help("make two streams of it with a 'fan-out' job")
          .upstream("gives everything to the first reader and nothing to the second"))
    }
    for reader in readers where Self.repeatedFields.contains(reader.use.keys.first ?? "") {
      diagnostics.emit(
        Diagnostic(code, "the stream of '\(job.decl.name)' is read again in every turn", at: reader.use.place)
          .note("the stream is made here", at: job.decl.id?.range)
          .help("go through the stream itself as 'input', or collect it in a job before")
          .upstream("gives everything to the first turn and nothing to the others"))
    }
  }

  private static func isSure(_ reader: Reader, _ runs: JobRuns) -> Bool { reader.job.map { runs.isSure[$0] } ?? true }
}
