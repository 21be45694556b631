import ComposeRuntime

/// What the roots of a vector's template stand for.
struct VectorScope {
  private(set) var scope = Scope()

  /// Every source as a root that the run has set; those whose names end in `[]` are chunks.
  init(sources: OrderedObject) { register(sources) }

  /// The sources as one of the places of a file sees them (language specification, sections 10.1 and 18).
  init(sources: OrderedObject, context: String) throws(InvalidVector) {
    scope.callers["input"] = sources["input"] ?? .object(OrderedObject())
    switch context {
    case "workflow", "job":
      scope.callers["context"] = .object(Self.workflowContext(sources))
      scope.roots["jobs"] = .object(Self.jobs(sources))
      if context == "job", case .object(let local)? = sources["local"] { register(local) }
    case "component":
      scope.callers["context"] = .object(["run_id": .text("run-1")])
      // Where a chunk is in scope, what belongs to the whole answer is not.
      if case .object(let visible)? = sources["scoped"] ?? sources["local"] { register(visible) }
    default: throw InvalidVector("there is no context '\(context)'")
    }
  }

  private mutating func register(_ sources: OrderedObject) {
    for (name, value) in sources {
      if name.hasSuffix("[]") {
        scope.chunks[String(name.dropLast(2))] = value
      } else {
        scope.roots[name] = value
      }
    }
  }

  private static func workflowContext(_ sources: OrderedObject) -> OrderedObject {
    var context: OrderedObject = ["task_id": .text("task-1")]
    if case .text(let id)? = sources["session_id"], !id.isEmpty { context["session_id"] = .text(id) }
    if case .object(let metadata)? = sources["metadata"], !metadata.isEmpty { context["metadata"] = .object(metadata) }
    return context
  }

  private static func jobs(_ sources: OrderedObject) -> OrderedObject {
    var jobs = OrderedObject()
    if case .object(let outputs)? = sources["jobs"] {
      for (id, output) in outputs { jobs[id] = .object(["output": output]) }
    }
    return jobs
  }
}
