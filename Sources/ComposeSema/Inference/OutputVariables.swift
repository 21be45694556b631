import ComposeBasic
import ComposeSyntax

/// The values that a template gives, named by their places: `a.b`, `list[0]`.
///
/// A place whose value is known is not named. The operators of section 9 of the language specification give one value,
/// and what is spread into an object has the object's place.
func outputVariables(of template: Template) -> [WorkflowOutput] {
  variables(template, name: nil).map(WorkflowOutput.variable)
}

private func variables(_ template: Template, name: String?) -> [WorkflowVariable] {
  switch template.content {
  case .constant: return []
  case .text(let text): return text.topExpressions.map { WorkflowVariable($0, name: name) }
  case .list(let items):
    return items.enumerated().flatMap { index, item in variables(item, name: "\(name ?? "")[\(index)]") }
  case .object(let entries):
    if let variable = operatorVariable(entries, name: name) { return [variable] }
    return entries.flatMap { entry in
      guard entry.key.value == "..." else {
        return variables(entry.value, name: name.map { "\($0).\(entry.key.value)" } ?? entry.key.value)
      }
      // Which members another value has is not known here.
      guard case .object = entry.value.content else { return [] }
      return variables(entry.value, name: name)
    }
  }
}

/// The one value that an object with an operator gives: it is described by the first expression in it, a list by its
/// source.
private func operatorVariable(_ entries: [TemplateEntry], name: String?) -> WorkflowVariable? {
  let names = entries.map(\.key.value)
  if names == ["&"] { return WorkflowVariable(name: name, type: "object", isList: true) }
  if let source = entries.last(where: { $0.key.value == "*" })?.value {
    var variable = described(by: [source["input"] ?? source], name: name)
    variable.isList = true
    return variable
  }
  guard names.contains(where: { ["?", "+", "|"].contains($0) }) else { return nil }
  return described(by: entries.map(\.value), name: name)
}

private func described(by templates: [Template], name: String?) -> WorkflowVariable {
  let first = templates.lazy.flatMap(\.texts).flatMap(\.topExpressions).first
  return first.map { WorkflowVariable($0, name: name) } ?? WorkflowVariable(name: name, type: "any")
}

extension TemplateText {
  /// The expressions that are not inside others.
  fileprivate var topExpressions: [Expression] {
    parts.compactMap { part in
      if case .expression(let expression) = part { expression } else { nil }
    }
  }
}
