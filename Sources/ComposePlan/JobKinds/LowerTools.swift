import ComposeBasic
import ComposeSema
import ComposeSyntax

/// What a component lets its model run.
extension JobLowering {
  /// The tools in the order of the file. What names no workflow of the file is left out: it is reported as such.
  func tools(of target: ActionTarget) -> [PlanTool] {
    guard let field = program.catalog.traits(of: target.component)?.toolsField,
      case .list(let tools)? = target.component.fields[field]?.content
    else { return [] }
    return tools.compactMap { tool in
      if case .object(let entries) = tool.content { return inlineTool(entries, at: tool.range) }
      guard let id = tool.constantText, let workflow = program.workflows.first(where: { $0.decl.name == id }) else {
        return nil
      }
      return self.tool(running: workflow, at: tool.range)
    }
  }

  // MARK: Workflows

  private func tool(running workflow: TypedWorkflow, at range: SourceRange) -> PlanTool {
    var parameters = ToolParameters(range)
    for input in workflow.inputs {
      parameters.add(InputVariable(input.variable.redacted(by: redactor), isRequired: input.isRequired, range: range))
    }
    let decl = workflow.decl
    let written = decl.node[key: "name"].flatMap { $0.isNull ? nil : $0.scalar?.text }
    let name = written ?? decl.name
    var members = [PlanMember("name", PlanTemplate(.constant(.text(name)), at: range))]
    let descriptions = [decl.description?.value, decl.title?.value].compactMap { $0 }
    if let description = descriptions.first(where: { !$0.isEmpty }) {
      let text = PlanConstant.text(redactor.redact(description))
      members.append(PlanMember("description", PlanTemplate(.constant(text), at: range)))
    }
    members.append(PlanMember("parameters", parameters.schema))
    return PlanTool(
      name: name, workflow: decl.name, definition: PlanTemplate(.object(members), at: range),
      parameters: parameters.names, range: range)
  }

  // MARK: Inline tools

  /// A tool as the file describes it, with what a schema of parameters has in any case. Null says nothing.
  private func inlineTool(_ entries: [TemplateEntry], at range: SourceRange) -> PlanTool? {
    let definition = ComposePlan.lower(Template(.object(entries), at: range)).withoutNulls
    guard case .object(let members) = definition.content,
      case .constant(.text(let name))? = definition["name"]?.content
    else { return nil }
    let completed = members.map { member in
      guard member.key == "parameters", case .object(let parts) = member.value.content else { return member }
      func part(_ key: String, orElse content: PlanTemplate.Content) -> PlanMember {
        PlanMember(key, member.value[key] ?? PlanTemplate(content, at: member.value.range))
      }
      let known = [
        part("type", orElse: .constant(.text("object"))), part("properties", orElse: .object([])),
        part("required", orElse: .list([])),
      ]
      let others = parts.filter { part in !known.contains { $0.key == part.key } }
      return PlanMember(member.key, PlanTemplate(.object(known + others), at: member.value.range))
    }
    return PlanTool(name: name, definition: PlanTemplate(.object(completed), at: range), range: range)
  }
}

extension PlanTemplate {
  /// The same without the members that are null.
  fileprivate var withoutNulls: PlanTemplate {
    switch content {
    case .object(let members):
      let kept = members.filter { if case .constant(.null) = $0.value.content { false } else { true } }
      return PlanTemplate(.object(kept.map { PlanMember($0.key, $0.value.withoutNulls) }), at: range)
    case .list(let items): return PlanTemplate(.list(items.map(\.withoutNulls)), at: range)
    case .constant, .text, .reference, .operation: return self
    }
  }
}
