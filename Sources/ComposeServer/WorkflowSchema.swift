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
        for input in workflow.inputs { append(input, to: &json) }
      }
      json.array("output") { json in append(workflow.outputType, to: &json) }
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

  private func append(_ input: InputVariable, to json: inout JSONWriter) {
    json.object { json in
      json.member("name", optional: input.name)
      json.member("type", input.type)
      json.member("subtype", optional: input.subtype)
      json.member("format", optional: input.format)
      json.member("is_list", input.isList)
      if input.type == "select", let subtype = input.subtype {
        json.array("options") { json in
          for option in subtype.split(separator: ",") { json.string(String(option)) }
        }
      }
      if let fallback = input.fallback {
        json.key("default")
        append(fallback, of: input, to: &json)
      }
      json.member("required", input.isRequired)
      json.member("description", optional: input.description)
    }
  }

  /// A default as the value it stands for, where the type says that it is not text.
  private func append(_ fallback: String, of input: InputVariable, to json: inout JSONWriter) {
    let isText = ["string", "text", "markdown", "select", "base64"].contains(input.type) && !input.isList
    let value = isText ? nil : try? parseJSON(fallback).compactJSON()
    if let value {
      json.raw(String(decoding: value, as: UTF8.self))
    } else {
      json.string(fallback)
    }
  }

  // MARK: Output

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
