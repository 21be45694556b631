import ComposeBasic
import ComposePlan
import Hummingbird

/// Answers every request at one port: who may ask, what there is, and what it says.
struct ServiceResponder: HTTPResponder {
  typealias Context = ConnectionContext

  let routes: Routes
  let policy: OriginPolicy
  let keys: APIKeys
  let plan: Plan
  let isSandbox: Bool
  let lifecycle: Lifecycle
  let runs: RunEndpoint

  func respond(to request: Request, context: ConnectionContext) async throws -> Response {
    let decision = policy.decide(host: request.head.authority, origin: request.headers[.origin])
    guard case .allowed(let sharedWith) = decision else {
      return secured(decision == .foreignHost ? ErrorAnswer.foreignHost.response : ErrorAnswer.foreignOrigin.response)
    }
    var response: Response
    if sharedWith != nil, request.method == .options, request.headers[.accessControlRequestMethod] != nil {
      response = preflight
    } else {
      response = try await answer(to: request, context)
      if request.method == .head { response = response.createHeadResponse() }
    }
    if let sharedWith {
      response.headers[.accessControlAllowOrigin] = sharedWith
      response.headers[.accessControlExposeHeaders] = "X-Task-Id, Retry-After"
    }
    return secured(response)
  }

  private func answer(to request: Request, _ context: ConnectionContext) async throws -> Response {
    switch routes.match(request.method, request.uri.path) {
    case .notFound: return ErrorAnswer.notFound.response
    case .wrongMethod(let allowed): return ErrorAnswer.wrongMethod(allowed: allowed).response
    case .endpoint(.asset(let path)): return WebUIRoutes.response(for: path)
    case .endpoint(.health): return health
    case .endpoint(let endpoint):
      guard keys.isEmpty || keys.accept(request.headers[.authorization]) else {
        return ErrorAnswer.unauthorized.response
      }
      return try await answer(to: request, endpoint, context)
    }
  }

  private func answer(
    to request: Request, _ endpoint: Routes.Endpoint, _ context: ConnectionContext
  ) async throws -> Response {
    switch endpoint {
    case .run: return try await runs.respond(to: request, context)
    case .workflows: return workflows(includesSchema: request.uri.queryParameters["include_schema"] == "true")
    case .schema(let id): return schema(of: id)
    case .health, .asset: return ErrorAnswer.notFound.response
    }
  }

  // MARK: Answers

  private var health: Response {
    let isEnding = lifecycle.draining.isOpen
    var json = JSONWriter(.compact)
    json.object { json in
      json.member("status", isEnding ? "shutting-down" : "ok")
      if isSandbox { json.member("sandbox", true) }
    }
    return .json(json.bytes, status: isEnding ? .serviceUnavailable : .ok)
  }

  private func workflows(includesSchema: Bool) -> Response {
    var json = JSONWriter(.compact)
    json.array { json in
      for workflow in plan.workflows where !workflow.isPrivate {
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

  private func schema(of id: String) -> Response {
    guard let workflow = plan.workflow(named: id), !workflow.isPrivate else {
      return ErrorAnswer(.notFound, "unknown-workflow", "Workflow not found.").response
    }
    var json = JSONWriter(.compact)
    WorkflowSchema(workflow: workflow, isDefault: workflow.id == plan.defaultWorkflow?.id).append(to: &json)
    return .json(json.bytes)
  }

  private var preflight: Response {
    Response(
      status: .noContent,
      headers: [
        .accessControlAllowMethods: "GET, POST",
        .accessControlAllowHeaders: "Authorization, Content-Type",
        .accessControlMaxAge: "600",
      ])
  }

  private func secured(_ response: Response) -> Response {
    var response = response
    response.headers[.xContentTypeOptions] = "nosniff"
    if policy.variesByOrigin { response.headers[.vary] = "Origin" }
    return response
  }
}
