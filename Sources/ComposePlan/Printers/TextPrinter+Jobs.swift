import ComposeBasic
import ComposeSema

/// A job: its place in the workflow, what it does, and what happens around that.
extension TextPrinter {
  func append(
    _ node: Node, of workflow: WorkflowPlan, _ facts: WorkflowFacts?, _ sent: SentValues, _ ways: WorkflowWays,
    to lines: inout PlanLines
  ) {
    let notes = [
      // The only job is critical, and gives what the workflow returns.
      node.isCritical && workflow.nodes.count > 1 ? "critical path" : nil,
      facts.flatMap { note(on: $0.calls(of: node)) }, context.hash(of: node, in: workflow)?.short,
    ]
    let result: Result =
      workflow.nodes.count == 1 && workflow.output == nil ? .ofWorkflow : node.yield.isStream ? .stream : .value
    append(
      node.job, JobScopes(node, sent: sent), notes: notes.compactMap { $0 }, result, to: &lines
    ) { lines in
      appendPlace(of: node, in: workflow, ways, to: &lines)
    }
  }

  /// How often a job calls in the worst case; `nil` when nobody needs to be told.
  private func note(on calls: UpperBound) -> String? {
    switch calls {
    case .atMost(...1): nil
    case .atMost(.max): "more calls than can be counted"
    case .atMost(let count): "up to \(count) calls"
    case .none: "calls without a bound"
    }
  }

  /// How a job hands on what it gives.
  private enum Result {
    case value
    case stream
    /// It is what the workflow returns, and shown there.
    case ofWorkflow
  }

  /// A job of a workflow, or one inside another.
  private func append(
    _ job: JobPlan, _ scopes: JobScopes, notes: [String] = [], _ result: Result = .value, to lines: inout PlanLines,
    place: (inout PlanLines) -> Void = { _ in }
  ) {
    let title = job.title.map { " — \(safeText($0))" } ?? ""
    let facts = ([safeText(job.kind)] + notes).map { " · \($0)" }.joined()
    lines.section("job \(safeText(job.name))\(title)\(facts)\(context.place(job.range))") { lines in
      place(&lines)
      var rows: [PlanLines.Row] = []
      if !showsInput(of: job, scopes) { append(job.input, named: "input", in: scopes.job, to: &rows) }
      lines.table(rows)
      appendInterrupts(of: job, .before, scopes, to: &lines)
      append(job.operation, of: job, scopes, to: &lines)
      for (index, body) in job.bodies.enumerated() {
        lines.indented { append(body, scopes.inside(job, at: index), to: &$0) }
      }
      appendInterrupts(of: job, .after, scopes, to: &lines)
      rows = []
      append(job.output, named: "output", in: scopes.job, to: &rows)
      lines.table(rows)
      appendFailureHandling(of: job, scopes, to: &lines)
      if result != .ofWorkflow, !job.isRouter, job.outputType != .any || result == .stream {
        lines.append("gives \(job.outputType.canonicalDescription)\(result == .stream ? ", as a stream" : "")")
      }
      appendSharing(of: job, to: &lines)
    }
  }

  /// Whether the rows of a call show all that the job gives it.
  private func showsInput(of job: JobPlan, _ scopes: JobScopes) -> Bool {
    guard case .invoke(let invocation) = job.operation, let scope = scopes.fields, let input = job.input,
      !job.interrupts.contains(where: { $0.phase == .before })
    else { return false }
    let fields = (invocation.componentFields + invocation.actionFields).map(\.value)
    guard fields.allSatisfy(scope.followsInput) else { return false }
    let used = fields.flatMap(\.references).filter { $0.root == "input" && !$0.isChunk }
    guard case .object(let members) = input.content else { return !used.isEmpty }
    return members.allSatisfy { member in used.contains { $0.steps.isEmpty || $0.steps.first == .key(member.key) } }
  }

  private func appendPlace(
    of node: Node, in workflow: WorkflowPlan, _ ways: WorkflowWays, to lines: inout PlanLines
  ) {
    if node.isRouted {
      let routers = ways.routers[node.id.index].map { safeText(workflow.nodes[$0].name) }
      lines.append("runs when \(routers.joined(separator: " or ")) leads here")
    }
    let groups = node.after.map { group in
      let names = group.map { safeText(workflow.nodes[$0.index].name) }
      return names.count > 1 ? "any of (\(names.joined(separator: ", ")))" : names.joined()
    }
    if !groups.isEmpty {
      lines.append("after \(groups.joined(separator: " and "))\(node.isRouted ? ", from its second run on" : "")")
    }
    if ways.repeating.contains(node.id.index) || node.maxRunCount != Node.defaultRunCount {
      lines.append("may run up to \(times(node.maxRunCount))")
    }
  }

  // MARK: Around the operation

  private func appendInterrupts(
    of job: JobPlan, _ phase: JobPhase, _ scopes: JobScopes, to lines: inout PlanLines
  ) {
    let hooks = job.hooks.filter { $0.phase == phase }
    for interrupt in job.interrupts where interrupt.phase == phase {
      let condition = interrupt.condition.map { ", when " + context.redactor.redact($0.display) } ?? ""
      let moment = phase == .before ? "before it runs" : "when it has run"
      lines.section("asks \(moment)\(condition)\(context.place(interrupt.range))") { lines in
        var rows: [PlanLines.Row] = []
        append(interrupt.message, named: "message", in: scopes.job, to: &rows)
        append(interrupt.metadata, named: "metadata", in: scopes.job, to: &rows)
        lines.table(rows)
        lines.append("the answer takes the place of the \(phase == .before ? "input" : "result")")
      }
    }
    for hook in hooks {
      let count =
        hook.script.split(separator: "\n", omittingEmptySubsequences: false).count
        - (hook.script.hasSuffix("\n") ? 1 : 0)
      lines.append(
        "hook \(phase == .before ? "before it runs" : "when it has run"): \(count) \(count == 1 ? "line" : "lines") of "
          + "Python, not run by this program\(context.place(hook.range))")
    }
  }

  private func appendFailureHandling(of job: JobPlan, _ scopes: JobScopes, to lines: inout PlanLines) {
    var rows: [PlanLines.Row] = []
    append(job.timeout, named: "must end within", in: scopes.job, to: &rows) { humanDuration($0) }
    if let retry = job.retry {
      append("up to \(times(retry.attempts))\(delays(of: retry))", named: "tried", at: retry.range, to: &rows)
    }
    if let handling = job.onError {
      let name = "if it fails"
      switch handling.action {
      case .ignore: append("gives null", named: name, at: handling.range, to: &rows)
      case .output(let template): append(template, named: "\(name), output", in: scopes.job, to: &rows)
      case .route(let target): append("→ job \(target.name)", named: name, at: target.range, to: &rows)
      }
    }
    lines.table(rows)
  }

  /// What is waited between the attempts, as far as it is known: `, after 1 s, 2 s, 4 s, …, at most 30 s`.
  private func delays(of retry: Retry) -> String {
    guard retry.attempts > 1 else { return "" }
    let longest = retry.longestDelay?.knownSeconds
    let limit = retry.longestDelay.map { ", at most \(longest.map(humanDuration) ?? $0.display)" } ?? ""
    guard let delay = retry.delay else { return ", at once" }
    guard let first = delay.knownSeconds else {
      return ", after \(delay.display)\(retry.isExponential ? ", twice as long each time" : "")\(limit)"
    }
    if first == 0 { return ", at once" }
    guard retry.isExponential else { return ", after \(humanDuration(min(first, longest ?? first))) each" }
    let count = retry.attempts - 1
    let waits = (0..<min(count, 4)).map { step -> String in
      let wait = first * Double(1 << step)
      return humanDuration(min(wait, longest ?? wait))
    }
    return ", after \(waits.joined(separator: ", "))\(count > 4 ? ", …" : "")\(limit)"
  }

  func times(_ count: Int) -> String { count == 1 ? "once" : "\(count) times" }
}

/// How the jobs of a workflow lead to each other, found once for all of them.
struct WorkflowWays {
  /// For each node those that lead to it.
  let routers: [[Int]]
  /// The nodes from which a way leads back to them, over targets and over nodes that wait.
  let repeating: Set<Int>

  init(_ workflow: WorkflowPlan) {
    let graph = WorkflowGraph(workflow)
    routers = graph.routers
    repeating = graph.onCycle
  }
}
