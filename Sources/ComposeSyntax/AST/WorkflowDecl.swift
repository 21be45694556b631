package import ComposeBasic

/// One workflow: a graph of jobs and what it returns.
package final class WorkflowDecl: Sendable {
  package let id: Located<String>?
  package let title: Located<String>?
  package let description: Located<String>?
  package let isDefault: Bool
  package let isPrivate: Bool
  package let jobs: [JobDecl]
  package let output: Template?
  package let node: YAMLNode
  /// Whether the one job's keys stand in the workflow itself, as older files write them.
  package let isFlat: Bool

  /// The id, or the name that the reference gives a workflow without one.
  package var name: String { id?.value ?? "__workflow__" }

  package var range: SourceRange { node.range }

  package init(
    id: Located<String>?, title: Located<String>?, description: Located<String>?, isDefault: Bool, isPrivate: Bool,
    jobs: [JobDecl], output: Template?, node: YAMLNode, isFlat: Bool
  ) {
    self.id = id
    self.title = title
    self.description = description
    self.isDefault = isDefault
    self.isPrivate = isPrivate
    self.jobs = jobs
    self.output = output
    self.node = node
    self.isFlat = isFlat
  }
}
