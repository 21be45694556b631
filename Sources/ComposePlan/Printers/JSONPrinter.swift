import ComposeBasic
import ComposeSema

/// Prints a plan for programs. The shape is `docs/plan.schema.json`.
struct JSONPrinter {
  let plan: Plan

  func print(_ workflows: [WorkflowPlan]) -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("format_version", Plan.formatVersion)
      json.array("workflows") { json in
        for workflow in workflows { append(workflow, to: &json) }
      }
      json.object("serving") { json in append(plan.serving, to: &json) }
      json.array("environment") { json in
        for need in plan.environment { append(need, to: &json) }
      }
    }
    return json.text + "\n"
  }

  private func append(_ workflow: WorkflowPlan, to json: inout JSONWriter) {
    json.object { json in
      json.member("id", workflow.id)
      json.member("title", optional: workflow.title)
      json.member("description", optional: workflow.description)
      json.member("default", workflow.id == plan.defaultWorkflow?.id)
      json.member("private", workflow.isPrivate)
      appendLocation(workflow.range, to: &json)
      json.array("inputs") { json in
        for input in workflow.inputs { append(input, to: &json) }
      }
      json.array("nodes") { json in
        for node in workflow.nodes { append(node, to: &json) }
      }
      if let output = workflow.output {
        json.key("output")
        append(output, to: &json)
      }
      json.member("returns", workflow.outputType.description)
      json.member("streaming", workflow.isStreaming)
    }
  }

  private func append(_ input: InputVariable, to json: inout JSONWriter) {
    json.object { json in
      json.member("name", optional: input.name)
      json.member("type", input.type)
      json.member("is_list", input.isList)
      json.member("subtype", optional: input.subtype)
      json.member("format", optional: input.format)
      appendDefault(of: input, to: &json)
      json.member("required", input.isRequired)
      json.member("description", optional: input.description)
      appendLocation(input.range, to: &json)
    }
  }

  /// The default as the value that it becomes, where that is known.
  private func appendDefault(of input: InputVariable, to json: inout JSONWriter) {
    guard let text = input.fallback else { return }
    json.key("default")
    switch input.type {
    case "integer", "number":
      if jsonKind(of: text) == .scalar, Double(text) != nil { json.raw(text) } else { json.string(text) }
    case "boolean": json.boolean(text.lowercased() == "true" || text == "1")
    default: json.string(text)
    }
  }

  private func append(_ serving: ServingPlan, to json: inout JSONWriter) {
    for (name, address) in [("api", serving.api), ("web_ui", serving.webUI)] {
      guard let address else { continue }
      json.object(name) { json in
        json.member("host", address.host)
        json.member("port", address.port)
      }
    }
    json.member("base_path", serving.basePath)
    json.array("origins") { json in
      for origin in serving.origins { json.string(origin) }
    }
    if !serving.refused.isEmpty {
      json.array("refused") { json in
        for part in serving.refused { json.string(part.value) }
      }
    }
  }

  private func append(_ node: Node, to json: inout JSONWriter) {
    json.object { json in
      json.member("id", node.id.index)
      json.member("job", node.job)
      json.member("stage", node.stage)
      json.array("after") { json in
        for group in node.after {
          json.array { json in
            for id in group { json.integer(id.index) }
          }
        }
      }
      json.member("terminal", node.isTerminal)
      appendLocation(node.range, to: &json)
      json.object("operation") { json in append(node.operation, to: &json) }
      if !node.refused.isEmpty {
        json.array("refused") { json in
          for option in node.refused { json.string(option.value) }
        }
      }
      if let output = node.output {
        json.key("output")
        append(output, to: &json)
      }
      json.member("gives", node.outputType.description)
    }
  }

  private func append(_ operation: Operation, to json: inout JSONWriter) {
    switch operation {
    case .unlowered(let kind):
      json.member("kind", "unlowered")
      json.member("job_type", kind)
    case .invoke(let invocation):
      json.member("kind", "invoke")
      json.member("component", invocation.component)
      json.member("type", invocation.type)
      json.member("action", invocation.action)
      json.member("api", optional: invocation.api)
      appendLocation(invocation.range, to: &json)
      if let input = invocation.input {
        json.key("input")
        append(input, to: &json)
      }
      append(invocation.componentFields, named: "component_fields", to: &json)
      append(invocation.actionFields, named: "action_fields", to: &json)
      if let output = invocation.output {
        json.key(invocation.readsChunks ? "each_chunk" : "result")
        append(output, to: &json)
      }
      json.member("gives", invocation.resultType.description)
    }
  }

  private func append(_ fields: [PlanField], named name: String, to json: inout JSONWriter) {
    json.object(name) { json in
      for field in fields {
        json.key(field.name.value)
        append(field.value, to: &json)
      }
    }
  }

  private func append(_ need: EnvironmentNeed, to json: inout JSONWriter) {
    json.object { json in
      json.member("name", need.name)
      json.member("set", need.origin != nil && need.origin != "default")
      json.member("origin", optional: need.origin)
      json.member("secret", need.isSecret)
      appendLocation(need.range, to: &json)
    }
  }

  // MARK: Values

  private func append(_ template: PlanTemplate, to json: inout JSONWriter) {
    json.object { json in
      switch template.content {
      case .constant(let value):
        json.key("known")
        append(value, to: &json)
      case .text(let pieces): appendText(pieces, to: &json)
      case .reference(let reference): json.member("expression", reference.source)
      case .list(let items):
        json.array("list") { json in
          for item in items { append(item, to: &json) }
        }
      case .object(let members):
        json.object("object") { json in
          for member in members {
            json.key(member.key)
            append(member.value, to: &json)
          }
        }
      case .structural(let name): json.member("operator", name)
      }
      appendLocation(template.range, to: &json)
    }
  }

  private func appendText(_ pieces: [PlanPiece], to json: inout JSONWriter) {
    json.array("text") { json in
      for piece in pieces {
        switch piece {
        case .text(let text): json.string(text)
        case .reference(let reference): json.object { $0.member("expression", reference.source) }
        case .environment(let value):
          json.object { json in
            json.member("environment", value.name)
            json.member("value", optional: value.value.map { value.isSecret ? Redactor.mark : $0 })
            json.member("secret", value.isSecret)
          }
        }
      }
    }
  }

  private func append(_ value: PlanConstant, to json: inout JSONWriter) {
    switch value {
    case .null: json.null()
    case .boolean(let value): json.boolean(value)
    case .integer(let value): json.integer(value)
    case .bigInteger(let digits): json.raw(digits)
    case .number(let value): json.raw(value.isFinite ? String(value) : "null")
    case .text(let text): json.string(text)
    }
  }

  /// The place in the file: `range` with start and end.
  private func appendLocation(_ range: SourceRange, to json: inout JSONWriter) {
    let file = plan.sources[range.file]
    json.object("range") { json in
      json.member("file", file.path)
      for (name, offset) in [("start", range.start), ("end", range.end)] {
        let position = file.lines.position(at: Int(offset))
        json.object(name) { json in
          json.member("line", position.line)
          json.member("column", position.column)
          json.member("offset", position.offset)
        }
      }
    }
  }
}
