package import ComposeBasic
package import ComposeSyntax

/// Resolves names, checks keys, values and expressions, and runs every registered check.
///
/// It never fails: what is wrong is reported, and its type is `any`, so that one fault is reported once.
package func analyze(
  _ file: ComposeFile, catalog: Catalog, into diagnostics: inout Diagnostics
) -> TypedProgram {
  let symbols = SymbolTable(file)
  let misspelt = checkShapes(file, catalog: catalog, into: &diagnostics)
  let binder = Binder(file: file, symbols: symbols, catalog: catalog, misspelt: misspelt)
  binder.checkIDs(into: &diagnostics)
  for component in file.components { binder.checkWorkflowReferences(in: component, into: &diagnostics) }

  let targets = file.workflows.map { workflow in
    workflow.jobs.map { job in
      catalog.callsComponent(jobKind: job.kind.value) ? binder.target(of: job, into: &diagnostics) : nil
    }
  }
  let untyped = TypedProgram(file: file, catalog: catalog, symbols: symbols, workflows: [], misspelt: misspelt)
  let actionTypes = typeActions(of: untyped, into: &diagnostics)
  let signature = Signature(binder, targets: targets)
  let workflows = zip(file.workflows, targets).map { workflow, targets in
    binder.checkJobReferences(in: workflow, into: &diagnostics)
    let types = targets.map { $0.flatMap { actionTypes[$0.action.node.range] } ?? .any }
    return WorkflowTyper(
      workflow: workflow, graph: JobGraph(workflow), targets: targets, actionTypes: types, misspelt: misspelt,
      catalog: catalog, signature: signature
    )
    .typed(into: &diagnostics)
  }
  let program = TypedProgram(file: file, catalog: catalog, symbols: symbols, workflows: workflows, misspelt: misspelt)
  for check in CheckRegistry.all { check.run(on: program, into: &diagnostics) }
  return program
}

/// Types every action once, those that no job uses included. The key is the place of the action's mapping.
private func typeActions(of program: TypedProgram, into diagnostics: inout Diagnostics) -> [SourceRange: Type] {
  var types: [SourceRange: Type] = [:]
  for target in program.actions {
    let place = target.action.node.range
    let type = ActionTyper(target: target, inputType: .any).type(into: &diagnostics)
    types[place] = program.misspelt.contains(place) ? .any : type
  }
  return types
}
