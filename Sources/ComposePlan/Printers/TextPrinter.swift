import ComposeBasic
import ComposeSema

/// Prints a plan for people.
struct TextPrinter {
  let context: PrintContext

  init(_ context: PrintContext) { self.context = context }

  func print(_ workflows: [WorkflowPlan]) -> String {
    var lines = PlanLines()
    for workflow in workflows {
      append(workflow, to: &lines)
      lines.append("")
    }
    appendEnvironment(to: &lines)
    appendServing(to: &lines)
    return lines.text
  }

  // MARK: Workflow

  private func append(_ workflow: WorkflowPlan, to lines: inout PlanLines) {
    let title = workflow.title.map { " — \(safeText($0))" } ?? ""
    let isDefault = context.plan.workflows.count > 1 && workflow.id == context.plan.defaultWorkflow?.id
    let hash = context.hash(of: workflow).map { " · \($0.short)" } ?? ""
    let notes = (isDefault ? " · default" : "") + (workflow.isPrivate ? " · private" : "") + hash
    let facts = WorkflowFacts(workflow, in: context.plan)
    lines.section("workflow \(safeText(workflow.id))\(title)\(notes)\(context.place(workflow.range))") { lines in
      for line in (workflow.description?.trimmingBlanks).map({ blockLines($0) }) ?? [] { lines.append(line) }
      appendInputs(of: workflow, to: &lines)
      let ways = WorkflowWays(workflow)
      let sent = SentValues(workflow)
      let stages = Dictionary(grouping: workflow.nodes, by: \.stage)
      for stage in 0..<workflow.stageCount {
        append(stage, stages[stage] ?? [], of: workflow, facts, sent, ways, to: &lines)
      }
      var rows: [PlanLines.Row] = []
      append(workflow.timeout, named: "must end within", in: .workflow, to: &rows) { humanDuration($0) }
      append(workflow.output, named: "output", in: .workflow, to: &rows)
      lines.table(rows)
      let result = "\(workflow.outputType.canonicalDescription)\(workflow.isStreaming ? ", as a stream" : "")"
      lines.table([["returns", result]] + (facts.map { self.rows(of: $0, workflow) } ?? []) + self.rows(of: sent))
      if let facts { append(facts.effects, to: &lines) }
    }
  }

  private func append(
    _ stage: Int, _ nodes: [Node], of workflow: WorkflowPlan, _ facts: WorkflowFacts?, _ sent: SentValues,
    _ ways: WorkflowWays, to lines: inout PlanLines
  ) {
    // Of several jobs that others lead to, some may never run.
    let count = nodes.contains(where: \.isRouted) ? "up to \(nodes.count)" : "\(nodes.count)"
    lines.section(
      nodes.count > 1 ? "stage \(stage + 1): \(count) jobs side by side" : "stage \(stage + 1)"
    ) { lines in
      for node in nodes { append(node, of: workflow, facts, sent, ways, to: &lines) }
    }
  }

  private func appendInputs(of workflow: WorkflowPlan, to lines: inout PlanLines) {
    let inputs = workflow.inputs
    let defaults = DefaultPlaces(workflow)
    guard !inputs.isEmpty else { return lines.append("no inputs") }
    lines.section("inputs") { lines in
      lines.table(
        inputs.byName.map { input in
          PlanLines.Row(
            cells: [
              input.name.map(safeText) ?? "(the whole input)", type(of: input), need(of: input),
              context.location(defaults[input] ?? input.range),
            ],
            block: input.description.map { blockLines($0) } ?? [])
        })
    }
  }

  private func type(of input: InputVariable) -> String {
    var text = input.type
    if let subtype = input.subtype, input.options.isEmpty { text += "/\(subtype)" }
    if input.isList { text += "[]" }
    if let format = input.format { text += ";\(format)" }
    let options = input.options.map(\.display)
    if options.isEmpty { return safeText(text) }
    return safeText("\(text) (\(options.joined(separator: ", ")))")
  }

  private func need(of input: InputVariable) -> String {
    guard let fallback = input.fallback else { return input.isRequired ? "required" : "optional" }
    let text = context.redactor.redact(fallback.text)
    return "default " + (text.isEmpty || text.contains(where: \.isNewline) ? quoted(text) : safeText(text))
  }

  // MARK: Around the workflows

  private func appendEnvironment(to lines: inout PlanLines) {
    guard !context.plan.environment.isEmpty else { return }
    lines.section("environment") { lines in
      lines.table(
        context.plan.environment.map { need in
          let state: String =
            switch need.origin {
            case "default"?:
              "not set, default \(need.isSecret ? Redactor.mark : (need.value ?? "").isEmpty ? "\"\"" : need.value ?? "")"
            case let origin?: "set by \(origin)\(need.isSecret ? ", secret" : "")"
            case nil: "not set"
            }
          return [safeText(need.name), safeText(state), places(need.uses)]
        })
    }
    lines.append("")
  }

  private func appendServing(to lines: inout PlanLines) {
    let serving = context.plan.serving
    var rows: [[String]] = []
    for api in serving.apis {
      rows.append(["API", "http://\(api.address.host):\(api.address.port)\(api.basePath)"])
      // Every adapter has one unless the file says otherwise.
      switch api.webSocket {
      case nil: rows.append(["", "no WebSocket"])
      case let webSocket? where webSocket.path != ServingPlan.WebSocket().path:
        rows.append(["", "WebSocket at \(api.basePath)\(webSocket.path)"])
      case _?: break
      }
      for mount in api.staticMounts {
        rows.append(["", "\(mount.path.isEmpty ? "/" : mount.path) is the folder \(mount.folder)"])
      }
    }
    if let page = serving.webUI { rows.append(["Web UI", "http://\(page.host):\(page.port)"]) }
    if let pages = serving.webPages { rows.append(["", "its pages are in the folder \(pages.folder)"]) }
    if serving.runLimit > 0 { rows.append(["runs", "at most \(serving.runLimit) at the same time"]) }
    for api in serving.apis where !api.origins.isEmpty {
      let whose = serving.apis.count > 1 ? " at port \(api.address.port)" : ""
      rows.append(["origins", api.origins.joined(separator: ", ") + whose])
    }
    for listener in context.plan.listeners {
      let address = "http://\(listener.address.host):\(listener.address.port)"
      if listener.callbacks.isEmpty { rows.append(["callbacks", address, context.location(listener.range)]) }
      for callback in listener.callbacks {
        rows.append(["callbacks", "\(callback.method) \(address)\(callback.path)", context.location(callback.range)])
      }
    }
    for part in serving.refused { rows.append(["not served", part.value, context.location(part.range)]) }
    guard !rows.isEmpty else { return }
    lines.section("serves") { lines in lines.table(rows.map { $0.map(safeText) }) }
  }
}

extension [InputVariable] {
  /// The whole input first, then by name: printed plans do not show the order of keys in the file.
  var byName: [InputVariable] {
    enumerated().sorted { ($0.element.name ?? "", $0.offset) < ($1.element.name ?? "", $1.offset) }.map(\.element)
  }
}

extension SchemaValue {
  fileprivate var display: String {
    switch self {
    case .text(let text), .integer(let text), .json(let text): text
    case .number(let number): shortNumber(number)
    case .boolean(let value): value ? "true" : "false"
    }
  }
}
