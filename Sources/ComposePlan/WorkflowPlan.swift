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
  /// In an order in which each node comes after those it waits for.
  package let nodes: [Node]
  /// What a run returns; without it, what the terminal nodes give.
  package let output: PlanTemplate?
  package let outputType: Type
  package let range: SourceRange

  package init(
    id: String, title: String?, description: String?, isDefault: Bool, isPrivate: Bool, inputs: [InputVariable],
    outputs: [WorkflowOutput], nodes: [Node], output: PlanTemplate?, outputType: Type, range: SourceRange
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

/// One job.
package struct Node: Sendable {
  package let id: NodeID
  /// The job's id.
  package let job: String
  package let operation: Operation
  /// Each group must be satisfied; one of a group's nodes satisfies it.
  package let after: [[NodeID]]
  /// 0 for nodes that wait for nothing, else one more than the latest of those waited for.
  package let stage: Int
  /// What the node gives, made from `${output}`; without it, what the operation gives.
  package let output: PlanTemplate?
  package let outputType: Type
  /// Whether no other node waits for this one.
  package let isTerminal: Bool
  /// Options of the job that this version does not carry out.
  package let refused: [Located<String>]
  package let range: SourceRange

  package init(
    id: NodeID, job: String, operation: Operation, after: [[NodeID]], stage: Int, output: PlanTemplate?,
    outputType: Type, isTerminal: Bool, refused: [Located<String>], range: SourceRange
  ) {
    self.id = id
    self.job = job
    self.operation = operation
    self.after = after
    self.stage = stage
    self.output = output
    self.outputType = outputType
    self.isTerminal = isTerminal
    self.refused = refused
    self.range = range
  }
}
