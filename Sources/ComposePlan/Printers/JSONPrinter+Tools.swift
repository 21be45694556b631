import ComposeBasic

/// What a model may ask its component to run, with the schemas that it is told.
extension JSONPrinter {
  func append(_ tools: [PlanTool], to json: inout JSONWriter) {
    guard !tools.isEmpty else { return }
    json.array("tools") { json in
      for tool in tools {
        json.object { json in
          json.member("name", tool.name)
          json.member("workflow", optional: tool.workflow)
          json.key("definition")
          appendPlainly(tool.definition, to: &json)
          appendLocation(tool.range, to: &json)
        }
      }
    }
  }

  /// The value itself, as the model gets it.
  private func appendPlainly(_ template: PlanTemplate, to json: inout JSONWriter) {
    switch template.content {
    case .constant(.text(let text)): json.string(context.redactor.redact(text))
    case .constant(let value): append(value, to: &json)
    case .list(let items):
      json.array { json in
        for item in items { appendPlainly(item, to: &json) }
      }
    case .object(let members):
      json.object { json in
        for member in members {
          json.key(member.key)
          appendPlainly(member.value, to: &json)
        }
      }
    case .text, .reference, .operation: json.string(context.redactor.redact(template.display))
    }
  }
}
