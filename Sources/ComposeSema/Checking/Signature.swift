import ComposeBasic
package import ComposeSyntax

/// The inputs of a workflow, from every expression that reads them.
///
/// A job that passes its input through is looked into: there the action's own `${input…}` are the workflow's inputs.
func inputVariables(of workflow: WorkflowDecl, targets: [ActionTarget?]) -> [InputVariable] {
  var uses: [Expression] = []
  for (job, target) in zip(workflow.jobs, targets) {
    if let input = job.input, !isPassThrough(input, root: "input") {
      uses += input.expressions
    } else if let target {
      uses += target.component.fields.entries.flatMap(\.value.expressions)
      uses += target.action.fields.entries.flatMap(\.value.expressions)
    } else if let input = job.input {
      uses += input.expressions
    }
    uses += job.fields.entries.filter { $0.key.value != "input" }.flatMap(\.value.expressions)
  }
  uses += workflow.output?.expressions ?? []
  return variables(from: uses.filter { $0.root.value == "input" && !$0.isChunk })
}

/// Whether a template is exactly `${root}`, which hands the value on untouched.
package func isPassThrough(_ template: Template, root: String) -> Bool {
  if case .constant(.null) = template.content { return true }
  guard let expression = template.wholeExpression else { return false }
  return expression.root.value == root && !expression.isChunk && expression.index == nil && expression.path.isEmpty
    && expression.cast == nil && expression.fallback == nil
}

private func variables(from uses: [Expression]) -> [InputVariable] {
  var order: [String?] = []
  var groups: [String?: [Expression]] = [:]
  for use in uses {
    let name = use.path.isEmpty ? nil : pathText(use.path)
    if groups[name] == nil { order.append(name) }
    groups[name, default: []].append(use)
  }
  // The whole input is a variable only when nothing is known about its members.
  if order.count > 1 { order.removeAll { $0 == nil } }
  return order.compactMap { name in groups[name].map { variable(named: name, uses: $0) } }
}

private func variable(named name: String?, uses: [Expression]) -> InputVariable {
  // The first use that converts says what the value is.
  let typed = uses.first { $0.cast != nil } ?? uses[0]
  let withDefault = uses.first { $0.fallback != nil }
  let description = uses.lazy.flatMap(\.annotations).first { $0.name.value == "description" }?.text.value
  return InputVariable(
    name: name,
    type: typed.cast?.type.value ?? "string",
    isList: typed.cast?.isList ?? false,
    subtype: typed.cast?.subtype?.value,
    format: typed.cast?.format?.value,
    fallback: withDefault?.fallback.flatMap(publicConstant),
    isRequired: withDefault == nil && name != nil,
    description: description,
    range: uses[0].range)
}

/// The text of a default when it is known and holds no secret: signatures are shown to everybody.
private func publicConstant(_ fallback: TemplateText) -> String? {
  let hasSecret = fallback.parts.contains { part in
    if case .environment(let reference) = part { reference.isSecret } else { false }
  }
  return hasSecret ? nil : fallback.constant
}

/// A path as text: `a.b[0].c`.
func pathText(_ path: [Located<PathSegment>]) -> String {
  var text = ""
  for segment in path {
    switch segment.value {
    case .key(let name): text += text.isEmpty ? name : ".\(name)"
    case .index(let index): text += "[\(index)]"
    case .slice(let from, let to): text += "[\(from.map(String.init) ?? ""):\(to.map(String.init) ?? "")]"
    case .wildcard: text += "[*]"
    }
  }
  return text
}
