import ComposeBasic
package import ComposeSyntax

/// What is known about one component.
package struct ComponentShape: Sendable {
  package let type: String
  /// The shape of the component, as far as its tags choose one.
  package let component: ObjectShape
  /// The shape of the action, as far as its tags and those of the component choose one.
  package let action: ObjectShape
  /// The root under which an action's `output` sees what the component gives: `response`, `result`, ….
  package let resultName: String
}

extension Catalog {
  /// The description of a component type, in the variants that are the default; `nil` when the type is unknown.
  package func component(_ type: String) -> ComponentShape? {
    component(type, component: nil, action: nil)
  }

  /// The description of a component as its driver, task and family choose it; `nil` when the type is unknown.
  ///
  /// - Parameter action: the action that is meant; by default one without fields.
  package func component(of declaration: ComponentDecl, action: ActionDecl? = nil) -> ComponentShape? {
    component(declaration.type?.value ?? "", component: declaration.node, action: action?.node)
  }

  /// The shape of an action, as the tags of its component and its own choose it; `nil` when the type is unknown.
  package func action(_ action: ActionDecl, of declaration: ComponentDecl) -> ObjectShape? {
    component(of: declaration, action: action)?.action
  }

  private func component(_ type: String, component: YAMLNode?, action: YAMLNode?) -> ComponentShape? {
    guard let common = shape("component"), let base = library.variant(type, of: common) else { return nil }
    let shape = resolve(base, for: component).shape
    let actionBase =
      objects(in: shape.field("actions")?.type.element ?? .any, usedBy: shape)
      .min { misfit(action, in: $0) < misfit(action, in: $1) }
    return ComponentShape(
      type: type,
      component: shape,
      action: actionBase.map { resolve($0, for: action).shape }
        ?? ObjectShape(ShapeDraft(name: "action", isOpen: true)),
      resultName: library.file(type)?.directives["result"]?.first ?? "result")
  }

  /// The objects that a type names.
  package func objects(in type: ShapeType, usedBy shape: ObjectShape) -> [ObjectShape] {
    type.alternatives.compactMap { member in
      if case .named(let name) = member { self.shape(name, usedBy: shape) } else { nil }
    }
  }
}
