import ComposeBasic

/// Prints a difference for a pull request: the verdict first, then its reasons, then what changed.
enum DifferenceMarkdown {
  static func print(_ difference: PlanDifference) -> String {
    var blocks = ["### Plan: \(difference.verdictText) for callers"]
    if !difference.reasons.isEmpty { blocks.append(table(of: difference.reasons)) }
    for workflow in difference.workflows { blocks.append(text(of: workflow)) }
    blocks += section("Serving", difference.serving.map { "- \(code($0.path)): " + text(of: $0) })
    blocks += section("Environment", difference.environment.map(text))
    blocks += section("Side effects", difference.effects.map(text))
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private static func section(_ title: String, _ lines: [String]) -> [String] {
    lines.isEmpty ? [] : ["**\(title)**", lines.joined(separator: "\n")]
  }

  private static func table(of reasons: [PlanDifference.Reason]) -> String {
    let rows = reasons.map { reason in
      let workflow = reason.workflow.map { code($0) + ": " } ?? ""
      let place = placeText(reason.old, reason.new)
      let verdict = reason.verdict.rawValue
      let cells = [
        reason.verdict == .compatible ? verdict : "**\(verdict)**", workflow + escaped(reason.message),
        place.isEmpty ? "" : code(place),
      ]
      return "| " + cells.joined(separator: " | ") + " |"
    }
    return (["| | what callers notice | where |", "|---|---|---|"] + rows).joined(separator: "\n")
  }

  private static func text(of workflow: PlanDifference.WorkflowChange) -> String {
    var lines: [String] = []
    switch workflow.kind {
    case .added: return "**Workflow \(code(workflow.id))** is new"
    case .removed: return "**Workflow \(code(workflow.id))** is gone"
    case .changed:
      lines.append(
        "**Workflow \(code(workflow.id))**" + (workflow.isRenamed ? ", was \(code(workflow.oldID ?? ""))" : ""))
    }
    lines.append("")
    lines += workflow.fields.map { "- \(code($0.path)): \(text(of: $0))" }
    for job in workflow.jobs {
      let id = code(job.newID ?? job.oldID ?? "")
      let name =
        (job.isRenamed ? ", was \(code(job.oldID ?? ""))" : "")
        + (job.oldWorkflow.map { ", from workflow \(code($0))" } ?? "")
      switch job.kind {
      case .added: lines.append("- job \(id) is new")
      case .removed: lines.append("- job \(id) is gone")
      case .moved: lines.append("- job \(id) stands at another place")
      case .affected: lines.append("- job \(id) depends on what changed")
      case .changed:
        lines.append("- job \(id)\(name)")
        lines += job.fields.map { "  - \(code($0.path)): \(text(of: $0))" }
      }
    }
    return lines.joined(separator: "\n")
  }

  private static func text(of change: PlanDifference.FieldChange) -> String {
    code(change.text(WordDiffFormat(.oneLine)))
  }

  private static func text(_ listed: PlanDifference.Listed) -> String {
    "- \(listed.isAdded ? "new" : "gone"): \(escaped(listed.text))"
  }

  // MARK: Escapes (GitHub Flavored Markdown, sections 2.4, 6.3 and 4.10)

  /// Between more backticks than stand in it. Bars would end a cell of a table.
  private static func code(_ text: String) -> String {
    let safe = safeText(text).replacing("\n", with: " ")
    var longest = 0
    var count = 0
    for character in safe {
      count = character == "`" ? count + 1 : 0
      longest = max(longest, count)
    }
    let fence = String(repeating: "`", count: longest + 1)
    let blank = longest > 0 ? " " : ""
    return fence + blank + safe.replacing("|", with: "\\|") + blank + fence
  }

  private static func escaped(_ text: String) -> String {
    String(
      safeText(text).flatMap { character -> [Character] in
        "\\`*_[]<>|#@&".contains(character) ? ["\\", character] : [character]
      })
  }
}
