import ComposeBasic

/// A value: its form, when it is known, and where it is written.
extension JSONPrinter {
  func append(_ template: PlanTemplate?, named name: String, in scope: MarkScope, to json: inout JSONWriter) {
    guard let template else { return }
    json.key(name)
    append(template, in: scope, to: &json)
  }

  func append(_ template: PlanTemplate, in scope: MarkScope, to json: inout JSONWriter) {
    json.object { json in
      switch template.content {
      case .constant(let value):
        json.key("value")
        append(value, to: &json)
      case .text(let pieces):
        json.array("text") { json in
          for piece in pieces { append(piece, in: scope, to: &json) }
        }
      case .reference(let reference): appendMembers(of: reference, to: &json)
      case .list(let items):
        json.array("list") { json in
          for item in items { append(item, in: scope, to: &json) }
        }
      case .object(let members): append(members, named: "object", in: scope, to: &json)
      case .operation(let operation): append(operation, in: scope, to: &json)
      }
      json.member("from", scope.mark(of: template).keyword)
      if template.isFromInput { json.member("input", true) }
      appendLocation(template.range, to: &json)
    }
  }

  func append(_ members: [PlanMember], named name: String, in scope: MarkScope, to json: inout JSONWriter) {
    json.object(name) { json in
      for member in members.byName { append(member.value, named: member.key, in: scope, to: &json) }
    }
  }

  private func appendMembers(of reference: PlanReference, to json: inout JSONWriter) {
    json.member("expression", reference.source)
    json.member("type", optional: context.type(of: reference)?.canonicalDescription)
  }

  private func append(_ piece: PlanPiece, in scope: MarkScope, to json: inout JSONWriter) {
    switch piece {
    case .text(let text): json.string(text)
    case .reference(let reference):
      json.object { json in
        appendMembers(of: reference, to: &json)
        json.member("from", scope.mark(of: reference).keyword)
      }
    case .environment(let value): append(value, to: &json)
    }
  }

  /// A value of the environment in a text.
  func append(_ value: PlanEnvironmentValue, to json: inout JSONWriter) {
    json.object { json in
      json.member("environment", value.name)
      json.member("value", optional: value.value.map { value.isSecret ? Redactor.mark : $0 })
      json.member("origin", optional: value.origin)
      json.member("secret", value.isSecret)
    }
  }

  func append(_ value: PlanConstant, to json: inout JSONWriter) {
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
