import ComposePlan

/// What the finished jobs of a run gave, in the order of the plan.
struct JobOutputs {
  private let names: [String]
  private var values: [Value?]

  init(_ workflow: WorkflowPlan) {
    names = workflow.nodes.map(\.job)
    values = [Value?](repeating: nil, count: workflow.nodes.count)
  }

  mutating func set(_ value: Value, of id: NodeID) { values[id.index] = value }

  subscript(id: NodeID) -> Value { values[id.index] ?? .null }

  /// The root `jobs`: `{id: {output: …}}` for every job that has finished.
  var value: Value {
    var object = OrderedObject()
    for (name, value) in zip(names, values) {
      if let value { object[name] = .object(["output": value]) }
    }
    return .object(object)
  }

  /// Gives up every stream that a failed run leaves behind.
  func cancelStreams() {
    for case .stream(let stream)? in values { stream.cancel() }
  }
}
