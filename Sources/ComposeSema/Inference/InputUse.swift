import ComposeSyntax

/// One `${input…}` that reads the workflow's input.
struct InputUse {
  let expression: Expression
  /// Whether it stands in the default of another expression, so that it is read only when something else is missing.
  let isInDefault: Bool

  var name: String? { expression.path.isEmpty ? nil : pathText(expression.path) }
}

/// One variable for each name, in the order of the first uses.
///
/// The whole input is a variable only where it is used before any of its members.
func inputVariables(from uses: [InputUse]) -> [InputVariable] {
  var order: [String?] = []
  var groups: [String?: [InputUse]] = [:]
  for use in uses {
    let name = use.name
    if groups[name] == nil, name != nil || order.isEmpty { order.append(name) }
    groups[name, default: []].append(use)
  }
  return order.compactMap { name in groups[name].map { variable(named: name, uses: $0) } }
}

/// What several uses of one name say together: the first that converts says what the value is, the first default is the
/// variable's, and so are the first annotations.
private func variable(named name: String?, uses: [InputUse]) -> InputVariable {
  let direct = uses.filter { !$0.isInDefault }
  let candidates = direct.isEmpty ? uses : direct
  let typed = candidates.first { $0.expression.cast != nil } ?? candidates[0]
  var variable = WorkflowVariable(typed.expression, name: name)
  let defaults = uses.filter { $0.expression.fallback != nil }
  if typed.expression.fallback == nil, let use = defaults.first {
    variable.fallback = WorkflowVariable(use.expression, name: name).fallback
    if use.expression.cast == nil, let fallback = variable.fallback, !fallback.isComputed {
      variable.fallback = VariableDefault(fallback.text, type: variable.type, isList: variable.isList)
    }
  }
  let annotations = uses.lazy.map { WorkflowVariable($0.expression, name: name).annotations }
  if variable.annotations.isEmpty { variable.annotations = annotations.first { !$0.isEmpty } ?? [] }
  if variable.description == nil, let note = annotations.joined().first(where: { $0.name == "description" }) {
    variable.annotations.append(note)
  }
  return InputVariable(
    variable, isRequired: name != nil && defaults.isEmpty && !direct.isEmpty, range: uses[0].expression.range)
}
