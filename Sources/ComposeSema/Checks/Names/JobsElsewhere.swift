package import ComposeBasic
import ComposeSyntax

/// Tells where a job is that an expression names, when its own workflow does not have it.
package enum JobsElsewhere: Check {
  // It adds to findings of the expression checker.
  package static let codes: [DiagnosticCode] = []

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    guard diagnostics.all.contains(where: { $0.code == BindingCode.undefinedJob && $0.fixes.isEmpty }) else { return }
    var help: [SourceRange: String] = [:]
    for workflow in program.file.workflows {
      let names = Set(workflow.jobs.map(\.name))
      for expression in workflow.templates.flatMap(\.expressions) where expression.root.value == "jobs" {
        guard let first = expression.path.first, case .key(let name) = first.value, !names.contains(name) else {
          continue
        }
        help[first.range] = program.symbols.whereabouts(ofJob: name, in: workflow)
      }
    }
    diagnostics.update { finding in
      guard finding.code == BindingCode.undefinedJob, finding.fixes.isEmpty else { return }
      if let text = help[finding.range] { finding.help = text }
    }
  }
}
