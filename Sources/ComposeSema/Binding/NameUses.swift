import ComposeBasic
import ComposeSyntax

/// What the parts of a file use of each other.
struct NameUses {
  /// The places of used components.
  private(set) var components: Set<SourceRange> = []
  /// The places of used actions.
  private(set) var actions: Set<SourceRange> = []
  /// The names of used workflows; `nil` when not all are known.
  private(set) var workflows: Set<String>? = []

  /// `nil` when a part is faulty or names something that is not there, so that what it uses is not known.
  init?(_ program: borrowing TypedProgram) {
    guard Self.isReadable(program) else { return nil }
    let file = program.file
    let calls =
      file.allJobs.filter { program.catalog.callsComponent(jobKind: $0.kind.value) }.map { ComponentCall($0) }
      + file.componentCalls(program.catalog)
    for call in calls {
      guard let component = program.symbols.component(of: call) else { return nil }
      components.insert(component.node.range)
      if let action = program.symbols.action(of: call, in: component) {
        actions.insert(action.node.range)
      } else if !component.actions.isEmpty {
        return nil
      }
    }
    workflows = Self.workflows(of: file, program.symbols, program.catalog)
  }

  private static func isReadable(_ program: borrowing TypedProgram) -> Bool {
    let file = program.file
    let catalog = program.catalog
    guard !file.workflows.isEmpty, !file.hasUnreadable("component"), !file.hasUnreadable("workflow"),
      program.misspelt.isEmpty
    else { return false }
    return file.workflows.allSatisfy { !$0.jobs.isEmpty && !$0.node.hasUnreadable("job") }
      && file.allJobs.allSatisfy { catalog.shape("job:" + $0.kind.value) != nil }
      && file.allComponents.allSatisfy { $0.hasReadableCall(catalog) }
  }

  private static func workflows(of file: ComposeFile, _ symbols: SymbolTable, _ catalog: Catalog) -> Set<String>? {
    // A worker takes whatever it is asked for.
    let isWorker = file.controller?.adapters.contains { catalog.adapter($0)?.fieldNaming("workflow") != nil } ?? false
    guard !isWorker, !file.hasUnreadable("listener"), file.allComponents.allSatisfy({ $0.hasReadableTools(catalog) })
    else { return nil }
    var names: Set<String> = []
    for reference in file.workflowReferences(catalog) {
      let isDefault = reference.name.value == "__default__"
      guard let workflow = isDefault ? symbols.defaultWorkflow : symbols.workflow(named: reference.name.value) else {
        return nil
      }
      names.insert(workflow.name)
    }
    return names
  }
}

extension ComponentDecl {
  /// Whether the component that this one runs in any case has a name.
  fileprivate func hasReadableCall(_ catalog: Catalog) -> Bool {
    guard let call = catalog.traits(of: self)?.call, call.isRequired else { return true }
    return innerCall(catalog) != nil
  }

  fileprivate func hasReadableTools(_ catalog: Catalog) -> Bool {
    guard let field = catalog.traits(of: self)?.toolsField, let tools = fields[field] else { return true }
    if case .list = tools.content { return true }
    return false
  }
}
