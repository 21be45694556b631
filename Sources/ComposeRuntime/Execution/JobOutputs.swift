import ComposePlan

/// What the finished jobs of a run gave, in the order of the plan.
struct JobOutputs {
  private let names: [String]
  private var values: [Value?]
  /// The jobs with an output in the order in which they finished, which is that of the root `jobs`. A job whose output
  /// was taken away may still be in it, and one that finished again is in it twice.
  private var order: [Int] = []

  init(_ workflow: WorkflowPlan) {
    names = workflow.nodes.map(\.name)
    values = [Value?](repeating: nil, count: workflow.nodes.count)
  }

  /// What the job gave; `nil` when it has not finished, when it chose another job, and when a route led back to it.
  subscript(index: Int) -> Value? {
    get { values[index] }
    set {
      values[index] = newValue
      if newValue != nil { order.append(index) }
    }
  }

  /// The root `jobs`: `{id: {output: …}}` for every job that has an output.
  func value(_ reads: JobReads) -> Value {
    var object = OrderedObject()
    func add(_ index: Int) {
      if let value = values[index] { object[names[index]] = .object(["output": value]) }
    }
    switch reads {
    case .all: for (index, _) in finished { add(index) }
    case .some(let indices): for index in indices { add(index) }
    }
    return .object(object)
  }

  /// The jobs with an output, in the order in which they finished.
  var finished: [(job: Int, value: Value)] {
    var seen: Set<Int> = []
    let last = order.reversed().filter { seen.insert($0).inserted }.reversed()
    return last.compactMap { job in values[job].map { (job, $0) } }
  }

  /// Gives up every stream that a failed run leaves behind.
  func cancelStreams() {
    for value in values { value?.cancelStreams() }
  }
}

extension Value {
  /// Gives up every stream in the value, at any depth.
  func cancelStreams() {
    switch self {
    case .stream(let stream): stream.cancel()
    case .list(let items): for item in items { item.cancelStreams() }
    case .object(let object): for member in object { member.value.cancelStreams() }
    default: return
    }
  }
}
