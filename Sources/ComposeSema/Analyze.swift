package import ComposeBasic
package import ComposeSyntax

/// Resolves names, checks keys, values and expressions, and runs every registered check.
///
/// It never fails: what is wrong is reported, and its type is `any`, so that one fault is reported once.
package func analyze(
  _ file: ComposeFile, catalog: Catalog, into diagnostics: inout Diagnostics
) -> TypedProgram {
  let symbols = SymbolTable(file)
  checkShapes(file, catalog: catalog, into: &diagnostics)
  let binder = Binder(symbols: symbols, catalog: catalog)
  binder.checkIDs(into: &diagnostics)
  for component in file.components { binder.checkWorkflowReferences(in: component, into: &diagnostics) }

  let targets = file.workflows.map { workflow in
    workflow.jobs.map { $0.kind.value == "component" ? binder.target(of: $0, into: &diagnostics) : nil }
  }
  let actionTypes = typeActions(of: file, catalog: catalog, into: &diagnostics)
  let workflows = zip(file.workflows, targets).map { workflow, targets in
    binder.checkJobReferences(in: workflow, into: &diagnostics)
    let types = targets.map { $0.flatMap { actionTypes[$0.action.node.range] } ?? .any }
    return WorkflowTyper(workflow: workflow, graph: JobGraph(workflow), targets: targets, actionTypes: types)
      .typed(into: &diagnostics)
  }
  let program = TypedProgram(file: file, catalog: catalog, symbols: symbols, workflows: workflows)
  for check in CheckRegistry.all { check.run(on: program, into: &diagnostics) }
  return program
}

/// Types every action once, those that no job uses included. The key is the place of the action's mapping.
private func typeActions(
  of file: ComposeFile, catalog: Catalog, into diagnostics: inout Diagnostics
) -> [SourceRange: Type] {
  let declared = TypedProgram(file: file, catalog: catalog, symbols: SymbolTable(file), workflows: []).actions
  var types: [SourceRange: Type] = [:]
  for target in declared {
    types[target.action.node.range] = ActionTyper(target: target, inputType: .any).type(into: &diagnostics)
  }
  return types
}
