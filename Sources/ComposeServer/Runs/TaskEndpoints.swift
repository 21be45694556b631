import ComposeBasic
import ComposePlan
import ComposeRuntime
import Hummingbird
import NIOCore

/// `…/tasks`: what clients ask of tasks that they know by their ids.
struct TaskEndpoints: Sendable {
  let tasks: TaskService

  // MARK: Looking

  /// `GET /tasks`: states without their outputs, the newest first.
  func list(_ request: Request, _ caller: Caller) throws(ErrorAnswer) -> Response {
    let query = request.uri.queryParameters
    let limit = try query["limit"].map { text throws(ErrorAnswer) in
      guard let limit = Int(text), (1...1_000).contains(limit) else {
        throw .invalidQuery("'limit' must be a number from 1 to 1000")
      }
      return limit
    }
    let status = try query["status"].map { text throws(ErrorAnswer) in
      guard let status = TaskStatus(rawValue: String(text)) else {
        throw .invalidQuery("'status' must be one of \(TaskStatus.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      return status
    }
    let (workflow, session) = (query["workflow_id"].map(String.init), query["session_id"].map(String.init))
    let all = tasks.list(for: caller).lazy
      .filter { workflow == nil || $0.workflow.id == workflow }
      .filter { session == nil || $0.run.sessionID == session }
      .map { (task: $0, snapshot: $0.snapshot) }
      .filter { status == nil || $0.snapshot.status == status }
    var json = JSONWriter(.compact)
    json.object { json in
      json.array("tasks") { json in
        for (task, snapshot) in all.prefix(limit ?? 100) { snapshot.append(to: &json, task, includesOutput: false) }
      }
    }
    return .json(json.bytes)
  }

  /// `GET /tasks/{id}`: the state, or with `output_only=true` the output.
  func show(_ id: String, _ request: Request, _ caller: Caller, _ context: ConnectionContext) async throws -> Response {
    let answer = TaskAnswer(task: try tasks.task(id, for: caller))
    guard try request.flag("output_only") else { return answer.state }
    if answer.snapshot.stream != nil { return try await stream(id, request, caller, context) }
    return answer.output
  }

  // MARK: Changing

  /// `POST /tasks/{id}/cancel` and `DELETE /tasks/{id}`: ends it and, unless it is not wanted, waits for that.
  func cancel(_ id: String, _ request: Request, _ caller: Caller) async throws -> Response {
    let task = try tasks.task(id, for: caller)
    let waits = try request.flag("wait_for_completion", default: true)
    guard task.cancel() else { throw ErrorAnswer.alreadyFinished(id, task.snapshot.status) }
    guard waits else { return TaskAnswer(task: task).state }
    return TaskAnswer(task: task, snapshot: await task.snapshot { $0.status.isFinal }).state
  }

  /// `POST /tasks/{id}/resume`: answers the places where it stops.
  func resume(_ id: String, _ request: Request, _ caller: Caller) async throws -> Response {
    let task: ServiceTask
    do throws(ErrorAnswer) {
      task = try tasks.task(id, for: caller)
    } catch {
      // The reference's status and words here.
      throw ErrorAnswer(.badRequest, error.code, "Task not found: \(id)")
    }
    let body = try await request.bytes(upTo: tasks.configuration.maximumBodySize)
    return TaskAnswer(task: task, snapshot: try task.resume(with: try ResumeRequest(body).answers)).state
  }

  // MARK: Following

  /// `GET /tasks/{id}/stream`: the output as it comes, from where the client left off.
  func stream(
    _ id: String, _ request: Request, _ caller: Caller, _ context: ConnectionContext
  ) async throws -> Response {
    let task = try tasks.task(id, for: caller)
    let lastID = try request.lastEventID()
    let follower = TaskFollower(
      task: task, lastID: lastID, closed: context.closed, context: context,
      pingInterval: tasks.configuration.pingInterval)
    return try await follower.response()
  }

  /// `GET /tasks/{id}/events`: everything that happens to it.
  func events(_ id: String, _ request: Request, _ caller: Caller, _ context: ConnectionContext) async throws -> Response
  {
    let task = try tasks.task(id, for: caller)
    let lastID = try request.lastEventID()
    // The end has a number, too.
    if task.events.isClosed, lastID > task.events.lastID { return Response(status: .noContent) }
    return EventDelivery(
      task: task, reader: task.events.reader(after: lastID), closed: context.closed, context: context,
      pingInterval: tasks.configuration.pingInterval
    ).response
  }
}

extension Request {
  /// A query parameter that is `true` or `false`.
  fileprivate func flag(_ name: String, default fallback: Bool = false) throws(ErrorAnswer) -> Bool {
    guard let text = uri.queryParameters[name[...]] else { return fallback }
    switch text.lowercased() {
    case "true", "1", "yes", "on": return true
    case "false", "0", "no", "off": return false
    default: throw .invalidQuery("'\(name)' must be true or false")
    }
  }

  /// The number of the last event that the client has seen; 0 when it has seen none.
  ///
  /// A page that reconnects says it in a header; one that cannot set headers may say it in the query.
  fileprivate func lastEventID() throws(ErrorAnswer) -> Int {
    let text = headers[.lastEventID] ?? uri.queryParameters["last_event_id"].map(String.init) ?? ""
    if text.isEmpty { return 0 }
    // Whatever is larger is nobody's; one is added to it.
    guard let id = Int(text), (0..<1 << 53).contains(id) else {
      throw .invalidQuery("the last event id must be a number")
    }
    return id
  }
}
