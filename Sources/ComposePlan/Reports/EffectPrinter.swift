import ComposeBasic

/// Prints what a run may touch as a list, each line with its place.
struct EffectPrinter {
  let plan: Plan

  func print(_ workflows: [WorkflowPlan]) -> String {
    var collector = EffectCollector(plan: plan)
    for workflow in workflows { collector.add(workflow) }
    let effects = collector.effects
    var lines: [String] = []
    lines += effects.hosts.map { line("host", shown($0), $0.places) }
    lines += rows("command", effects.commands)
    lines += rows("read", effects.filesRead)
    lines += rows("write", effects.filesWritten)
    lines += rows("environment", effects.environment)
    lines += rows("workflow", effects.workflows)
    lines += rows("process", effects.processes)
    lines += rows("package", effects.packages)
    return lines.isEmpty ? "nothing\n" : lines.map { $0 + "\n" }.joined()
  }

  private func rows(_ kind: String, _ effects: [Effect<String>]) -> [String] {
    effects.map { effect in
      switch effect.what {
      case .known(let value): line(kind, value, effect.places)
      case .atRunTime(let expression): line(kind, "at run time \(expression)", effect.places)
      }
    }
  }

  private func shown(_ host: Effect<SideEffects.Host>) -> String {
    switch host.what {
    case .known(let host): host.text
    case .atRunTime(let expression): "at run time \(expression)"
    }
  }

  private func line(_ kind: String, _ text: String, _ places: [SourceRange]) -> String {
    let locations = places.map { plan.sources.location(of: $0) }.joined(separator: ", ")
    return "\(kind)\(String(repeating: " ", count: max(0, 12 - kind.count)))\(text)  (\(locations))"
  }
}
