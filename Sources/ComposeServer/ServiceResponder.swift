import ComposeBasic
import ComposePlan
import Hummingbird

/// Answers every request at one port: who may ask, what there is, and what it says.
struct ServiceResponder: Responder {
  let routes: Routes
  let policy: OriginPolicy
  let keys: APIKeys
  let tasks: TaskService
  let lifecycle: Lifecycle
  let metrics: ServiceMetrics
  /// Folders that are served as they are.
  let files: StaticFiles
  /// `nil` where WebSocket is switched off.
  let sessions: WebSocketSessions?

  func respond(to request: Request, context: ConnectionContext) async throws -> Response {
    let start = ContinuousClock.now
    let match = routes.match(request.method, request.uri.path)
    let decision = policy.decide(host: request.head.authority, origin: request.headers[.origin])
    guard case .allowed(let sharedWith) = decision else {
      let answer = decision == .foreignHost ? ErrorAnswer.foreignHost : ErrorAnswer.foreignOrigin
      return watched(secured(answer.response), request, match, since: start)
    }
    var response: Response
    if sharedWith != nil, request.method == .options, request.headers[.accessControlRequestMethod] != nil {
      response = preflight
    } else {
      response = try await answer(to: request, match, context)
      if request.method == .head { response = response.createHeadResponse() }
    }
    if let sharedWith {
      response.headers[.accessControlAllowOrigin] = sharedWith
      response.headers[.accessControlExposeHeaders] = "X-Task-Id, Retry-After"
    }
    return watched(secured(response), request, match, since: start)
  }

  private func answer(to request: Request, _ match: Routes.Match, _ context: ConnectionContext) async throws -> Response
  {
    switch match {
    case .notFound:
      return files.response(request.method, request.uri.path, request.headers) ?? ErrorAnswer.notFound.response
    case .wrongMethod(let allowed): return ErrorAnswer.wrongMethod(allowed: allowed).response
    case .endpoint(let endpoint):
      do {
        if endpoint.isOpen { return try await answer(to: request, endpoint, .anyone, context) }
        guard let caller = keys.caller(for: authorization(of: request, endpoint)) else {
          throw ErrorAnswer.unauthorized
        }
        return try await answer(to: request, endpoint, caller, context)
      } catch let error as ErrorAnswer {
        return error.response
      }
    }
  }

  private func answer(
    to request: Request, _ endpoint: Routes.Endpoint, _ caller: Caller, _ context: ConnectionContext
  ) async throws -> Response {
    if case .run = endpoint {
      return try await RunEndpoint(tasks: tasks, lifecycle: lifecycle, sessions: sessions).respond(
        to: request, of: caller, context)
    }
    return try await inspect(endpoint, request, caller, context)
  }

  /// Everything but beginning a run. Not inlined: connections that wait for a run would hold room for all of it.
  @inline(never)
  private func inspect(
    _ endpoint: Routes.Endpoint, _ request: Request, _ caller: Caller, _ context: ConnectionContext
  ) async throws -> Response {
    let project = ProjectEndpoints(tasks: tasks, lifecycle: lifecycle)
    let task = TaskEndpoints(tasks: tasks)
    return switch endpoint {
    case .asset(let path): WebUIRoutes.response(for: path)
    case .health: project.health
    case .ready: project.ready
    case .metrics: metrics.response(for: caller)
    case .openAPI:
      project.openAPI(at: request.uri.path, caller, needsKey: !keys.isEmpty, webSocketPath: routes.webSocketPath)
    case .workflows: project.workflows(request, caller)
    case .schema(let id): try project.schema(of: id, caller)
    case .graph(let id): try project.graph(of: id, caller)
    case .tasks: try task.list(request, caller)
    case .task(let id): try await task.show(id, request, caller, context)
    case .taskStream(let id): try await task.stream(id, request, caller, context)
    case .taskEvents(let id): try await task.events(id, request, caller, context)
    case .cancelTask(let id): try await task.cancel(id, request, caller)
    case .resumeTask(let id): try await task.resume(id, request, caller)
    // What comes here is no handshake. A run never comes here.
    case .webSocket, .run: WebSocketHandshake.refusal
    }
  }

  /// Browsers say who they are in another header where they want to hold a connection.
  private func authorization(of request: Request, _ endpoint: Routes.Endpoint) -> String? {
    let header = request.headers[.authorization]
    guard endpoint == .webSocket else { return header }
    return WebSocketHandshake.authorization(header, protocols: request.headers[values: .webSocketProtocol])
  }

  // MARK: Around every answer

  private var preflight: Response {
    Response(
      status: .noContent,
      headers: [
        .accessControlAllowMethods: "GET, POST, DELETE",
        .accessControlAllowHeaders: "Authorization, Content-Type, Last-Event-ID",
        .accessControlMaxAge: "600",
      ])
  }

  private func secured(_ response: Response) -> Response {
    var response = response
    response.headers[.xContentTypeOptions] = "nosniff"
    if policy.variesByOrigin { response.headers[.vary] = "Origin" }
    return response
  }

  /// Tells the observers of the request when the answer is out. One that is there as a whole leaves with one write, and
  /// counts as out when it is handed over.
  private func watched(
    _ response: Response, _ request: Request, _ match: Routes.Match, since start: ContinuousClock.Instant
  ) -> Response {
    let observers = tasks.configuration.observers
    let route = if case .endpoint(let endpoint) = match { endpoint.route } else { "other" }
    let (method, status, taskID) = (request.method.rawValue, response.status.code, response.headers[.taskID])
    @Sendable func noteEnd() {
      let served = ServedRequest(
        method: method, route: route, status: status, seconds: ContinuousClock.now.secondsSince(start), taskID: taskID)
      for observer in observers { observer.requestEnded(served) }
    }
    let body = response.body
    // Only the files of folders are written piece by piece though their length is known.
    if body.contentLength != nil, match != .notFound {
      noteEnd()
      return response
    }
    var response = response
    response.body = ResponseBody(contentLength: body.contentLength) { writer in
      defer { noteEnd() }
      try await body.write(writer)
    }
    return response
  }
}
