import ComposeBasic
import ComposePlan
import ComposeSema

/// A workflow with the name under which the components of a document have it.
struct DescribedWorkflow {
  let plan: WorkflowPlan
  /// Whether a request that names no workflow runs it.
  let isDefault: Bool
  /// A name of the letters that components may have, another one for each workflow.
  let name: String

  /// Those that clients see, in the order of the file.
  static func all(of plan: Plan) -> [DescribedWorkflow] {
    var names: Set<String> = []
    return plan.workflows.filter { !$0.isPrivate }.map { workflow in
      let plain = String(workflow.id.unicodeScalars.map { isPlain($0) ? Character($0) : "_" })
      var name = plain
      var count = 1
      while !names.insert(name).inserted {
        count += 1
        name = "\(plain)-\(count)"
      }
      return DescribedWorkflow(plan: workflow, isDefault: workflow.id == plan.defaultWorkflow?.id, name: name)
    }
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII
      && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || "_.-".unicodeScalars.contains(scalar))
  }

  func reference(_ kind: String) -> String { "#/components/schemas/\(kind).\(name)" }

  var needsInput: Bool { plan.inputs.contains(where: \.isRequired) }

  // MARK: Schemas

  func appendSchemas(to json: inout JSONWriter) {
    json.key("Input.\(name)")
    InputSchema.append(plan.inputs, to: &json)
    json.object("Run.\(name)") { json in appendRun(to: &json) }
    json.object("Form.\(name)") { json in FormSchema(workflow: self).append(to: &json) }
    json.key("Output.\(name)")
    OutputSchema.append(plan.outputType, to: &json)
    json.object("State.\(name)") { json in appendState(to: &json) }
  }

  private func appendRun(to json: inout JSONWriter) {
    json.member("title", plan.title ?? plan.id)
    json.member("description", optional: plan.description)
    json.fragment("allOf", ##"[{"$ref":"#/components/schemas/RunOptions"}]"##)
    json.member("type", "object")
    json.object("properties") { json in
      json.object("workflow_id") { json in appendID(to: &json) }
      json.object("input") { json in json.member("$ref", reference("Input")) }
    }
    let required = (isDefault ? [] : ["workflow_id"]) + (needsInput ? ["input"] : [])
    guard !required.isEmpty else { return }
    json.array("required") { json in for name in required { json.string(name) } }
  }

  func appendID(to json: inout JSONWriter) {
    if isDefault {
      json.array("enum") { json in
        json.string(plan.id)
        json.null()
      }
    } else {
      json.member("const", plan.id)
    }
  }

  private func appendState(to json: inout JSONWriter) {
    json.fragment("allOf", ##"[{"$ref":"#/components/schemas/TaskState"}]"##)
    json.object("properties") { json in
      json.object("workflow_id") { json in json.member("const", plan.id) }
      json.object("output") { json in json.member("$ref", reference("Output")) }
    }
  }
}
