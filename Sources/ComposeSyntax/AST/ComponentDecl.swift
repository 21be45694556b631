package import ComposeBasic

/// One component: something that does work.
package final class ComponentDecl: Sendable {
  package let id: Located<String>?
  package let type: Located<String>?
  package let isDefault: Bool
  package let fields: Fields
  package let actions: [ActionDecl]
  package let node: YAMLNode

  /// The id, or the name that the reference gives a component without one.
  package var name: String { id?.value ?? "__component__" }

  package var range: SourceRange { node.range }

  package init(
    id: Located<String>?, type: Located<String>?, isDefault: Bool, fields: Fields, actions: [ActionDecl], node: YAMLNode
  ) {
    self.id = id
    self.type = type
    self.isDefault = isDefault
    self.fields = fields
    self.actions = actions
    self.node = node
  }
}

/// One thing that a component can do.
package final class ActionDecl: Sendable {
  package let id: Located<String>?
  package let isDefault: Bool
  package let fields: Fields
  /// The action's mapping, or the component's when the action's keys stand there.
  package let node: YAMLNode
  /// Whether the keys stand in the component itself, as older files write them.
  package let isFlat: Bool

  /// The id, or the name that the reference gives an action without one.
  package var name: String { id?.value ?? "__action__" }

  package var output: Template? { fields["output"] }
  package var range: SourceRange { node.range }

  package init(id: Located<String>?, isDefault: Bool, fields: Fields, node: YAMLNode, isFlat: Bool) {
    self.id = id
    self.isDefault = isDefault
    self.fields = fields
    self.node = node
    self.isFlat = isFlat
  }
}
