import ComposeBasic

/// Prints what matters about a run in ten lines at most.
struct SummaryPrinter {
  let plan: Plan

  func print(_ workflows: [WorkflowPlan], asMarkdown isMarkdown: Bool) -> String {
    let facts = SummaryFacts(plan: plan, workflows: workflows)
    let rows: [(String, SummaryText)] = [
      ("jobs", facts.jobs), ("calls", facts.calls), ("models", facts.models), ("hosts", facts.hosts),
      ("environment", facts.environment), ("first byte", facts.firstByte), ("longest way", facts.criticalPath),
      ("also touches", facts.effects), ("not known", facts.unknown),
    ].filter { !$0.1.isEmpty }
    if isMarkdown {
      return ["### \(facts.title.markdown)"].joined()
        + "\n" + rows.map { "- **\($0.0.capitalizedFirst)**: \($0.1.markdown)\n" }.joined()
    }
    let width = rows.map(\.0.count).max() ?? 0
    return facts.title.text + "\n"
      + rows.map { row in
        "  \(row.0)\(String(repeating: " ", count: width - row.0.count))  \(row.1.text)\n"
      }.joined()
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension UpperBound {
  /// `at most 4`, or why there is no limit.
  func summary(_ sources: SourceSet, limit: Int = 3) -> SummaryText {
    switch self {
    case .atMost(0): return "none"
    case .atMost(.max): return "more than can be counted"
    case .atMost(let count): return "at most \(count)"
    case .none(let reasons):
      let texts = reasons.map { reason -> SummaryText in "\(code: reason.text) (\(sources.location(of: reason.range)))"
      }
      return "no bound: \(SummaryText.joined(texts, limit: limit))"
    }
  }
}

extension TimeBound {
  func summary(_ sources: SourceSet, limit: Int = 1) -> SummaryText {
    switch self {
    case .atMost(let seconds): return "at most \(shown(seconds: seconds))"
    case .none(let reasons):
      let texts = reasons.map { reason -> SummaryText in "\(reason.text) (\(sources.location(of: reason.range)))" }
      return "no bound: \(SummaryText.joined(texts, limit: limit))"
    }
  }
}

/// `1.5 s`, `300 s`.
func shown(seconds: Double) -> String {
  let rounded = (seconds * 1000).rounded() / 1000
  return (Int(exactly: rounded).map(String.init) ?? String(rounded)) + " s"
}
