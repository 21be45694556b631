import ComposeBasic
import ComposeSema
import ComposeSyntax

/// The listeners of a file: those that are served, and what messages call the others.
func lowerListeners(_ sections: [SectionDecl]) -> (served: [ListenerPlan], refused: [Located<String>]) {
  var served: [ListenerPlan] = []
  var refused: [Located<String>] = []
  for section in sections where section.kind == .listener {
    let type = section.type?.value ?? ""
    if type == "http-callback" {
      served.append(lower(section))
    } else {
      refused.append(Located("the \(type) listener", at: section.type?.range ?? section.range))
    }
  }
  return (served, refused)
}

/// Without a host it can be reached from this machine only; the reference listens everywhere.
private func lower(_ section: SectionDecl) -> ListenerPlan {
  let fields = section.fields
  let base = normalizedPath(fields["base_path"]?.constantText ?? "")
  let callbacks = section.routes.map { route in
    CallbackPlan(
      path: base + "/" + (route["path"]?.constantText ?? "").drop { $0 == "/" },
      method: route["method"]?.constantText ?? "POST", isBulk: route["bulk"].map(isSet) ?? false,
      item: template(route["item"]), identifyBy: template(route["identify_by"]), status: template(route["status"]),
      successWhen: texts(route["success_when"]), failWhen: texts(route["fail_when"]),
      result: template(route["result"]), range: route["path"]?.range ?? route.range)
  }
  let host = fields["host"]?.constantText ?? "127.0.0.1"
  let port = section.node.locatedText("port").flatMap { Int($0.value) } ?? 8090
  return ListenerPlan(
    address: ServingPlan.Address(host: host, port: port), callbacks: callbacks,
    range: section.type?.range ?? section.range)
}

/// What is empty counts as none, as it does in the reference.
private func template(_ field: Template?) -> PlanTemplate? {
  guard let field else { return nil }
  switch field.content {
  case .constant(.null), .constant(.boolean(false)), .constant(.integer(0)), .constant(.text("")): return nil
  default: return lower(field)
  }
}

/// Any text that is not empty counts as true there.
private func isSet(_ field: Template) -> Bool {
  switch field.content {
  case .constant(.boolean(let isOn)): isOn
  case .constant(.null), .constant(.integer(0)), .constant(.text("")): false
  default: true
  }
}

private func texts(_ field: Template?) -> [String] {
  guard let field else { return [] }
  let items: [Template] = if case .list(let items) = field.content { items } else { [field] }
  return items.compactMap { item in
    switch lower(item).content {
    case .constant(.text(let text)): text
    case .constant(.integer(let number)): String(number)
    case .constant(.boolean(let flag)): flag ? "true" : "false"
    default: nil
    }
  }
}
