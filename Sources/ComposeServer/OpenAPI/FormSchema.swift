import ComposeBasic
import ComposePlan
import ComposeSema

/// Writes what a workflow takes as the fields of a form: `input[name]`, `input[user][name]`.
struct FormSchema {
  let workflow: DescribedWorkflow

  func append(to json: inout JSONWriter) {
    let fields = Self.fields(of: workflow.plan.inputs)
    json.member("title", workflow.plan.title ?? workflow.plan.id)
    json.fragment("allOf", ##"[{"$ref":"#/components/schemas/FormOptions"}]"##)
    json.member("type", "object")
    json.object("properties") { json in
      json.object("workflow_id") { json in json.member("const", workflow.plan.id) }
      for field in fields {
        json.object(field.name) { json in append(field.input, to: &json) }
      }
    }
    let required = (workflow.isDefault ? [] : ["workflow_id"]) + fields.filter(\.input.isRequired).map(\.name)
    guard !required.isEmpty else { return }
    json.array("required") { json in for name in required { json.string(name) } }
  }

  /// Inputs with the fields that give them. What has a position in a list has no field.
  static func fields(of inputs: [InputVariable]) -> [(name: String, input: InputVariable)] {
    inputs.compactMap { input in
      guard let name = input.name, !name.contains("[") else { return nil }
      let keys = name.split(separator: ".")
      // The name of a list may be repeated as it is only where the reader of forms knows it for one.
      let isRepeated = input.isList && keys.count > 1
      return ("input" + keys.map { "[\($0)]" }.joined() + (isRepeated ? "[]" : ""), input)
    }
  }

  /// Whether a field is a file, which is a part with bytes.
  static func isFile(_ input: InputVariable) -> Bool {
    ["image", "audio", "video", "model-3d", "file"].contains(input.type) && input.format == nil
  }

  private func append(_ input: InputVariable, to json: inout JSONWriter) {
    json.member("description", optional: input.description)
    guard input.isList else { return appendShape(of: input, to: &json) }
    json.member("type", "array")
    json.object("items") { json in appendShape(of: input, to: &json) }
  }

  private func appendShape(of input: InputVariable, to json: inout JSONWriter) {
    if Self.isFile(input) {
      json.member("type", "string")
      json.member("format", "binary")
      json.member("contentMediaType", "application/octet-stream")
      return
    }
    switch input.type {
    case "integer", "number":
      json.member("$ref", "#/components/schemas/\(input.type == "integer" ? "IntegerInput" : "NumberInput")")
    case "select" where !input.options.isEmpty:
      json.member("type", "string")
      json.values("examples", input.options)
    default: json.member("type", "string")
    }
  }
}
