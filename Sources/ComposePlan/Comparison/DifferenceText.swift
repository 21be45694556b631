import ComposeBasic

/// Prints a difference for people.
struct DifferenceText {
  let color: Bool

  func print(_ difference: PlanDifference) -> String {
    var lines: [String] = []
    for workflow in difference.workflows { lines += text(of: workflow) + [""] }
    lines += section("serving", difference.serving.flatMap { text(of: $0) })
    lines += section("environment", difference.environment.map(text))
    lines += section("side effects", difference.effects.map(text))
    lines += section("for callers", difference.reasons.map(text))
    lines.append("verdict: \(styled(difference.verdictText, difference.verdict))")
    return lines.map { $0 + "\n" }.joined()
  }

  private func section(_ title: String, _ lines: [String]) -> [String] {
    lines.isEmpty ? [] : [title] + lines.map { "  " + $0 } + [""]
  }

  // MARK: Workflows

  private func text(of workflow: PlanDifference.WorkflowChange) -> [String] {
    let place = place(workflow.old, workflow.new)
    switch workflow.kind {
    case .added: return ["\(mark("+")) workflow \(safeText(workflow.id))\(place)"]
    case .removed: return ["\(mark("-")) workflow \(safeText(workflow.id))\(place)"]
    case .changed:
      let name = workflow.isRenamed ? ", was \(safeText(workflow.oldID ?? ""))" : ""
      return ["workflow \(safeText(workflow.id))\(name)\(place)"]
        + workflow.fields.flatMap { text(of: $0) }.map { "  " + $0 }
        + workflow.jobs.flatMap { text(of: $0) }.map { "  " + $0 }
    }
  }

  private func text(of job: PlanDifference.JobChange) -> [String] {
    let id = safeText(job.newID ?? job.oldID ?? "")
    let place = place(job.old, job.new)
    var name = job.isRenamed ? ", was \(safeText(job.oldID ?? ""))" : ""
    if let workflow = job.oldWorkflow { name += ", from workflow \(safeText(workflow))" }
    switch job.kind {
    case .added: return ["\(mark("+")) job \(id)\(place)"]
    case .removed: return ["\(mark("-")) job \(id)\(place)"]
    case .changed:
      return ["\(mark("~")) job \(id)\(name)\(place)"] + job.fields.flatMap { text(of: $0) }.map { "    " + $0 }
    case .moved: return ["\(mark(".")) job \(id) stands at another place\(place)"]
    case .affected: return ["\(mark(".")) job \(id) depends on what changed\(place)"]
    }
  }

  /// One line, or the lines of a longer text below its path.
  private func text(of change: PlanDifference.FieldChange) -> [String] {
    let lines = change.text(WordDiffFormat(.lines, color: color)).split(
      separator: "\n", omittingEmptySubsequences: false)
    let place = place(change.old?.place, change.new?.place)
    let path = safeText(change.path)
    guard lines.count > 1 else { return ["\(path): \(lines.first ?? "")\(place)"] }
    return ["\(path):\(place)"] + lines.map { "  " + $0 }
  }

  // MARK: Lines

  private func text(_ listed: PlanDifference.Listed) -> String {
    "\(mark(listed.isAdded ? "+" : "-")) \(safeText(listed.text))\(place(nil, listed.place))"
  }

  private func text(_ reason: PlanDifference.Reason) -> String {
    let verdict = reason.verdict.rawValue
    let padding = String(repeating: " ", count: 12 - verdict.utf8.count)
    let workflow = reason.workflow.map { "\(safeText($0)): " } ?? ""
    return "\(styled(verdict, reason.verdict))\(padding)\(workflow)\(safeText(reason.message))"
      + place(reason.old, reason.new)
  }

  private func place(_ old: PlanSnapshot.Place?, _ new: PlanSnapshot.Place?) -> String {
    let text = placeText(old, new)
    return text.isEmpty ? "" : styled("  (\(text))", "2")
  }

  // MARK: Style

  private func mark(_ sign: String) -> String { styled(sign, ["+": "32", "-": "31", "~": "33"][sign] ?? "2") }

  private func styled(_ text: String, _ verdict: PlanDifference.Verdict) -> String {
    switch verdict {
    case .compatible: styled(text, "32")
    case .breaking: styled(text, "31")
    case .unknown: styled(text, "33")
    }
  }

  private func styled(_ text: String, _ parameter: String) -> String {
    color ? "\u{1B}[\(parameter)m\(text)\u{1B}[0m" : text
  }
}

extension PlanDifference {
  /// `same` when there is nothing to judge.
  var verdictText: String { status == .same ? "same" : verdict.rawValue }
}
