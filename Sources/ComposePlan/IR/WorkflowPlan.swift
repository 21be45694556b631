package import ComposeBasic
package import ComposeSema

/// The lowered form of one workflow.
package struct WorkflowPlan: Sendable {
  package let id: String
  package let title: String?
  package let description: String?
  package let isDefault: Bool
  package let isPrivate: Bool
  package let inputs: [InputVariable]
  /// What a run returns, as the file's expressions describe it.
  package let outputs: [WorkflowOutput]
  /// The jobs. After `order-nodes` each comes after those it waits for.
  package var nodes: [Node]
  /// What a run returns; without it, what the terminal nodes give.
  package var output: PlanTemplate?
  package let outputType: Type
  /// How long a run may take.
  package var timeout: PlanTemplate?
  /// Whether a run goes on when its client leaves.
  package var continuesOnDisconnect = false
  /// How the result is handed to the caller; `either` before `infer-streaming`.
  package var yield = Yield.either
  package let range: SourceRange

  package init(
    id: String, title: String? = nil, description: String? = nil, isDefault: Bool = false,
    isPrivate: Bool =
      false, inputs: [InputVariable] = [], outputs: [WorkflowOutput] = [], nodes: [Node],
    output: PlanTemplate? =
      nil, outputType: Type, timeout: PlanTemplate? = nil, range: SourceRange
  ) {
    self.id = id
    self.title = title
    self.description = description
    self.isDefault = isDefault
    self.isPrivate = isPrivate
    self.inputs = inputs
    self.outputs = outputs
    self.nodes = nodes
    self.output = output
    self.outputType = outputType
    self.timeout = timeout
    self.range = range
  }

  /// Whether the result surely is a stream.
  package var isStreaming: Bool { outputType.isStream }

  /// How many stages of nodes there are that can run side by side.
  package var stageCount: Int { (nodes.map(\.stage).max() ?? -1) + 1 }
}

/// Names a node inside one workflow.
package struct NodeID: Hashable, Comparable, Sendable {
  package let index: Int

  package init(_ index: Int) { self.index = index }

  package static func < (left: NodeID, right: NodeID) -> Bool { left.index < right.index }
}

/// One job of a workflow and its place among the others.
package struct Node: Sendable {
  package var id: NodeID
  package var job: JobPlan
  /// Each group must be satisfied; one of a group's nodes satisfies it.
  package var after: [[NodeID]]
  /// Whether the job starts only when another one leads to it, the first time whatever it waits for.
  package var isRouted: Bool
  /// How often one run may start it.
  package var maxRunCount: Int
  /// Whether no other node waits for this one.
  package var isTerminal: Bool
  /// 0 for nodes that wait for nothing, else one more than the latest of those waited for or led here by.
  package var stage: Int
  /// Whether the node lies on the longest path of the workflow.
  package var isCritical: Bool
  /// How the job hands on what it gives; `either` before `infer-streaming`.
  package var yield = Yield.either

  package init(
    id: NodeID, job: JobPlan, after: [[NodeID]] = [], isRouted: Bool = false, maxRunCount: Int = 25,
    isTerminal:
      Bool = true, stage: Int = 0, isCritical: Bool = false
  ) {
    self.id = id
    self.job = job
    self.after = after
    self.isRouted = isRouted
    self.maxRunCount = maxRunCount
    self.isTerminal = isTerminal
    self.stage = stage
    self.isCritical = isCritical
  }

  /// The job's id.
  package var name: String { job.name }

  package var range: SourceRange { job.range }
}
