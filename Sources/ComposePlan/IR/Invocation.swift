package import ComposeBasic
package import ComposeSema

/// A call of a component's action.
package struct Invocation: Sendable {
  package var component: String
  package var type: String
  package var action: String
  package var componentFields: [PlanField]
  package var actionFields: [PlanField]
  /// What the action returns, made from its result.
  package var output: PlanTemplate?
  /// The root under which `output` sees the result: `response`, `result`, ….
  package var resultName: String
  /// Whether `output` is made once for each chunk of a stream.
  package var readsChunks: Bool
  /// The described API that is called.
  package var api: String?
  /// The workflow that the action runs, where it is one of the file.
  package var workflow: String?
  package var resultType: Type
  /// How a streamed result is read, as one step for each chunk; `nil` before `fuse-streams`, and for other results.
  package var pipeline: StreamPipeline?
  /// How many readers of the same result there are in `output`.
  package var resultReaders = 1
  /// How often the action runs side by side; once without it.
  package var repeatCount: PlanTemplate?
  /// How many runs of the component there may be at the same time; 0 for any number.
  package var concurrencyLimit: Int
  /// What the catalogue says of component and action, and of the mappings in them.
  package var shapes: [PlacedShape] = []
  /// The actions of other components that the component itself runs.
  package var calls: [Invocation] = []
  /// What the component's model may ask it to run.
  package var tools: [PlanTool] = []
  /// Whether the component needs a model or a package besides the program.
  package var needsPackage = false
  /// Where the action is written.
  package var range: SourceRange
  /// Where the component is written.
  package var componentRange: SourceRange

  package init(
    component: String, type: String, action: String, componentFields: [PlanField] = [],
    actionFields:
      [PlanField] = [], output: PlanTemplate? = nil, resultName: String, readsChunks: Bool = false,
    api: String? =
      nil, workflow: String? = nil, resultType: Type, repeatCount: PlanTemplate? = nil, concurrencyLimit: Int = 0,
    range: SourceRange, componentRange: SourceRange
  ) {
    self.component = component
    self.type = type
    self.action = action
    self.componentFields = componentFields
    self.actionFields = actionFields
    self.output = output
    self.resultName = resultName
    self.readsChunks = readsChunks
    self.api = api
    self.workflow = workflow
    self.resultType = resultType
    self.repeatCount = repeatCount
    self.concurrencyLimit = concurrencyLimit
    self.range = range
    self.componentRange = componentRange
  }

  /// Whether the action gives what becomes of the work behind its request, and not the answer to it.
  package var waitsForCompletion: Bool {
    guard let completion = actionField("completion"), case .object = completion.content else { return false }
    return true
  }

  /// Whether a call from outside ends the action.
  package var waitsForCallback: Bool {
    waitsForCompletion && actionField("completion")?["type"]?.literal == .text("callback")
  }

  /// The workflows that the component may choose to run.
  package var toolWorkflows: [String] { tools.compactMap(\.workflow) }

  package func componentField(_ name: String) -> PlanTemplate? { componentFields.last { $0.name.value == name }?.value }

  package func actionField(_ name: String) -> PlanTemplate? { actionFields.last { $0.name.value == name }?.value }
}

/// A field of a component or action.
package struct PlanField: Sendable {
  package let name: Located<String>
  package var value: PlanTemplate

  package init(name: Located<String>, value: PlanTemplate) {
    self.name = name
    self.value = value
  }
}
