import ComposeBasic
import ComposePlan
import Hummingbird
import NIOCore

/// What there is to run, and how the service is.
struct ProjectEndpoints {
  let tasks: TaskService
  let lifecycle: Lifecycle

  // MARK: The service

  /// `GET /health`: 503 from the request to stop on.
  var health: Response {
    var json = JSONWriter(.compact)
    json.object { json in
      json.member("status", lifecycle.status)
      if tasks.configuration.isSandbox { json.member("sandbox", true) }
    }
    return .json(json.bytes, status: lifecycle.pending.isOpen ? .serviceUnavailable : .ok)
  }

  /// `GET /ready`: whether the service is to get work.
  var ready: Response {
    let isReady = !lifecycle.pending.isOpen
    var json = JSONWriter(.compact)
    json.object { json in json.member("ready", isReady) }
    return .json(json.bytes, status: isReady ? .ok : .serviceUnavailable)
  }

  // MARK: Workflows

  func workflows(_ request: Request, _ caller: Caller) -> Response {
    let includesSchema = request.uri.queryParameters["include_schema"] == "true"
    let plan = tasks.current.plan
    var json = JSONWriter(.compact)
    json.array { json in
      for workflow in plan.workflows where !workflow.isPrivate && caller.mayRun(workflow.id) {
        let schema = WorkflowSchema(workflow: workflow, isDefault: workflow.id == plan.defaultWorkflow?.id)
        if includesSchema {
          schema.append(to: &json)
        } else {
          schema.appendSummary(to: &json)
        }
      }
    }
    return .json(json.bytes)
  }

  func schema(of id: String, _ caller: Caller) throws(ErrorAnswer) -> Response {
    let (workflow, plan) = try workflow(id, caller)
    var json = JSONWriter(.compact)
    WorkflowSchema(workflow: workflow, isDefault: workflow.id == plan.defaultWorkflow?.id).append(to: &json)
    return .json(json.bytes)
  }

  /// The picture of a workflow's jobs.
  func graph(of id: String, _ caller: Caller) throws(ErrorAnswer) -> Response {
    let (workflow, plan) = try workflow(id, caller)
    return Response(
      status: .ok, headers: [.contentType: "image/svg+xml", .cacheControl: "no-cache"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: workflowGraph(of: workflow, in: plan))))
  }

  /// This API as a document.
  ///
  /// - Parameters:
  ///   - path: of the request, which tells the base path.
  ///   - webSocketPath: where WebSockets are, behind the base path.
  func openAPI(at path: String, _ caller: Caller, needsKey: Bool, webSocketPath: String?) -> Response {
    let service = OpenAPIDocument.Service(
      basePath: String(path.dropLast("/openapi.json".count)), needsKey: needsKey,
      maximumBodySize: tasks.configuration.maximumBodySize, webSocketPath: webSocketPath)
    return .json(
      OpenAPIDocument(plan: tasks.current.plan, serving: service, isShown: { caller.mayRun($0) }).json)
  }

  private func workflow(_ id: String, _ caller: Caller) throws(ErrorAnswer) -> (WorkflowPlan, Plan) {
    let plan = tasks.current.plan
    guard let workflow = plan.workflow(named: id), !workflow.isPrivate, caller.mayRun(workflow.id) else {
      throw ErrorAnswer(.notFound, "unknown-workflow", "Workflow not found.")
    }
    return (workflow, plan)
  }
}
