package import ComposeBasic

/// One job of a workflow.
package final class JobDecl: Sendable {
  /// What a component job runs.
  package enum ComponentReference: Sendable {
    /// The component that jobs without a name use.
    case unnamed
    case named(Located<String>)
    case inline(ComponentDecl)
  }

  package let id: Located<String>?
  /// The kind's keyword; `component` when it is not written.
  package let kind: Located<String>
  /// Each group must be satisfied; one of a group's jobs satisfies it.
  package let dependsOn: [[Located<String>]]
  package let component: ComponentReference
  package let action: Located<String>?
  package let fields: Fields
  /// The jobs that are written inside this one, in order: what a loop repeats, or the steps of a pipeline.
  package let bodies: [JobDecl]
  package let node: YAMLNode

  /// The id, or the name that the reference gives a job without one.
  package var name: String { id?.value ?? "__job__" }

  package var range: SourceRange { node.range }

  /// The place of a key, if it is written and not empty.
  package func key(_ name: String) -> SourceRange? {
    node.entry(name).flatMap { $0.value.isNull ? nil : $0.key.range }
  }

  package var input: Template? { fields["input"] }
  package var output: Template? { fields["output"] }

  package init(
    id: Located<String>?, kind: Located<String>, dependsOn: [[Located<String>]], component: ComponentReference,
    action: Located<String>?, fields: Fields, bodies: [JobDecl] = [], node: YAMLNode
  ) {
    self.id = id
    self.kind = kind
    self.dependsOn = dependsOn
    self.component = component
    self.action = action
    self.fields = fields
    self.bodies = bodies
    self.node = node
  }
}
