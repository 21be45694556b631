import ComposeBasic
import ComposePlan
import ComposeSema

/// `POST /workflows/runs`: one operation for all workflows, which a request tells apart by `workflow_id`.
struct RunOperation {
  let service: OpenAPIDocument.Service
  let workflows: [DescribedWorkflow]

  func append(to json: inout JSONWriter) {
    json.object { json in
      json.fragment("tags", #"["workflows"]"#)
      json.member("operationId", "runWorkflow")
      json.member("summary", "Run a workflow")
      json.member("description", description)
      json.fragment(
        "parameters",
        #"""
        [{ "name": "session_id", "in": "query", "schema": { "type": "string" },
           "description": "The WebSocket session that hears of the task, with `subscribe_task`." }]
        """#)
      json.object("requestBody") { json in
        json.member("required", true)
        json.object("content") { json in appendBodies(to: &json) }
      }
      json.object("responses") { json in
        json.object("200") { json in appendSuccess(to: &json) }
        json.fragment(
          "202",
          #"""
          { "description": "With `output_only`, a task that waits for answers and has no output yet.",
            "headers": { "X-Task-Id": { "$ref": "#/components/headers/TaskID" } },
            "content": { "application/json": { "schema": { "$ref": "#/components/schemas/TaskState" } } } }
          """#)
        for status in FixedPaths.statuses([400, 403, 404, 409, 413, 429, 500, 501, 502, 503, 504], service) {
          json.fragment(String(status), FixedPaths.errorReference(status))
        }
      }
    }
  }

  private var description: String {
    let forms = AnswerForms(workflows.map(\.plan.outputType))
    var sentences = ["Waits for the result, unless `wait_for_completion` is false."]
    if workflows.contains(where: \.isDefault) == false, !workflows.isEmpty {
      sentences.append("`workflow_id` is needed: no workflow is the default.")
    }
    if forms.isEvents { sentences.append("A workflow that streams answers with events.") }
    return sentences.joined(separator: " ")
  }

  // MARK: Request

  private func appendBodies(to json: inout JSONWriter) {
    json.object("application/json") { json in
      appendSchema("Run", to: &json)
      appendExamples(to: &json)
    }
    let needsFile = { (workflow: DescribedWorkflow) in
      workflow.plan.inputs.contains { $0.isRequired && FormSchema.isFile($0) }
    }
    if workflows.isEmpty || !workflows.allSatisfy(needsFile) {
      json.object("application/x-www-form-urlencoded") { json in appendSchema("Form", to: &json) }
    }
    json.object("multipart/form-data") { json in
      appendSchema("Form", to: &json)
      appendEncodings(to: &json)
    }
  }

  private func appendSchema(_ kind: String, to json: inout JSONWriter) {
    json.object("schema") { json in
      switch workflows.count {
      case 0: json.member("$ref", "#/components/schemas/\(kind)Options")
      case 1: json.member("$ref", workflows[0].reference(kind))
      default:
        json.array("oneOf") { json in
          for workflow in workflows { json.object { json in json.member("$ref", workflow.reference(kind)) } }
        }
        appendDiscriminator(kind, to: &json)
      }
    }
  }

  /// Only where every request says which workflow it means.
  private func appendDiscriminator(_ kind: String, to json: inout JSONWriter) {
    guard !workflows.contains(where: \.isDefault) else { return }
    json.object("discriminator") { json in
      json.member("propertyName", "workflow_id")
      json.object("mapping") { json in
        for workflow in workflows { json.member(workflow.plan.id, workflow.reference(kind)) }
      }
    }
  }

  private func appendEncodings(to json: inout JSONWriter) {
    let contentTypes = ["image": "image/*", "audio": "audio/*", "video": "video/*", "model-3d": "model/*"]
    var files: [(name: String, contentType: String)] = []
    for field in workflows.flatMap({ FormSchema.fields(of: $0.plan.inputs) }) where FormSchema.isFile(field.input) {
      guard let contentType = contentTypes[field.input.type], !files.contains(where: { $0.name == field.name }) else {
        continue
      }
      files.append((field.name, contentType))
    }
    guard !files.isEmpty else { return }
    json.object("encoding") { json in
      for file in files {
        json.object(file.name) { json in json.member("contentType", file.contentType) }
      }
    }
  }

  private func appendExamples(to json: inout JSONWriter) {
    let examples = workflows.compactMap { workflow in RunExample(workflow).map { (workflow, $0) } }
    guard !examples.isEmpty else { return }
    json.object("examples") { json in
      for (workflow, example) in examples {
        json.object(workflow.name) { json in
          json.member("summary", workflow.plan.title ?? workflow.plan.id)
          json.key("value")
          example.append(to: &json)
        }
      }
    }
  }

  // MARK: Response

  private func appendSuccess(to json: inout JSONWriter) {
    let forms = AnswerForms(workflows.map(\.plan.outputType))
    json.member("description", "The result, or the state of the task; a run that failed says so in its state.")
    json.fragment("headers", ##"{"X-Task-Id":{"$ref":"#/components/headers/TaskID"}}"##)
    json.object("content") { json in
      json.object("application/json") { json in
        json.object("schema") { json in
          json.array("anyOf") { json in
            for workflow in workflows {
              json.object { json in json.member("$ref", workflow.reference("State")) }
              // What is no JSON has no output alone.
              guard AnswerForms(workflow.plan.outputType).isJSON else { continue }
              json.object { json in json.member("$ref", workflow.reference("Output")) }
            }
            if workflows.isEmpty { json.object { json in json.member("$ref", "#/components/schemas/TaskState") } }
          }
        }
      }
      if forms.isEvents { json.fragment("text/event-stream", FixedPaths.outputEvents) }
      if forms.isBytes {
        json.fragment("*/*", #"{"schema":{"description":"The bytes of the result, under their own content type."}}"#)
      }
    }
  }
}
