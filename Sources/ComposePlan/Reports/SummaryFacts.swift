import ComposeBasic

/// The lines of a summary, for one workflow or several.
struct SummaryFacts {
  let plan: Plan
  let workflows: [WorkflowPlan]
  /// Of these workflows and those that they run.
  private let allEffects: SideEffects
  private let requests: [PlannedRequest]
  private let bounds: [CallBound]

  init(plan: Plan, workflows: [WorkflowPlan]) {
    self.plan = plan
    self.workflows = workflows
    var collector = EffectCollector(plan: plan)
    for workflow in workflows { collector.add(workflow) }
    allEffects = collector.effects
    let called = collector.visited
    requests = plan.workflows.filter { called.contains($0.id) }.flatMap(plannedRequests)
    bounds = workflows.map { callBound(of: $0, in: plan) }
  }

  var title: SummaryText {
    guard workflows.count == 1 else {
      return "\(workflows.count) workflows: \(SummaryText.joined(workflows.map { "\(code: $0.id)" }))"
    }
    let workflow = workflows[0]
    let title: SummaryText = workflow.title.map { " — \($0)" } ?? ""
    return "workflow \(code: workflow.id)\(title) (\(plan.sources.location(of: workflow.range)))"
  }

  /// One text for one workflow, and each with its name for several.
  private func each(_ text: (Int) -> SummaryText) -> SummaryText {
    guard workflows.count > 1 else { return workflows.isEmpty ? "" : text(0) }
    return .joined(workflows.indices.map { "\(code: workflows[$0].id): \(text($0))" }, separator: "; ")
  }

  var jobs: SummaryText {
    each { index in
      let workflow = workflows[index]
      let stages = Dictionary(grouping: workflow.nodes, by: \.stage)
      let widest = stages.values.map(\.count).max() ?? 0
      let parallel: SummaryText = widest > 1 ? ", up to \(widest) side by side" : ""
      return "\(counted(workflow.nodes.count, "job")) in \(counted(workflow.stageCount, "stage"))\(parallel)"
    }
  }

  var calls: SummaryText {
    each { index in
      let bound = bounds[index]
      let parts = bound.jobs.filter { !$0.bound.isZero }
      guard case .atMost(1...) = bound.total, parts.count > 1 else { return bound.total.summary(plan.sources) }
      let jobs = parts.compactMap { job -> SummaryText? in
        if case .atMost(let count) = job.bound { "\(code: job.name) \(count)" } else { nil }
      }
      return "\(bound.total.summary(plan.sources)) (\(SummaryText.joined(jobs)))"
    }
  }

  /// What described APIs are asked for.
  var models: SummaryText {
    var texts: [SummaryText] = []
    var seen: Set<String> = []
    for request in requests where request.api != nil {
      guard case .object(let members)? = request.body?.value, let model = members.last(where: { $0.name == "model" })
      else { continue }
      let text = model.value.knownText ?? RequestPiece.display(of: model.value)
      if seen.insert(text).inserted { texts.append("\(code: text)") }
    }
    return .joined(texts)
  }

  var hosts: SummaryText {
    allEffects.hosts.isEmpty
      ? "none"
      : .joined(
        allEffects.hosts.map { host in
          switch host.what {
          case .known(let host): "\(code: host.text)"
          case .atRunTime(let expression): "\(code: expression) (at run time)"
          }
        })
  }

  var environment: SummaryText {
    let used = Set(allEffects.environment.map(\.what))
    let needs = plan.environment.filter { used.contains(.known($0.name)) }
    // What is missing comes first: nothing runs without it.
    let sorted = needs.filter { $0.value == nil } + needs.filter { $0.value != nil }
    return .joined(
      sorted.map { need in
        let state = need.value == nil ? "missing" : need.origin == "default" ? "by default" : "set"
        return "\(code: need.name) \(state)"
      })
  }

  var firstByte: SummaryText {
    each { index in
      let outcomes = ComposePlan.firstByte(of: workflows[index], in: plan).outcomes
      return .joined(outcomes.map(\.summary), separator: "; or ", limit: 3)
    }
  }

  var criticalPath: SummaryText {
    each { index in
      let path = ComposePlan.criticalPath(of: workflows[index], in: plan)
      let jobs = SummaryText.joined(path.jobs.map { "\(code: $0)" }, separator: " → ", limit: 8)
      let pauses: SummaryText = path.wait > 0 ? ", \(shown(seconds: path.wait)) of pauses" : ""
      return "\(jobs): \(path.calls == 1 ? "1 call" : "\(path.calls) calls in a row")\(pauses)"
    }
  }

  var effects: SummaryText {
    var texts: [SummaryText] = []
    func add(_ verb: String, _ effects: [Effect<String>]) {
      if !effects.isEmpty { texts.append("\(verb) \(SummaryText.joined(effects.map(\.summary), limit: 4))") }
    }
    add("runs", allEffects.commands)
    add("starts", allEffects.processes)
    add("reads", allEffects.filesRead)
    add("writes", allEffects.filesWritten)
    add("runs workflow", allEffects.workflows)
    add("needs packages for", allEffects.packages)
    return texts.isEmpty ? "nothing" : .joined(texts, separator: "; ")
  }

  var unknown: SummaryText {
    var texts: [SummaryText] = []
    var seen: Set<UpperBound.Reason> = []
    for bound in bounds {
      guard case .none(let reasons) = bound.total else { continue }
      for reason in reasons where seen.insert(reason).inserted { texts.append("how often: \(code: reason.text)") }
    }
    for host in allEffects.hosts {
      if case .atRunTime(let expression) = host.what { texts.append("which host: \(code: expression)") }
    }
    for command in allEffects.commands {
      if case .atRunTime(let expression) = command.what { texts.append("which command: \(code: expression)") }
    }
    for file in allEffects.filesRead + allEffects.filesWritten {
      if case .atRunTime(let expression) = file.what { texts.append("which file: \(code: expression)") }
    }
    return texts.isEmpty ? "nothing" : .joined(texts, limit: 4)
  }

  private func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}

extension Effect<String> {
  var summary: SummaryText {
    switch what {
    case .known(let value): "\(code: value)"
    case .atRunTime(let expression): "\(code: expression) (at run time)"
    }
  }
}

extension FirstByte.Outcome {
  var summary: SummaryText {
    let alternatives = afterOneOf.map { "one of \($0.joined(separator: ", "))" }
    let jobs = SummaryText.joined(after.map { "\(code: $0)" } + alternatives.map { "\($0)" })
    let read: SummaryText =
      readWhole.isEmpty
      ? "" : "; the stream of \(SummaryText.joined(readWhole.map { "\(code: $0)" })) is read whole first"
    let begin: SummaryText = jobs.isEmpty ? "at once" : "after \(jobs)"
    switch start {
    case .stream(let job): return "\(begin), with the first chunk of \(code: job)\(read)"
    case .workflow(let job, let id): return "\(begin), with what workflow \(code: id) streams in \(code: job)\(read)"
    case .whole: return jobs.isEmpty ? "when all is done" : "when done: \(jobs)\(read)"
    }
  }
}

extension RequestPiece {
  /// A value for people.
  static func display(of value: RequestValue) -> String {
    (value.pieces ?? value.holes.map { .hole($0) }).map(\.display).joined()
  }
}
