import ComposeBasic

extension JSONPrinter {
  func append(_ template: PlanTemplate, to json: inout JSONWriter) {
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
      case .object(let members): append(members, named: "object", to: &json)
      case .operation(let operation): append(operation, to: &json)
      }
      appendLocation(template.range, to: &json)
    }
  }

  func append(_ members: [PlanMember], named name: String, to json: inout JSONWriter) {
    json.object(name) { json in
      for member in members {
        json.key(member.key)
        append(member.value, to: &json)
      }
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
}
