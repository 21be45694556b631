import ComposeBasic
package import ComposeSyntax

/// What a component type has to do with the rest of a file, as far as its shape tells: what else its components run.
package struct ComponentTraits: Sendable {
  /// A field that holds the name of another component, and which of its actions runs.
  package struct Call: Sendable {
    package let field: String
    /// Whether no action can run without it.
    package let isRequired: Bool
  }

  /// The last word of the type, which messages use: `memory`.
  package let noun: String
  /// The field of its actions that names a workflow to run.
  package let workflowField: String?
  /// The field of the component that lists workflows to choose from.
  package let toolsField: String?
  /// The field of the component with another one that it runs itself.
  package let call: Call?
  /// The field of its actions that holds commands, which may be scripts of a shell.
  package let scriptField: String?

  init(_ shape: ComponentShape, _ catalog: Catalog) {
    noun = shape.type.split(separator: "-").last.map { String($0) } ?? shape.type
    workflowField = shape.action.fieldNaming("workflow")
    toolsField = shape.component.fieldNaming("workflow")
    let calling = shape.component.fields.first { field in
      catalog.objects(in: field.type, usedBy: shape.component).contains { $0.fieldNaming("component") != nil }
    }
    call = calling.map { Call(field: $0.name, isRequired: $0.isRequired) }
    scriptField = shape.action.scriptField
  }
}

extension ObjectShape {
  /// The field with the name of a declaration of that sort, or with several.
  func fieldNaming(_ sort: String) -> String? {
    fields.first { field in
      let types = field.type.alternatives + (field.type.element?.alternatives ?? [])
      return types.contains(.reference(sort)) && shorthands[field.name] == nil
    }?.name
  }
}

extension Catalog {
  /// What the components of a type have to do with the rest of a file; `nil` when the type is unknown.
  package func traits(of component: ComponentDecl) -> ComponentTraits? {
    guard let type = component.type?.value else { return nil }
    return library.traits(of: type) { self.component(type).map { ComponentTraits($0, self) } }
  }

  /// The shape of a kind of adapter; `nil` when the kind is unknown.
  func adapter(_ adapter: AdapterDecl) -> ObjectShape? { kind(adapter.type, of: "adapter") }

  /// The shape of a kind of a section's declarations; `nil` when the kind is unknown.
  func section(_ section: SectionDecl) -> ObjectShape? { kind(section.type, of: section.kind.rawValue) }

  /// The field of a listener's entries with the name of the workflow that they start; `nil` when they start none, and
  /// when the type is unknown.
  func workflowField(ofListener listener: SectionDecl) -> String? {
    entryShape(of: listener)?.shape.fieldNaming("workflow")
  }

  /// The list of a section's entries which may stand in the section itself, and their shape.
  func entryShape(of section: SectionDecl) -> (list: String, shape: ObjectShape)? {
    guard let shape = self.section(section), let list = shape.inlined.first?.field,
      let entry = objects(in: shape.field(list)?.type.element ?? .any, usedBy: shape).first
    else { return nil }
    return (list, entry)
  }

  /// Whether a gateway's ports are pairs of a remote and a local one.
  func forwardsPorts(_ gateway: SectionDecl) -> Bool {
    section(gateway)?.field("port")?.type.contains(.forward) ?? false
  }

  private func kind(_ type: Located<String>?, of name: String) -> ObjectShape? {
    guard let type, let shape = shape(name) else { return nil }
    return library.variant(type.value, of: shape)
  }
}
