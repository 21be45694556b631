import ComposeBasic

/// Makes the canonical forms of the jobs of one workflow.
///
/// Names of jobs are left out, this one's too, except where a run can see them.
struct JobForms {
  let workflow: WorkflowPlan
  let templates: TemplateForms
  /// For each node, by its number, those that lead to it, each with its ways out that do.
  private let waysIn: [Int: [CanonicalForm]]

  init(_ workflow: WorkflowPlan, _ environment: EnvironmentPlaces) {
    self.workflow = workflow
    templates = TemplateForms(environment: environment, jobs: Set(workflow.nodes.map(\.name)))
    waysIn = Self.waysIn(of: workflow)
  }

  /// What the job does, wherever it stands.
  func form(_ node: Node) -> CanonicalForm {
    let targets = node.job.family.flatMap(\.targets).map(\.name)
    let writer = JobFormWriter(
      templates: templates, targets: targets.uniqueRanks, salt: "\(workflow.id):\(node.name)")
    return writer.form(node.job, endsWorkflow: node.isTerminal, maxRunCount: node.maxRunCount)
  }

  /// The job at its place: what it waits for, and who leads to it by which way out.
  ///
  /// - Parameter form: that of the job, wherever it stands.
  func placedForm(_ node: Node, _ form: CanonicalForm) -> CanonicalForm {
    .record(
      "node",
      [
        "job": form,
        "after": node.after.isEmpty
          ? nil : .set(node.after.map { group in .set(group.map { .job(workflow.nodes[$0.index].name) }) }),
        "routed": node.isRouted ? .set(waysIn[node.id.index] ?? []) : nil,
      ])
  }

  /// The way out of another job is its position among all ways out of that job.
  private static func waysIn(of workflow: WorkflowPlan) -> [Int: [CanonicalForm]] {
    var ways: [Int: [CanonicalForm]] = [:]
    for router in workflow.nodes {
      let targets = router.job.family.flatMap(\.targets)
      let positions = Dictionary(grouping: targets.indices) { targets[$0].node.index }
      for (node, positions) in positions {
        ways[node, default: []].append(
          .record("from", ["job": .job(router.name), "ways": .list(positions.map { .integer($0) })]))
      }
    }
    return ways
  }
}

extension [String] {
  /// How many different ones stand before the first place of each.
  fileprivate var uniqueRanks: [String: Int] {
    var ranks: [String: Int] = [:]
    for name in self where ranks[name] == nil { ranks[name] = ranks.count }
    return ranks
  }
}

/// Writes one job and the jobs inside it.
private struct JobFormWriter {
  let templates: TemplateForms
  /// The places to which the job leads, by the names of the jobs there.
  let targets: [String: Int]
  let salt: String

  /// - Parameters:
  ///   - endsWorkflow: makes a difference only to what the job would decode.
  ///   - maxRunCount: `nil` for a job inside another one.
  func form(_ job: JobPlan, endsWorkflow: Bool = false, maxRunCount: Int? = nil) -> CanonicalForm {
    .placed(
      .record(
        "job",
        [
          "input": job.input.map(form), "operation": form(job.operation, endsWorkflow: endsWorkflow),
          "output": job.output.map(form),
          "encoded": endsWorkflow && job.decodes ? .boolean(true) : nil,
          "interrupts": job.interrupts.isEmpty ? nil : .list(job.interrupts.map(form)),
          "hooks": job.hooks.isEmpty ? nil : .list(job.hooks.map(form)),
          "retry": job.retry.map(form), "on_error": job.onError.map(form), "timeout": job.timeout.map(form),
          "max_run_count": maxRunCount.map(CanonicalForm.integer),
        ]), job.range)
  }

  private func form(_ template: PlanTemplate) -> CanonicalForm { templates.form(template) }

  private func form(_ target: JobTarget) -> CanonicalForm {
    .placed(.integer(targets[target.name] ?? -1), target.range)
  }

  // MARK: Operations

  private func form(_ operation: Operation, endsWorkflow: Bool) -> CanonicalForm {
    switch operation {
    case .invoke(let invocation): CanonicalForm.call(of: invocation, templates)
    case .wait(.interval(let interval)): .record("wait", ["interval": form(interval)])
    case .wait(.until(let time, let zone)): .record("wait", ["until": form(time), "zone": zone.map(form)])
    case .route(let route):
      .record("route", ["arms": .list(route.arms.map(form)), "otherwise": route.otherwise.map(form)])
    case .draw(let draw): form(draw)
    case .filter(let filter):
      .record(
        "filter", ["where": filter.condition.map(templates.form), "streaming": .boolean(filter.isStreaming)])
    case .map(let loop):
      .record(
        "map",
        ["body": form(loop.body), "batch": .integer(loop.batchSize), "streaming": .boolean(loop.isStreaming)])
    case .fold(let fold):
      .record("fold", ["body": form(fold.body), "accumulator": fold.accumulator.map(form)])
    case .iterate(let iteration):
      .record(
        "iterate",
        [
          "body": form(iteration.body), iteration.endsWhenTrue ? "until" : "while": templates.form(iteration.condition),
          "limit": .integer(iteration.limit),
        ])
    case .sequence(let steps):
      .record(
        "sequence",
        [
          "steps": .list(
            steps.enumerated().map { form($1, endsWorkflow: endsWorkflow && $0 == steps.count - 1) })
        ])
    case .tee(let tee):
      .record(
        "tee",
        [
          "branches": .set(tee.branches.map(CanonicalForm.text)), "buffer": .integer(tee.bufferSize),
          "spooled": .boolean(tee.isSpooled),
        ])
    case .fail(let message): .record("fail", ["message": .text(message)])
    }
  }

  private func form(_ arm: Route.Arm) -> CanonicalForm {
    .placed(
      .record(
        "arm",
        [
          "method": .text(arm.method.name), "value": arm.value.map(form), "then": arm.ifTrue.map(form),
          "else": arm.ifFalse.map(form),
        ]), arm.range)
  }

  /// A draw for a session is a hash of the salt, the session and the names of the targets: the names count there.
  private func form(_ draw: Draw) -> CanonicalForm {
    let isSticky = draw.session != nil
    return .record(
      "draw",
      [
        "choices": .list(
          draw.choices.map { choice in
            .record(
              "choice",
              [
                "to": form(choice.target), "weight": choice.weight.map { .constant(.number($0)) },
                "name": isSticky ? .text(choice.target.name) : nil,
              ])
          }),
        "weighted": .boolean(draw.isWeighted), "session": draw.session.map(form),
        "salt": draw.salt.map(form) ?? (isSticky ? .text(salt) : nil),
      ])
  }

  // MARK: Around the operation

  private func form(_ interrupt: Interrupt) -> CanonicalForm {
    .placed(
      .record(
        "interrupt",
        [
          "phase": .text(interrupt.phase.rawValue), "condition": interrupt.condition.map(templates.form),
          "message": interrupt.message.map(form), "metadata": interrupt.metadata.map(form),
        ]), interrupt.range)
  }

  private func form(_ hook: Hook) -> CanonicalForm {
    .placed(
      .record("hook", ["phase": .text(hook.phase.rawValue), "script": .text(hook.script)]), hook.range)
  }

  private func form(_ retry: Retry) -> CanonicalForm {
    .placed(
      .record(
        "retry",
        [
          "attempts": .integer(retry.attempts), "delay": retry.delay.map(form),
          "exponential": .boolean(retry.isExponential), "longest_delay": retry.longestDelay.map(form),
        ]), retry.range)
  }

  private func form(_ handling: FailureHandling) -> CanonicalForm {
    let form: CanonicalForm =
      switch handling.action {
      case .ignore: .record("ignore", [:])
      case .output(let template): .record("output", ["value": self.form(template)])
      case .route(let target): .record("to", ["job": self.form(target)])
      }
    return .placed(form, handling.range)
  }
}

extension JobPlan {
  /// Whether `output` decodes text when the job does not end the workflow (language specification, section 10.4).
  fileprivate var decodes: Bool {
    output?.references.contains { ["base64", "url", "data-uri"].contains($0.cast?.format) } ?? false
  }
}
