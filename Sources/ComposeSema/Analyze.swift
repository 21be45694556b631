package import ComposeBasic
package import ComposeSyntax

/// Resolves names, checks keys, values and expressions, and runs every registered check.
///
/// It never fails: what is wrong is reported, and its type is `any`, so that one fault is reported once.
package func analyze(
  _ file: ComposeFile, catalog: Catalog, into diagnostics: inout Diagnostics
) -> TypedProgram {
  let symbols = SymbolTable(file)
  let (shapes, visited) = checkShapes(file, catalog: catalog, into: &diagnostics)
  let misspelt = shapes.misspelt
  let actions = ActionTable(file, catalog: catalog)
  let binder = Binder(file: file, symbols: symbols, catalog: catalog, actions: actions, misspelt: misspelt)
  binder.checkIDs(into: &diagnostics)
  for component in file.components { binder.checkWorkflowReferences(in: component, into: &diagnostics) }

  let targets = file.workflows.map { workflow in
    workflow.jobs.map { job in
      catalog.callsComponent(jobKind: job.kind.value) ? binder.target(of: job, into: &diagnostics) : nil
    }
  }
  let untyped = TypedProgram(
    file: file, catalog: catalog, symbols: symbols, actionTable: actions, workflows: [], misspelt: misspelt)
  let log = TypeLog()
  let typing = typing(of: untyped, binder, targets, log: log)
  for component in file.components { ComponentTyper(catalog: catalog, log: log).check(component, into: &diagnostics) }
  for target in actions.all { _ = typing.type(target, into: &diagnostics) }
  for section in file.sections { ListenerTyper(catalog: catalog, log: log).check(section, into: &diagnostics) }
  let workflows = file.workflows.map { workflow in
    binder.checkJobReferences(in: workflow, into: &diagnostics)
    return WorkflowTyper(workflow: workflow, typing: typing).typed(into: &diagnostics)
  }
  let program = TypedProgram(
    file: file, catalog: catalog, symbols: symbols, actionTable: actions, workflows: workflows, misspelt: misspelt,
    visited: visited, expressionTypes: log.all)
  for check in CheckRegistry.all { check.run(on: program, into: &diagnostics) }
  shapes.dropIgnored(from: &diagnostics)
  shapes.emitValues(into: &diagnostics)
  return program
}

/// Finds out what the jobs of a file pass to its actions.
private func typing(
  of program: TypedProgram, _ binder: Binder, _ outerTargets: [[ActionTarget?]], log: TypeLog
) -> Typing {
  var targets: [SourceRange: ActionTarget] = [:]
  for (workflow, found) in zip(program.file.workflows, outerTargets) {
    for (job, target) in zip(workflow.jobs, found) {
      targets[job.range] = target
      // What is wrong with the names in them is reported with the references.
      var ignored = Diagnostics()
      for body in job.family.dropFirst() where program.catalog.callsComponent(jobKind: body.kind.value) {
        targets[body.range] = binder.target(of: body, into: &ignored)
      }
    }
  }
  let signature = Signature(binder, targets: outerTargets)
  let results = program.catalog.results
  let first = Typing(binder: binder, signature: signature, targets: targets, results: results)
  first.passFromComponents(program.file)
  for workflow in program.file.workflows { _ = first.result(of: workflow) }
  return Typing(
    binder: binder, signature: signature, targets: targets, results: results, log: log, earlier: first)
}
