import ComposeBasic
import ComposeSyntax

/// What an action passes to a workflow of the file.
extension ActionTyper {
  /// Reports a name that the called workflow does not read, when it resembles one that it reads and is not given.
  func checkPassedNames(into diagnostics: inout Diagnostics) {
    guard let workflow = calledWorkflow, case .object(let entries)? = target.action.fields["input"]?.content,
      let names = namesRead(by: workflow)
    else { return }
    let given = Set(entries.map(\.key.value))
    guard given.isDisjoint(with: ["...", "*", "?", "+", "&", "|"]) else { return }
    let missing = names.subtracting(given).sorted()
    for entry in entries where !names.contains(entry.key.value) {
      guard let best = suggestion(for: entry.key.value, among: missing) else { continue }
      diagnostics.emit(
        Diagnostic(
          InputCode.unknownInput, "workflow '\(workflow.name)' reads no input '\(entry.key.value)'", at: entry.key.range
        )
        .help("did you mean '\(best)'?")
        .upstream("ignores it")
        .fix("write '\(best)'", .suggested, replace: entry.key.range, with: best))
    }
  }

  /// The inputs that a workflow reads by name; `nil` when it may read any.
  private func namesRead(by workflow: WorkflowDecl) -> Set<String>? {
    // The inputs of these are their own `input` inside, which is not looked into.
    let jobs = typing.signature.symbols.workflows.flatMap(\.jobs).flatMap(\.family)
    let isKnown = jobs.allSatisfy { job in
      let passesOn = job.input.map { isPassThrough($0, root: "input") } ?? true
      guard passesOn else { return true }
      if typing.catalog.callsComponent(jobKind: job.kind.value) { return typing.targets[job.range] != nil }
      return typing.catalog.jobKind(of: job)?.body?.hasOwnInput != true
    }
    guard isKnown else { return nil }
    var search = InputSearch(typing.signature)
    search.visit(workflow)
    var names: Set<String> = []
    for use in search.uses {
      guard case .key(let name)? = use.expression.path.first?.value else { return nil }
      names.insert(name)
    }
    return names
  }
}
