import ComposeBasic

/// What a whole run of a workflow does at most, and what comes first.
extension TextPrinter {
  private static let mostReasons = 3

  func rows(of facts: WorkflowFacts, _ workflow: WorkflowPlan) -> [[String]] {
    let outcomes = facts.firstByte.outcomes.map(text)
    let rest = outcomes.count - Self.mostReasons
    let ends = outcomes.prefix(Self.mostReasons) + (rest > 0 ? ["in one of \(rest) more ways"] : [])
    var rows = [["first byte", ends.joined(separator: "; or ")]]
    // One job alone is the whole way.
    if workflow.nodes.count > 1 { rows.append(["critical path", text(facts.criticalPath)]) }
    if !facts.calls.total.isZero || facts.calls.jobs.contains(where: { !$0.bound.isZero }) {
      rows.append(["calls", text(facts.calls.total)])
    }
    let waits = text(facts.waits)
    if !waits.isEmpty { rows.append(["waits", waits]) }
    return rows.map { [$0[0], safeText(context.redactor.redact($0[1]))] }
  }

  // MARK: Order

  private func text(_ outcome: FirstByte.Outcome) -> String {
    let jobs = outcome.after.map(name) + outcome.afterOneOf.map { "one of (\($0.map(name).joined(separator: ", ")))" }
    let all = jobs.joined(separator: ", ")
    let read =
      outcome.readWhole.isEmpty
      ? "" : "; the stream of \(outcome.readWhole.map(name).joined(separator: ", ")) is read whole first"
    let begin = jobs.isEmpty ? "" : "after \(all), "
    return switch outcome.start {
    case .stream(let job): "\(begin)with the first chunk of \(name(job))\(read)"
    case .workflow(let job, let id): "\(begin)with what workflow \(id) streams first in \(name(job))\(read)"
    case .whole where jobs.isEmpty: "when all is done"
    case .whole: jobs.count == 1 ? "when \(all) is done\(read)" : "when all of these are done: \(all)\(read)"
    }
  }

  /// The reference's name for a job without one means nothing to people.
  private func name(_ job: String) -> String { job == "__job__" ? "the job" : job }

  private func text(_ path: CriticalPath) -> String {
    let calls =
      switch path.calls {
      case 0: "no call"
      case 1: "1 call"
      default: "\(path.calls) calls in a row"
      }
    let pauses = path.wait > 0 ? ", \(humanDuration(path.wait)) of pauses" : ""
    return "\(path.jobs.joined(separator: " → ")): \(calls)\(pauses)"
  }

  // MARK: Bounds

  private func text(_ bound: UpperBound) -> String {
    switch bound {
    case .atMost(.max): "more than can be counted"
    case .atMost(let count): "at most \(count)"
    case .none(let reasons): "no bound: \(text(reasons))"
    }
  }

  private func text(_ bound: TimeBound) -> String {
    switch bound {
    case .atMost(let seconds): seconds > 0 ? "at most \(humanDuration(seconds))" : ""
    case .none(let reasons): "no bound: \(text(reasons))"
    }
  }

  private func text(_ reasons: [UpperBound.Reason]) -> String {
    var seen: Set<String> = []
    let different = reasons.filter { seen.insert($0.text).inserted }
    let texts = different.prefix(Self.mostReasons).map { reason in
      reason.text + (context.options.locations ? " (\(context.location(reason.range)))" : "")
    }
    let rest = different.count - texts.count
    return texts.joined(separator: "; ") + (rest > 0 ? "; and \(rest) more" : "")
  }

  // MARK: Effects

  /// What a run may touch: a list of all that must be allowed.
  func append(_ effects: SideEffects, to lines: inout PlanLines) {
    var rows: [[String]] = effects.hosts.map { ["host", text($0.what) { $0.text }, places($0.places)] }
    for (name, list) in [
      ("command", effects.commands), ("reads file", effects.filesRead), ("writes file", effects.filesWritten),
      ("process", effects.processes), ("workflow", effects.workflows), ("package", effects.packages),
    ] {
      rows += list.map { [name, text($0.what) { $0 }, places($0.places)] }
    }
    // Where they are used stands in the table of the environment.
    let variables = effects.environment.map { text($0.what) { $0 } }
    if !variables.isEmpty { rows.append(["environment", variables.joined(separator: ", ")]) }
    guard !rows.isEmpty else { return lines.append("touches nothing") }
    lines.section("touches only") { lines in
      lines.table(rows.map { $0.map { safeText(context.redactor.redact($0)) } })
    }
  }

  private func text<Value>(_ what: Effect<Value>.What, _ known: (Value) -> String) -> String {
    switch what {
    case .known(let value): known(value)
    case .atRunTime(let expression): "\(expression), at run time"
    }
  }

  /// The first places, and how many more there are.
  func places(_ ranges: [SourceRange], limit: Int = 2) -> String {
    guard context.options.locations else { return "" }
    let places = ranges.prefix(limit).map(context.location).joined(separator: ", ")
    return ranges.count > limit ? "\(places) and \(ranges.count - limit) more" : places
  }
}
