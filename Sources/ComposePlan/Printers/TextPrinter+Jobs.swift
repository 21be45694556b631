import ComposeBasic
import ComposeSema

/// A job: its place in the workflow, what it does, and what happens around that.
extension TextPrinter {
  func append(_ node: Node, of workflow: WorkflowPlan, to lines: inout PlanLines) {
    let notes = [context.hash(of: node, in: workflow), node.isCritical ? "critical path" : nil].compactMap { $0 }
    append(node.job, JobScopes(node), notes: notes, isStreaming: node.yield.isStream, to: &lines) { lines in
      appendPlace(of: node, in: workflow, to: &lines)
    }
  }

  /// A job of a workflow, or one inside another.
  private func append(
    _ job: JobPlan, _ scopes: JobScopes, notes: [String] = [], isStreaming: Bool = false, to lines: inout PlanLines,
    place: (inout PlanLines) -> Void = { _ in }
  ) {
    let title = job.title.map { " — \(safeText($0))" } ?? ""
    let facts = ([safeText(job.kind)] + notes).map { " · \($0)" }.joined()
    lines.section("job \(safeText(job.name))\(title)\(facts)\(context.place(job.range))") { lines in
      place(&lines)
      var rows: [PlanLines.Row] = []
      append(job.input, named: "input", in: scopes.job, to: &rows)
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
      lines.append("gives \(job.outputType.canonicalDescription)\(isStreaming ? ", as a stream" : "")")
      appendSharing(of: job, to: &lines)
    }
  }

  private func appendPlace(of node: Node, in workflow: WorkflowPlan, to lines: inout PlanLines) {
    let routers = workflow.nodes.filter { $0.job.targets.contains { $0.node == node.id } }.map { safeText($0.name) }
    if node.isRouted { lines.append("runs when \(routers.joined(separator: " or ")) leads here") }
    let groups = node.after.map { group in
      let names = group.map { safeText(workflow.nodes[$0.index].name) }
      return names.count > 1 ? "any of (\(names.joined(separator: ", ")))" : names.joined()
    }
    if !groups.isEmpty {
      lines.append("after \(groups.joined(separator: " and "))\(node.isRouted ? ", from its second run on" : "")")
    }
    if workflow.canRepeat(node) || node.maxRunCount != Node.defaultRunCount {
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

extension WorkflowPlan {
  /// Whether a way leads from the node back to it, over targets and over nodes that wait.
  fileprivate func canRepeat(_ node: Node) -> Bool {
    var reached: Set<NodeID> = []
    var open = [node.id]
    while let id = open.popLast() {
      let targets = nodes[id.index].job.targets.map(\.node)
      let waiting = nodes.filter { $0.after.contains { $0.contains(id) } }.map(\.id)
      for next in targets + waiting where reached.insert(next).inserted { open.append(next) }
    }
    return reached.contains(node.id)
  }
}
