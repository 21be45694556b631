import ComposeBasic
import ComposeSema

/// Prints a plan for people.
struct TextPrinter {
  let plan: Plan

  func print(_ workflows: [WorkflowPlan]) -> String {
    var lines = Lines()
    for workflow in workflows {
      append(workflow, to: &lines)
      lines.append("")
    }
    appendEnvironment(of: workflows, to: &lines)
    return lines.text
  }

  /// Lines with indentation; trailing blank lines are dropped.
  private struct Lines {
    private var lines: [String] = []
    var depth = 0

    mutating func append(_ line: String) {
      lines.append(line.isEmpty ? "" : String(repeating: "  ", count: depth) + line)
    }

    mutating func indented(_ body: (inout Lines) -> Void) {
      depth += 1
      body(&self)
      depth -= 1
    }

    /// Rows of cells in columns.
    mutating func table(_ rows: [[String]]) {
      let count = rows.map(\.count).max() ?? 0
      let widths = (0..<count).map { column in rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0 }
      for row in rows {
        let cells = row.enumerated().map { column, cell in
          column == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
        }
        append(cells.joined(separator: "  "))
      }
    }

    var text: String {
      lines[..<((lines.lastIndex { !$0.isEmpty } ?? -1) + 1)].map { $0 + "\n" }.joined()
    }
  }

  // MARK: Workflow

  private func append(_ workflow: WorkflowPlan, to lines: inout Lines) {
    let title = workflow.title.map { " — \($0)" } ?? ""
    lines.append("workflow \(workflow.id)\(title)  (\(location(workflow.range)))")
    lines.indented { lines in
      appendInputs(workflow.inputs, to: &lines)
      for stage in 0..<workflow.stageCount {
        let nodes = workflow.nodes.filter { $0.stage == stage }
        lines.append(nodes.count > 1 ? "stage \(stage + 1): \(nodes.count) jobs side by side" : "stage \(stage + 1)")
        lines.indented { lines in
          for node in nodes { append(node, of: workflow, to: &lines) }
        }
      }
      if let output = workflow.output { lines.append("output \(output.display)") }
      lines.append("returns \(workflow.outputType)")
    }
  }

  private func appendInputs(_ inputs: [InputVariable], to lines: inout Lines) {
    lines.append(inputs.isEmpty ? "no inputs" : "inputs")
    lines.indented { lines in
      lines.table(
        inputs.map { input in
          [
            input.name ?? "(the whole input)", input.type + (input.isList ? "[]" : ""),
            input.fallback.flatMap { $0.isComputed ? nil : "default \($0.text)" }
              ?? (input.isRequired ? "required" : "optional"),
          ]
        })
    }
  }

  private func append(_ node: Node, of workflow: WorkflowPlan, to lines: inout Lines) {
    lines.append("job \(node.name)  (\(location(node.range)))")
    lines.indented { lines in
      let groups = node.after.map { group in
        group.map { workflow.nodes[$0.index].name }.joined(separator: " or ")
      }
      if !groups.isEmpty { lines.append("after \(groups.joined(separator: ", "))") }
      switch node.job.operation {
      case .invoke(let invocation): append(invocation, of: node.job, to: &lines)
      case .wait, .route, .draw, .filter, .map, .fold, .iterate, .sequence, .tee, .fail:
        lines.append("\(node.job.kind) job")
      }
      if let output = node.job.output { lines.append("output \(output.display)") }
      lines.append("gives \(node.job.outputType)")
    }
  }

  private func append(_ invocation: Invocation, of job: JobPlan, to lines: inout Lines) {
    lines.append("calls \(invocation.type) '\(invocation.component)'  (\(location(invocation.range)))")
    if let input = job.input { lines.append("input \(input.display)") }
    lines.indented { lines in
      var rows: [[String]] = []
      for field in invocation.componentFields + invocation.actionFields {
        append(field.value, named: field.name.value, of: job, to: &rows)
      }
      lines.table(rows)
    }
    if let output = invocation.output {
      lines.append("\(invocation.readsChunks ? "each chunk" : "result") \(output.display)")
    }
  }

  /// One row for a scalar; objects and lists are spread over their members.
  private func append(
    _ template: PlanTemplate, named name: String, of job: JobPlan, to rows: inout [[String]]
  ) {
    switch template.content {
    case .object(let members) where !members.isEmpty:
      for member in members { append(member.value, named: "\(name).\(member.key)", of: job, to: &rows) }
    case .list(let items) where !items.isEmpty:
      for (index, item) in items.enumerated() {
        append(item, named: "\(name)[\(index)]", of: job, to: &rows)
      }
    default:
      let origin = template.origin(isInputOfWorkflow: job.input == nil)
      rows.append([name, template.display, "\(origin.rawValue)  \(location(template.range))"])
    }
  }

  // MARK: Environment

  private func appendEnvironment(of workflows: [WorkflowPlan], to lines: inout Lines) {
    guard !plan.environment.isEmpty else { return }
    lines.append("environment")
    lines.indented { lines in
      lines.table(
        plan.environment.map { need in
          let state: String =
            switch need.origin {
            case "default"?: "not set, default \(need.isSecret ? Redactor.mark : need.value ?? "")"
            case let origin?: "set by \(origin)\(need.isSecret ? ", secret" : "")"
            case nil: "not set"
            }
          return [need.name, state, location(need.range)]
        })
    }
  }

  private func location(_ range: SourceRange) -> String { plan.sources.location(of: range) }
}
