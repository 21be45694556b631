import ComposeBasic
import ComposeSema

/// Makes the picture of workflows from a plan: jobs as boxes, what they wait for and where they lead as arrows.
struct DrawPlan {
  let context: PrintContext

  func graph(of workflows: [WorkflowPlan]) -> PlanGraph {
    let names = workflows.map(name)
    return PlanGraph(
      title: names.count == 1 ? "Plan of \(names[0])" : "Plan of \(names.count) workflows",
      groups: workflows.map { PlanGraph.Group(title: name(of: $0), level: level(of: $0)) })
  }

  /// The reference's name for a workflow without one means nothing to people.
  private func name(of workflow: WorkflowPlan) -> String {
    text(workflow.title ?? (workflow.id == "__workflow__" ? "the workflow" : workflow.id))
  }

  /// Secrets are taken out before anything is shortened or escaped.
  private func text(_ text: String) -> String { context.redactor.redact(text) }

  // MARK: Workflow

  private func level(of workflow: WorkflowPlan) -> PlanGraph.Level {
    let requests = SentValues(workflow).requests
    var nodes = workflow.nodes.map { node in
      box(
        node.job, requests, id: id(of: node.id), stage: node.isRouted ? nil : node.stage, isCritical: node.isCritical)
    }
    var edges = workflow.nodes.flatMap { node in waits(of: node, in: workflow) + leads(from: node) }
    if !workflow.inputs.isEmpty {
      let lines = workflow.inputs.byName.map { input in
        text(
          "\(input.name ?? "input") (\(input.type)\(input.isList ? "[]" : ""))\(input.isRequired ? "" : ", optional")")
      }
      nodes.insert(PlanGraph.Node(id: "inputs", title: "inputs", lines: Array(lines.prefix(6)), shape: .start), at: 0)
      let first = workflow.nodes.filter { $0.after.isEmpty && !$0.isRouted }
      edges += first.map { PlanGraph.Edge(from: "inputs", to: id(of: $0.id), isCritical: $0.isCritical) }
    }
    nodes.append(
      PlanGraph.Node(
        id: "result", title: "result", lines: [text(workflow.outputType.canonicalDescription)], shape: .end,
        isStreaming: workflow.isStreaming))
    edges += results(of: workflow)
    return PlanGraph.Level(nodes: nodes, edges: edges)
  }

  private func id(of node: NodeID) -> String { "job\(node.index)" }

  /// From the jobs that the result is made of.
  private func results(of workflow: WorkflowPlan) -> [PlanGraph.Edge] {
    var sources = workflow.nodes.filter { $0.isTerminal && !$0.job.isRouter }
    if let output = workflow.output {
      let read = Set(output.references.filter { $0.root == "jobs" }.compactMap(\.firstKey))
      let named = workflow.nodes.filter { read.contains($0.name) }
      if !named.isEmpty { sources = named }
    }
    return sources.map {
      PlanGraph.Edge(
        from: id(of: $0.id), to: "result", isCritical: $0.isCritical, isStreaming: $0.job.outputType.isStream)
    }
  }

  private func waits(of node: Node, in workflow: WorkflowPlan) -> [PlanGraph.Edge] {
    node.after.flatMap { group in
      group.map { earlier in
        let from = workflow.nodes[earlier.index]
        return PlanGraph.Edge(
          from: id(of: earlier), to: id(of: node.id), kind: group.count > 1 ? .anyOf : .dependency,
          isCritical: from.isCritical && node.isCritical, isStreaming: from.job.outputType.isStream)
      }
    }
  }

  private func leads(from node: Node) -> [PlanGraph.Edge] {
    var edges: [PlanGraph.Edge] = []
    func lead(to target: JobTarget?, _ label: String, _ kind: PlanGraph.Edge.Kind = .route) {
      guard let target else { return }
      edges.append(PlanGraph.Edge(from: id(of: node.id), to: id(of: target.node), kind: kind, label: text(label)))
    }
    switch node.job.operation {
    case .route(let route):
      for arm in route.arms {
        let comparison = "\(arm.method.display) \(arm.value?.display ?? "null")"
        lead(to: arm.ifTrue, comparison)
        lead(to: arm.ifFalse, "not \(comparison)")
      }
      lead(to: route.otherwise, "otherwise")
    case .draw(let draw):
      for (choice, share) in zip(draw.choices, draw.shares) { lead(to: choice.target, humanShare(share)) }
    case .invoke, .wait, .filter, .map, .fold, .iterate, .sequence, .tee, .fail: break
    }
    if case .route(let target)? = node.job.onError?.action { lead(to: target, "on error", .failure) }
    return edges
  }

  // MARK: Jobs

  /// - Parameter requests: those of the workflow, by the names of the jobs that send them.
  private func box(
    _ job: JobPlan, _ requests: [String: [PlannedRequest]], id: String, stage: Int? = nil, isCritical: Bool = false
  ) -> PlanGraph.Node {
    var body = PlanGraph.Level()
    for (index, inner) in job.bodies.enumerated() {
      body.nodes.append(box(inner, requests, id: "\(id).\(index)"))
      if index > 0 { body.edges.append(PlanGraph.Edge(from: "\(id).\(index - 1)", to: "\(id).\(index)")) }
    }
    return PlanGraph.Node(
      id: id, title: text(job.title ?? job.name), lines: lines(of: job, requests[job.name] ?? []).map(text),
      shape: shape(of: job), stage: stage,
      isCritical: isCritical, isStreaming: job.outputType.isStream,
      tooltip: context.options.locations ? context.location(job.range) : nil, job: text(job.name), body: body)
  }

  private func shape(of job: JobPlan) -> PlanGraph.Node.Shape {
    switch job.operation {
    case .route, .draw: .choice
    case .wait: .wait
    case .map, .fold, .iterate, .sequence: .container
    case .invoke, .filter, .tee, .fail: job.interrupts.isEmpty ? .step : .wait
    }
  }

  private func lines(of job: JobPlan, _ requests: [PlannedRequest]) -> [String] {
    var lines = [job.kind]
    switch job.operation {
    case .invoke(let invocation):
      lines[0] = invocation.workflow.map { "runs workflow \($0)" } ?? invocation.displayName
      lines += requests.map(\.shortText)
      if let api = invocation.api, requests.isEmpty { lines.append(api) }
      if let count = invocation.repeatCount { lines.append("\(count.display) side by side") }
    case .wait(.interval(let interval)):
      lines[0] = "waits \(interval.knownSeconds.map(humanDuration) ?? interval.display)"
    case .wait(.until(let time, _)): lines[0] = "waits until \(time.display)"
    case .filter(let filter): if let condition = filter.condition { lines.append("where \(condition.display)") }
    case .map(let loop): lines[0] = "for each, \(loop.batchSize) at a time"
    case .iterate(let loop):
      lines[0] = "\(loop.endsWhenTrue ? "until" : "while") \(loop.condition.display), up to \(loop.limit) times"
    case .tee(let tee): lines.append("\(tee.branches.count) readers")
    case .route, .draw, .fold, .sequence, .fail: break
    }
    if let retry = job.retry, retry.attempts > 1 { lines.append("\(retry.attempts) attempts") }
    for interrupt in job.interrupts { lines.append("asks \(interrupt.phase.rawValue)") }
    return lines
  }
}

extension PlanReference {
  /// The name behind the root.
  fileprivate var firstKey: String? {
    if case .key(let name)? = steps.first { return name }
    return nil
  }
}
