package import ComposeBasic
import ComposeSyntax

/// Resolves the names that stand elsewhere than in a job of its own: inside other jobs, in components, listeners and
/// adapters.
package enum CalledNames: Check {
  // The findings are those of the binder.
  package static let codes: [DiagnosticCode] = []

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    let file = program.file
    let binder = Binder(
      file: file, symbols: program.symbols, catalog: program.catalog, actions: program.actionTable,
      misspelt: program.misspelt)
    for job in file.workflows.flatMap(\.jobs).flatMap({ $0.bodies.flatMap(\.family) })
    where program.catalog.callsComponent(jobKind: job.kind.value) {
      _ = binder.target(of: job, into: &diagnostics)
    }
    for call in file.componentCalls(program.catalog) { _ = binder.target(of: call, into: &diagnostics) }
    for reference in file.workflowReferences(program.catalog) { binder.check(reference, into: &diagnostics) }
  }
}
