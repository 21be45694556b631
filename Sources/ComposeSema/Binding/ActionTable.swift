import ComposeBasic
import ComposeSyntax

/// The actions of a file with what is known about each. It is found out once, however many jobs run the action.
package struct ActionTable: Sendable {
  /// Every action that is declared or written inside a job, once.
  package let all: [ActionTarget]
  private let indices: [ObjectIdentifier: Int]
  private let catalog: Catalog

  init(_ file: ComposeFile, catalog: Catalog) {
    self.catalog = catalog
    all = file.allComponents.flatMap { component in
      component.actions.map { ActionTarget(component: component, action: $0, catalog: catalog) }
    }
    var indices: [ObjectIdentifier: Int] = [:]
    indices.reserveCapacity(all.count)
    for (index, target) in all.enumerated() { indices[ObjectIdentifier(target.action)] = index }
    self.indices = indices
  }

  /// An action of a component.
  func target(_ component: ComponentDecl, _ action: ActionDecl) -> ActionTarget {
    indices[ObjectIdentifier(action)].map { all[$0] }
      ?? ActionTarget(component: component, action: action, catalog: catalog)
  }
}
