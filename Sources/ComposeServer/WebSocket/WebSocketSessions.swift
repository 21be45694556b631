import ComposeRuntime
import Hummingbird

/// The conversations of a service: those with a connection, and for a while those that may come back.
final class WebSocketSessions: Sendable {
  fileprivate struct State: Sendable {
    /// By their ids.
    var connected: [String: WebSocketSession] = [:]
    var memories: [String: Memory] = [:]
  }

  /// What a session is remembered by.
  fileprivate struct Memory: Sendable {
    /// The ids of tasks, the newest last.
    var tasks: [String] = []
    /// Since when it has no connection.
    var leftAt: ContinuousClock.Instant?
  }

  private let tasks: TaskService
  private let limits: WebSocketLimits
  private let state = Monitor(State())

  init(tasks: TaskService, limits: WebSocketLimits) {
    self.tasks = tasks
    self.limits = limits
  }

  var connectionCount: Int { state.withValue { $0.connected.count } }

  // MARK: Connections

  /// Begins a conversation, or goes on with one: then the client gets the present state of what it has watched.
  ///
  /// - Parameter limits: of the port.
  /// - Throws: what the connection is to be closed with.
  func open(
    _ admission: WebSocketAdmission, _ outbox: WebSocketOutbox, _ limits: WebSocketLimits
  ) throws(WebSocketClosure) -> WebSocketSession {
    let session = session(admission, outbox, sessions: self)
    let outcome = state.update { state -> Result<[String], WebSocketClosure> in
      guard state.connected.count < limits.maximumConnections else { return .failure(.tooMany) }
      guard state.connected[session.id] == nil else { return .failure(.sessionInUse) }
      state.sweep(limits)
      state.connected[session.id] = session
      state.memories[session.id, default: Memory()].leftAt = nil
      return .success(state.memories[session.id]?.tasks ?? [])
    }
    let known = try outcome.get()
    session.start { [tasks] in
      for id in known where id != admission.taskID {
        // Those that are kept no longer are not spoken of, nor those that this caller may not see.
        guard let task = try? tasks.task(id, for: session.caller) else { continue }
        await session.subscribe(task)
      }
      await session.watch(admission.taskID)
    }
    return session
  }

  /// A conversation that only says why there is none.
  func refused(_ admission: WebSocketAdmission, _ outbox: WebSocketOutbox) -> WebSocketSession {
    session(admission, outbox, sessions: nil)
  }

  private func session(
    _ admission: WebSocketAdmission, _ outbox: WebSocketOutbox, sessions: WebSocketSessions?
  ) -> WebSocketSession {
    var random = SystemRandomNumberGenerator()
    let id = admission.sessionID ?? Run.new(milliseconds: tasks.configuration.milliseconds(), random: &random).id
    return WebSocketSession(
      id: id, caller: admission.caller, tasks: tasks, outbox: outbox, limits: limits, sessions: sessions)
  }

  func close(_ session: WebSocketSession) {
    state.update { [limits] state in
      guard state.connected[session.id] === session else { return }
      state.connected[session.id] = nil
      state.memories[session.id]?.leftAt = .now
      state.sweep(limits)
    }
  }

  // MARK: Tasks

  /// Lets the connection of a session hear of a task that was begun elsewhere.
  ///
  /// - Throws: when the session has no connection, or its caller may not see the task.
  func subscribe(session id: String, to task: ServiceTask) throws(ErrorAnswer) {
    guard let session = state.withValue({ $0.connected[id] }),
      (try? tasks.task(task.id, for: session.caller)) != nil
    else { throw .noConnection }
    session.announce(task)
  }

  /// Whether the session has a connection.
  func hasConnection(_ id: String) -> Bool { state.withValue { $0.connected[id] != nil } }

  func remember(_ task: String, in session: WebSocketSession) {
    state.update { [limits] state in
      guard state.connected[session.id] === session else { return }
      var known = state.memories[session.id]?.tasks ?? []
      known.removeAll { $0 == task }
      known.append(task)
      if known.count > limits.maximumSubscriptions { known.removeFirst() }
      state.memories[session.id]?.tasks = known
    }
  }

  func forget(_ task: String, in session: WebSocketSession) {
    state.update { state in
      guard state.connected[session.id] === session else { return }
      state.memories[session.id]?.tasks.removeAll { $0 == task }
    }
  }
}

extension WebSocketSessions.State {
  /// Forgets sessions that have been away for too long, and the oldest of too many.
  fileprivate mutating func sweep(_ limits: WebSocketLimits) {
    let oldest = ContinuousClock.now - limits.sessionAge
    memories = memories.filter { id, memory in
      connected[id] != nil || (memory.leftAt.map { $0 > oldest } ?? false) && !memory.tasks.isEmpty
    }
    let away = memories.filter { connected[$0.key] == nil }.sorted {
      $0.value.leftAt ?? oldest < $1.value.leftAt ?? oldest
    }
    for (id, _) in away.dropLast(limits.maximumSessions) { memories[id] = nil }
  }
}

extension WebSocketSession {
  /// `task` of the query.
  fileprivate func watch(_ taskID: String?) async {
    guard let taskID else { return }
    do throws(WebSocketFault) {
      await subscribe(try task(taskID))
    } catch {
      await outbox.send(envelope.error(error))
    }
  }
}

extension ErrorAnswer {
  static let webSocketDisabled = ErrorAnswer(.badRequest, "unsupported", "WebSocket is disabled")
  static let noSession = ErrorAnswer(
    .badRequest, "invalid-query", "session_id query parameter required when subscribe_task=true")
  static let noConnection = ErrorAnswer(
    .badRequest, "invalid-query", "No active WebSocket connection for session")
}
