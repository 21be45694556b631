import ComposeBasic

extension CanonicalForm {
  /// A call of a component's action. The names of component and action are left out: what they are counts.
  static func call(of invocation: Invocation, _ templates: TemplateForms) -> CanonicalForm {
    .record(
      "invoke",
      [
        "component": .placed(
          .record(
            "component",
            ["type": .text(invocation.type), "fields": fields(invocation.componentFields, templates)]),
          invocation.componentRange),
        "action": .placed(action(of: invocation, templates), invocation.range),
        "repeat": invocation.repeatCount.map(templates.form),
        "calls": invocation.calls.isEmpty ? nil : .list(invocation.calls.map { call(of: $0, templates) }),
        // Here a model sees the names.
        "tools": invocation.toolWorkflows.isEmpty ? nil : .map(tools(of: invocation)),
      ])
  }

  private static func tools(of invocation: Invocation) -> [String: CanonicalForm] {
    let forms = invocation.tools.compactMap { tool in tool.workflow.map { (tool.name, CanonicalForm.workflow($0)) } }
    return Dictionary(forms, uniquingKeysWith: { first, _ in first })
  }

  private static func action(of invocation: Invocation, _ templates: TemplateForms) -> CanonicalForm {
    .record(
      "action",
      [
        // A workflow of the file is meant by what it does, not by its name.
        "workflow": invocation.workflow.map { .workflow($0) },
        "fields": fields(
          invocation.actionFields.filter { invocation.workflow == nil || $0.name.value != "workflow" }, templates),
        "output": invocation.output.map(templates.form),
      ])
  }

  /// The last of a name counts. Which declaration is meant where none is named shows in what is called.
  private static func fields(_ fields: [PlanField], _ templates: TemplateForms) -> CanonicalForm {
    var forms: [String: CanonicalForm] = [:]
    for field in fields {
      if field.name.value == "default", case .constant(.boolean) = field.value.content { continue }
      forms[field.name.value] = templates.form(field.value)
    }
    return .map(forms)
  }
}
