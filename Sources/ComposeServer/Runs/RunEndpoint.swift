import ComposePlan
import ComposeRuntime
import Hummingbird
import NIOCore

/// `POST …/workflows/runs`: begins a task and, unless the client does not want to wait, answers with what becomes of it.
struct RunEndpoint: Sendable {
  let tasks: TaskService
  let lifecycle: Lifecycle
  /// `nil` where WebSocket is switched off.
  let sessions: WebSocketSessions?

  /// - Throws: only what the connection throws, after which there is nobody to answer.
  func respond(to request: Request, of caller: Caller, _ context: ConnectionContext) async throws -> Response {
    do {
      if lifecycle.draining.isOpen { throw ErrorAnswer.shuttingDown }
      let reader = RunRequestReader(plan: tasks.current.plan, limit: tasks.configuration.maximumBodySize)
      let wanted = try await reader.read(request)
      let session = try session(for: wanted, request)
      let task = try tasks.start(wanted, of: caller, on: context.executor)
      if let session { try? sessions?.subscribe(session: session, to: task) }
      guard wanted.waitsForCompletion else { return TaskAnswer(task: task, snapshot: .beginning).state }
      return await waitFor(task, wanted, context)
    } catch let error as ErrorAnswer {
      return error.response
    }
  }

  /// The id of the WebSocket session that is to hear of the task, if any.
  private func session(for wanted: RunRequest, _ request: Request) throws(ErrorAnswer) -> String? {
    guard wanted.subscribesTask else { return nil }
    if wanted.callbackURL != nil {
      throw .invalidBody(exactly: "callback_url and subscribe_task are mutually exclusive")
    }
    guard let sessions else { throw .webSocketDisabled }
    guard let id = request.uri.queryParameters["session_id"].map(String.init), !id.isEmpty else { throw .noSession }
    guard sessions.hasConnection(id) else { throw .noConnection }
    return id
  }

  /// The answer to a client that waits. A client that leaves meanwhile ends the task.
  private func waitFor(_ task: ServiceTask, _ wanted: RunRequest, _ context: ConnectionContext) async -> Response {
    let closed = context.closed
    let leaving = closed.onOpen { if !task.workflow.continuesOnDisconnect { task.cancel() } }
    let snapshot = await task.settled(unless: closed)
    guard let snapshot else {
      // Nobody reads this answer.
      context.close()
      return Response(status: .serviceUnavailable)
    }
    let answer = TaskAnswer(task: task, snapshot: snapshot, isShuttingDown: lifecycle.cancelling.isOpen)
    if let stream = snapshot.stream, case .reader(let reader) = stream.attach(after: 0) {
      // From here on the answer looks after the client itself.
      closed.forget(leaving)
      let delivery = StreamDelivery(
        reader: reader, task: task, closed: closed, context: context, pingInterval: tasks.configuration.pingInterval,
        endsTaskWhenLeft: !task.workflow.continuesOnDisconnect)
      return delivery.response(as: stream.form)
    }
    closed.forget(leaving)
    return wanted.wantsOutputOnly ? answer.output : answer.result
  }
}

extension ServiceTask {
  /// Waits until there is something to answer: the end, the first chunk of a stream, or a stop for answers.
  ///
  /// - Returns: `nil` when the client has left before.
  func settled(unless closed: Latch) async -> TaskSnapshot? {
    let leaving = closed.onOpen { self.wake() }
    defer { closed.forget(leaving) }
    let settled = await snapshot {
      $0.status.isFinal || $0.status == .streaming || $0.status == .interrupted || closed.isOpen
    }
    return closed.isOpen ? nil : settled
  }
}
