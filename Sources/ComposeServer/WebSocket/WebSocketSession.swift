import ComposeRuntime
import Synchronization

/// The conversation on one connection, without the connection: it takes messages and gives messages.
///
/// Requests are carried out one after the other. What takes time, such as following a task, goes on in ``run()``.
final class WebSocketSession: Sendable {
  struct State: Sendable {
    /// What is followed, by the ids of tasks; a task that has ended is taken out behind its last message.
    var subscriptions: [String: TaskSubscription] = [:]
    var outgoing: [String: OutgoingStream] = [:]
    /// The ids of streams that have ended lately.
    var endedStreams: [String] = []
    var incoming: [String: IncomingStream] = [:]
    /// Tasks that end with the connection.
    var owned: [ServiceTask] = []
    var isEnded = false
  }

  let id: String
  let caller: Caller
  let tasks: TaskService
  let outbox: WebSocketOutbox
  let limits: WebSocketLimits
  let envelope: WebSocketEnvelope
  let state = Monitor(State())
  /// What the session is remembered by; `nil` for one that was refused.
  let sessions: WebSocketSessions?
  private let jobs: (stream: AsyncStream<Job>, continuation: AsyncStream<Job>.Continuation)

  private typealias Job = @Sendable () async -> Void

  init(
    id: String, caller: Caller, tasks: TaskService, outbox: WebSocketOutbox, limits: WebSocketLimits,
    sessions: WebSocketSessions?
  ) {
    self.id = id
    self.caller = caller
    self.tasks = tasks
    self.outbox = outbox
    self.limits = limits
    self.sessions = sessions
    envelope = WebSocketEnvelope(milliseconds: tasks.configuration.milliseconds)
    // As many jobs as there are subscriptions and streams, which are bounded.
    jobs = AsyncStream.makeStream()
  }

  // MARK: Life

  /// Carries on what was asked for, until the calling task is cancelled.
  func run() async {
    await withDiscardingTaskGroup { group in
      for await job in jobs.stream { group.addTask { await job() } }
      group.cancelAll()
    }
  }

  func start(_ job: @escaping @Sendable () async -> Void) { jobs.continuation.yield(job) }

  /// The connection has ended.
  func end() {
    jobs.continuation.finish()
    let last = state.update { state in
      defer {
        state = State()
        state.isEnded = true
      }
      return state
    }
    for stream in last.outgoing.values { stream.close() }
    for stream in last.incoming.values { stream.abort("the connection has ended") }
    for task in last.owned { task.cancel() }
    sessions?.close(self)
  }

  /// Waits until everything that the client waits for has come. When tasks are cancelled, streams that nobody reads are
  /// not waited for.
  func waitUntilSettled(unless cancelling: Latch) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { [state] in
        _ = await state.wait { $0.subscriptions.isEmpty && $0.outgoing.isEmpty ? true : nil }
      }
      group.addTask { [state] in
        await cancelling.wait()
        _ = await state.wait { $0.subscriptions.isEmpty ? true : nil }
      }
      await group.next()
      group.cancelAll()
    }
  }

  // MARK: Messages

  /// Carries a text message out.
  func receive(_ text: String) async {
    let request: WebSocketRequest
    do throws(WebSocketFault) {
      request = try WebSocketRequest(text)
    } catch {
      await outbox.send(envelope.error(error))
      return
    }
    do throws(WebSocketFault) {
      try await carryOut(request)
    } catch {
      var fault = error
      fault.id = request.id
      await outbox.send(envelope.error(fault))
    }
  }

  private func carryOut(_ request: WebSocketRequest) async throws(WebSocketFault) {
    switch request.type {
    case "run_workflow": try await runWorkflow(request)
    case "subscribe_task": try await subscribeTask(request)
    case "unsubscribe_task": try await unsubscribeTask(request)
    case "get_task":
      let task = try task(request)
      await outbox.send(messages(of: task).state(task.snapshot, id: request.id))
    case "resume_task":
      let task = try task(request)
      let answers = try request.object("answer")
      let snapshot: TaskSnapshot
      do throws(ErrorAnswer) {
        snapshot = try task.resume(with: answers)
      } catch {
        throw WebSocketFault(error)
      }
      await outbox.send(messages(of: task).changed("task_resumed", to: snapshot.status, id: request.id))
    case "cancel_task":
      let task = try task(request)
      guard task.cancel() else {
        throw WebSocketFault(ErrorAnswer.alreadyFinished(task.id, task.snapshot.status))
      }
      await outbox.send(messages(of: task).changed("task_cancelled", to: task.snapshot.status, id: request.id))
    case "stream_pull": try pull(request)
    case "stream_close": try close(request)
    case "stream_chunk": try push(request)
    case "stream_end": incoming(try request.text("id"))?.finish()
    case "stream_abort": incoming(try request.text("id"))?.abort(try request.optionalText("reason"))
    case "ping": await outbox.send(envelope.message("pong", id: request.id))
    default: throw .invalid("Unknown message type: \(request.type)")
    }
  }

  func task(_ request: WebSocketRequest) throws(WebSocketFault) -> ServiceTask {
    try task(try request.text("task_id"))
  }

  func task(_ id: String) throws(WebSocketFault) -> ServiceTask {
    do throws(ErrorAnswer) {
      return try tasks.task(id, for: caller)
    } catch {
      throw .taskNotFound(id)
    }
  }

  func messages(of task: ServiceTask) -> TaskMessages { TaskMessages(task, envelope) }
}
