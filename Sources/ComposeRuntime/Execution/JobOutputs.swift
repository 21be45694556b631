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
    for value in values { value?.cancelStreams() }
  }
}

extension Value {
  /// Gives up every stream in the value, at any depth.
  fileprivate func cancelStreams() {
    switch self {
    case .stream(let stream): stream.cancel()
    case .list(let items): for item in items { item.cancelStreams() }
    case .object(let object): for member in object { member.value.cancelStreams() }
    default: return
    }
  }
}
