import ComposeBasic
import ComposePlan
import ComposeRuntime
import ComposeSema

/// Writes workflows as clients see them: in the reference's shape, with `required`, `description`, `options` and
/// `streaming` added (runtime specification, section 4.8).
struct WorkflowSchema {
  let workflow: WorkflowPlan
  let isDefault: Bool

  func appendSummary(to json: inout JSONWriter) {
    json.object { json in
      appendHead(to: &json)
      appendDefault(to: &json)
    }
  }

  func append(to json: inout JSONWriter) {
    json.object { json in
      appendHead(to: &json)
      json.array("input") { json in
        for input in shownInputs { append(input, to: &json) }
      }
      json.array("output") { json in appendOutput(to: &json) }
      appendDefault(to: &json)
      json.member("streaming", workflow.isStreaming)
    }
  }

  private func appendHead(to json: inout JSONWriter) {
    json.member("workflow_id", workflow.id)
    json.member("title", optional: workflow.title)
    json.member("description", optional: workflow.description)
  }

  private func appendDefault(to json: inout JSONWriter) {
    if isDefault { json.member("default", true) }
  }

  // MARK: Inputs

  /// The whole input cannot be given beside its members.
  private var shownInputs: [InputVariable] {
    workflow.inputs.count > 1 ? workflow.inputs.filter { $0.name != nil } : workflow.inputs
  }

  private func append(_ input: InputVariable, to json: inout JSONWriter) {
    json.object { json in
      appendShape(input.variable, to: &json)
      // What the file computes is not known before a run.
      if let fallback = input.fallback, !fallback.isComputed {
        json.key("default")
        json.value(fallback.value)
      }
      json.member("required", input.isRequired)
      json.member("description", optional: input.description)
    }
  }

  private func appendShape(_ variable: WorkflowVariable, to json: inout JSONWriter) {
    json.member("name", optional: variable.name)
    json.member("type", variable.type)
    json.member("subtype", optional: variable.subtype)
    json.member("format", optional: variable.format)
    json.member("is_list", variable.isList)
    json.values("options", variable.options)
  }

  // MARK: Output

  /// What the file's expressions say. Where they say nothing, or less than how the result leaves, its type does.
  private func appendOutput(to json: inout JSONWriter) {
    if case .encoded = workflow.outputType { return append(workflow.outputType, to: &json) }
    guard !workflow.outputs.isEmpty, workflow.outputs != [.any] else { return append(workflow.outputType, to: &json) }
    for output in workflow.outputs { append(output, to: &json) }
  }

  private func append(_ output: WorkflowOutput, to json: inout JSONWriter) {
    json.object { json in
      switch output {
      case .variable(let variable):
        appendShape(variable, to: &json)
        json.member("description", optional: variable.description)
      case .group(let group):
        json.member("group", optional: group.name)
        json.member("repeat_count", group.repeatCount)
        json.array("variables") { json in
          for variable in group.variables { append(variable, to: &json) }
        }
      }
    }
  }

  private func append(_ output: Type, to json: inout JSONWriter) {
    switch output {
    case .null, .never: break
    case .object(let object) where !object.members.isEmpty:
      for member in object.members { append(member.type, named: member.name, to: &json) }
    default: append(output, named: nil, to: &json)
    }
  }

  private func append(_ type: Type, named name: String?, to json: inout JSONWriter) {
    var element = type
    var isList = false
    if case .list(let inner) = type {
      element = inner
      isList = true
    }
    let (typeName, subtype) = element.variableType
    json.object { json in
      json.member("name", optional: name)
      json.member("type", typeName)
      json.member("subtype", optional: subtype)
      json.member("is_list", isList)
    }
  }
}

extension Type {
  /// The type and subtype by which `as` would name it.
  fileprivate var variableType: (String, String?) {
    switch self {
    case .any, .never, .null, .union: ("any", nil)
    case .boolean: ("boolean", nil)
    case .integer: ("integer", nil)
    case .number: ("number", nil)
    case .text: ("string", nil)
    case .choice(let names): ("select", names.joined(separator: ","))
    case .bytes: ("file", nil)
    case .list: ("list", nil)
    case .object: ("object", nil)
    case .media(let kind): (kind, nil)
    case .stream: ("stream", nil)
    case .encoded(let encoding): ("stream", encoding.rawValue)
    }
  }
}
