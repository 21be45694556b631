package import ComposeBasic
import ComposeSyntax

/// Drops findings about names that a faulty declaration may have: that it could not be read, has the id of another one,
/// or a reserved one, or a misspelt key, is reported already.
package enum UnreadableNames: Check {
  package static let codes: [DiagnosticCode] = []

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    let file = program.file
    let misspelt = program.misspelt
    let faulty = file.workflows.filter { workflow in
      workflow.node.hasUnreadable("job") || areFaulty(workflow.jobs.map(\.name))
        || misspelt.contains(workflow.node.range)
        || workflow.jobs.contains { $0.id == nil && misspelt.contains($0.node.range) }
    }
    .map(\.node.range)
    var dropped: [DiagnosticCode] = []
    // A misspelt key may be the 'id'.
    let isComponentMisspelt = file.components.contains { $0.id == nil && misspelt.contains($0.node.range) }
    if areFaulty(file.components.map(\.name)) || isComponentMisspelt { dropped.append(BindingCode.undefinedComponent) }
    if areFaulty(file.workflows.map(\.name)) { dropped.append(BindingCode.undefinedWorkflow) }
    if file.components.contains(where: { areFaulty($0.actions.map(\.name)) }) {
      dropped.append(BindingCode.undefinedAction)
    }
    guard !faulty.isEmpty || !dropped.isEmpty else { return }
    diagnostics.keep { finding in
      if dropped.contains(finding.code) { return false }
      return finding.code != BindingCode.undefinedJob || !faulty.contains { $0.contains(finding.range) }
    }
  }

  private static func areFaulty(_ names: [String]) -> Bool {
    Set(names).count < names.count || names.contains("__default__")
  }
}
