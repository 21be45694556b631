import ComposeBasic
package import ComposeSyntax

/// The declarations of a file by id, and how a missing name is resolved.
///
/// Resolution of a missing name, as in the reference: the only declaration, else the first with `default: true`.
package struct SymbolTable: Sendable {
  package let components: [ComponentDecl]
  package let workflows: [WorkflowDecl]
  private let componentIndex: [String: Int]
  private let workflowIndex: [String: Int]
  /// The first workflow with a job of that id.
  private let jobOwner: [String: Int]

  /// The ids of components that are written inside jobs, which nothing can name.
  let inlineComponents: Set<String>

  package init(_ file: ComposeFile) {
    inlineComponents = Set(file.allJobs.compactMap { $0.inlineComponent?.id?.value })
    components = file.components
    workflows = file.workflows
    componentIndex = firstIndices(file.components.map(\.name))
    workflowIndex = firstIndices(file.workflows.map(\.name))
    var owners: [String: Int] = [:]
    for (index, workflow) in file.workflows.enumerated() {
      for id in workflow.jobs.compactMap(\.id?.value) where owners[id] == nil { owners[id] = index }
    }
    jobOwner = owners
  }

  package func component(named name: String) -> ComponentDecl? { componentIndex[name].map { components[$0] } }

  package func workflow(named name: String) -> WorkflowDecl? { workflowIndex[name].map { workflows[$0] } }

  /// The first workflow that has a job of that id.
  package func workflow(withJob id: String) -> WorkflowDecl? { jobOwner[id].map { workflows[$0] } }

  /// The component of a job that names none.
  package var defaultComponent: ComponentDecl? { defaultDeclaration(components, isDefault: \.isDefault) }

  /// The workflow that runs when none is named.
  package var defaultWorkflow: WorkflowDecl? { defaultDeclaration(workflows, isDefault: \.isDefault) }

  // MARK: Calls, without a word about what is not there

  /// The component that a call runs.
  func component(of call: ComponentCall) -> ComponentDecl? {
    switch call.component {
    case .inline(let component): component
    case .named(let name): component(named: name.value)
    case .unnamed: defaultComponent
    }
  }

  /// The action that a call runs.
  func action(of call: ComponentCall, in component: ComponentDecl) -> ActionDecl? {
    guard let name = call.action, name.value != "__default__" else { return component.defaultAction }
    return component.action(named: name.value)
  }
}

extension ComponentDecl {
  package func action(named name: String) -> ActionDecl? { actions.first { $0.name == name } }

  /// The action of a job that names none.
  package var defaultAction: ActionDecl? { defaultDeclaration(actions, isDefault: \.isDefault) }
}

private func defaultDeclaration<Declaration>(
  _ all: [Declaration], isDefault: (Declaration) -> Bool
) -> Declaration? {
  all.count == 1 ? all[0] : all.first(where: isDefault)
}

private func firstIndices(_ names: [String]) -> [String: Int] {
  var indices: [String: Int] = [:]
  for (index, name) in names.enumerated() where indices[name] == nil { indices[name] = index }
  return indices
}
