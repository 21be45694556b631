package import ComposeBasic

/// Something that a model may ask a component to run.
package struct PlanTool: Sendable {
  /// What the model calls it.
  package let name: String
  /// The workflow of the file that is run; `nil` for a tool that only the caller can run.
  package let workflow: String?
  /// What the model is told: `name`, `description` and `parameters`, a JSON Schema. It holds constants only.
  package let definition: PlanTemplate
  /// The parameters of a workflow by the names that calls give them, in the order in which the file uses them.
  package let parameters: [String]
  /// Where the component lists it.
  package let range: SourceRange

  package init(
    name: String, workflow: String? = nil, definition: PlanTemplate, parameters: [String] = [], range: SourceRange
  ) {
    self.name = name
    self.workflow = workflow
    self.definition = definition
    self.parameters = parameters
    self.range = range
  }
}
