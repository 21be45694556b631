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
      if !input.attributes.isEmpty {
        json.object("attributes") { json in
          for attribute in input.attributes.lastOfEachName { json.member(attribute.name, attribute.text) }
        }
      }
      json.values("options", input.options)
      if let fallback = input.fallback, !fallback.isComputed {
        json.key("default")
        json.value(fallback.value)
      }
      json.member("required", input.isRequired)
      json.member("description", optional: input.description)
      appendLocation(input.range, to: &json)
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
      json.member("job", node.name)
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
      json.object("operation") { json in append(node.job, to: &json) }
      if let output = node.job.output {
        json.key("output")
        append(output, to: &json)
      }
      json.member("gives", node.job.outputType.description)
    }
  }

  private func append(_ job: JobPlan, to json: inout JSONWriter) {
    switch job.operation {
    case .wait, .route, .draw, .filter, .map, .fold, .iterate, .sequence, .tee, .fail:
      json.member("kind", job.kind)
    case .invoke(let invocation):
      json.member("kind", "invoke")
      json.member("component", invocation.component)
      json.member("type", invocation.type)
      json.member("action", invocation.action)
      json.member("api", optional: invocation.api)
      appendLocation(invocation.range, to: &json)
      if let input = job.input {
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

  /// The place in the file: `range` with start and end.
  func appendLocation(_ range: SourceRange, to json: inout JSONWriter) {
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
