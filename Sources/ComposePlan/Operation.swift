package import ComposeBasic
package import ComposeSema

/// What a node does: a small closed set, switched without `default` by the printers and the interpreter.
package enum Operation: Sendable {
  /// Runs an action of a component.
  case invoke(Invocation)
  /// A job kind that is checked and shown, but not yet lowered.
  case unlowered(kind: String)
}

/// A call of a component's action.
package struct Invocation: Sendable {
  package let component: String
  package let type: String
  package let action: String
  /// What the action sees as `${input}`; without it, the workflow's input.
  package let input: PlanTemplate?
  package let componentFields: [PlanField]
  package let actionFields: [PlanField]
  /// What the action returns, made from its result.
  package let output: PlanTemplate?
  /// The root under which `output` sees the result: `response`, `result`, ….
  package let resultName: String
  /// Whether `output` is made once for each chunk of a stream.
  package let readsChunks: Bool
  /// The described API that is called.
  package let api: String?
  package let resultType: Type
  /// Where the action is written.
  package let range: SourceRange
  /// Where the component is written.
  package let componentRange: SourceRange

  package init(
    component: String, type: String, action: String, input: PlanTemplate?, componentFields: [PlanField],
    actionFields: [PlanField], output: PlanTemplate?, resultName: String, readsChunks: Bool, api: String?,
    resultType: Type, range: SourceRange, componentRange: SourceRange
  ) {
    self.component = component
    self.type = type
    self.action = action
    self.input = input
    self.componentFields = componentFields
    self.actionFields = actionFields
    self.output = output
    self.resultName = resultName
    self.readsChunks = readsChunks
    self.api = api
    self.resultType = resultType
    self.range = range
    self.componentRange = componentRange
  }

  package func componentField(_ name: String) -> PlanTemplate? { componentFields.last { $0.name.value == name }?.value }

  package func actionField(_ name: String) -> PlanTemplate? { actionFields.last { $0.name.value == name }?.value }
}

/// A field of a component or action.
package struct PlanField: Sendable {
  package let name: Located<String>
  package let value: PlanTemplate

  package init(name: Located<String>, value: PlanTemplate) {
    self.name = name
    self.value = value
  }
}
