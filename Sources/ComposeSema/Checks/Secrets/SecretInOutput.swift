package import ComposeBasic
import ComposeSyntax

/// Follows credentials of the environment to what a workflow returns and to what is recorded of it.
package enum SecretInOutput: Check {
  private static func example(output: String, top: String = "") -> String {
    """
    \(top)component:
      type: http-client
      action:
        endpoint: https://example.com/status
        headers: {Authorization: "Bearer ${env.STATUS_TOKEN}"}
        output: \(output)
    """
  }

  private static let inOutput = DiagnosticCode(
    "secret-in-output", .warning, "A credential that callers get to see",
    explanation: """
      What a workflow returns goes to whoever called it, and the Web UI shows it.

      ```yaml bad
      \(example(output: "{status: \"${response.status}\", token: \"${env.STATUS_TOKEN}\"}"))
      workflow: {job: {input: "${input}"}}
      ```

      ```yaml good
      \(example(output: "{status: \"${response.status}\"}"))
      workflow: {job: {input: "${input}"}}
      ```
      """)

  private static let recorded = DiagnosticCode(
    "secret-in-trace", .warning, "A credential that is recorded",
    explanation: """
      A tracer exports the input of every job, unless `capture` says otherwise; a logger at level `debug` writes it. Use
      the variable in the action itself, or name the key in `redact_keys`.

      ```yaml bad
      tracer: {driver: otlp, endpoint: "http://localhost:4318"}
      component:
        type: http-client
        action: {endpoint: "https://example.com/status", headers: {Authorization: "${input.token}"}}
      workflow: {job: {input: {token: "${env.STATUS_TOKEN}"}}}
      ```

      ```yaml good
      tracer: {driver: otlp, endpoint: "http://localhost:4318"}
      component:
        type: http-client
        action: {endpoint: "https://example.com/status", headers: {Authorization: "${env.STATUS_TOKEN}"}}
      workflow: {job: {input: "${input}"}}
      ```
      """)

  package static let codes = [inOutput, recorded]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    let recorders = Recorder.all(in: program.file)
    for workflow in program.workflows {
      let taint = WorkflowTaint(workflow)
      if !workflow.decl.isPrivate {
        for result in taint.results {
          for reference in result.taint.all { emit(reference, returnedAt: result.place, into: &diagnostics) }
        }
      }
      for (index, job) in workflow.jobs.enumerated() {
        guard let input = taint.inputs[index] else { continue }
        for recorder in recorders {
          for reference in recorder.seen(of: input) {
            emit(reference, by: recorder, job.decl.fields.entry("input")?.key.range, into: &diagnostics)
          }
        }
      }
    }
  }

  private static func emit(
    _ reference: EnvironmentReference, returnedAt place: SourceRange, into diagnostics: inout Diagnostics
  ) {
    diagnostics.emit(
      Diagnostic(inOutput, "the secret '\(reference.name)' gets into what the workflow returns", at: reference.range)
        .note("it is returned here", at: place.contains(reference.range) ? nil : place)
        .help("leave it out of the output")
        .upstream("returns it to every caller"))
  }

  private static func emit(
    _ reference: EnvironmentReference, by recorder: Recorder, _ input: SourceRange?, into diagnostics: inout Diagnostics
  ) {
    diagnostics.emit(
      Diagnostic(
        recorded, "the secret '\(reference.name)' gets into what \(recorder.noun) records", at: reference.range
      )
      .note("\(recorder.noun) is declared here", at: recorder.place)
      .help("use the variable in the action itself, or keep its key out of the records")
      .upstream("\(recorder.verb) the inputs of jobs in clear text"))
  }
}

/// Something that records the inputs of jobs.
private struct Recorder {
  let noun: String
  let verb: String
  let place: SourceRange
  /// Members that are not recorded, in lower case.
  let redacted: Set<String>

  static func all(in file: ComposeFile) -> [Recorder] {
    guard let root = file.root else { return [] }
    return declarations("tracer", in: root).compactMap { entry, node in
      let capture = node.entry("capture")?.value
      if capture?.entry("input")?.value.scalar?.value == .boolean(false) { return nil }
      let keys = capture?.entry("redact_keys")?.value.sequence ?? []
      return Recorder(
        noun: "the tracer", verb: "exports", place: entry.key.range,
        redacted: Set(keys.compactMap { $0.scalar?.text.lowercased() }))
    }
      + declarations("logger", in: root).compactMap { entry, node in
        guard node.entry("level")?.value.scalar?.text.lowercased() == "debug" else { return nil }
        return Recorder(noun: "the logger", verb: "writes", place: entry.key.range, redacted: [])
      }
  }

  /// The mappings under a singular or plural key.
  private static func declarations(_ name: String, in root: YAMLNode) -> [(YAMLEntry, YAMLNode)] {
    guard let entry = root.entry(name + "s") ?? root.entry(name) else { return [] }
    if let items = entry.value.sequence { return items.map { (entry, $0) } }
    return entry.value.mapping == nil ? [] : [(entry, entry.value)]
  }

  /// The credentials of an input that are recorded.
  func seen(of taint: Taint) -> [EnvironmentReference] {
    taint.own
      + taint.members.sorted { $0.key < $1.key }.flatMap { name, member in
        redacted.contains(name.lowercased()) ? [] : seen(of: member)
      }
  }
}
