import ComposePlan
import ComposeRuntime
package import Logging
import UnixSignals

/// The service of `up`: the HTTP API and the web page at their ports.
package final class Server: Sendable {
  private let configuration: ServerConfiguration
  private let logger: Logger
  private let lifecycle = Lifecycle()
  private let tasks: TaskService
  private let metrics: ServiceMetrics
  private let sessions: WebSocketSessions
  /// The versions of the project that no new task runs on.
  private let retired: (stream: AsyncStream<Generation>, continuation: AsyncStream<Generation>.Continuation)

  /// - Parameter project: what is served first; it is stopped at the end.
  package init(_ project: ServedProject, configuration: ServerConfiguration, logger: Logger) {
    var configuration = configuration
    metrics = ServiceMetrics()
    configuration.observers.append(metrics)
    self.configuration = configuration
    self.logger = logger
    let tasks = TaskService(project, configuration: configuration, lifecycle: lifecycle)
    self.tasks = tasks
    sessions = WebSocketSessions(tasks: tasks, limits: configuration.webSocketLimits)
    metrics.watch(tasks.registry)
    retired = AsyncStream.makeStream()
  }

  /// Serves another version of the project from now on. Tasks that are under way keep theirs, which is stopped behind
  /// the last of them. Where the service listens stays as it is.
  package func replace(with project: ServedProject) {
    retired.continuation.yield(tasks.replace(with: project))
  }

  /// Serves until SIGTERM or SIGINT. The first lets tasks end, the second cancels them, the third cuts connections.
  ///
  /// - Parameters:
  ///   - endsWithTerminal: whether SIGHUP counts as a request to stop, too.
  ///   - onReady: called once, when every port listens.
  /// - Throws: why it cannot listen. A shutdown is no error.
  package func run(
    endsWithTerminal: Bool = true, onReady: @escaping @Sendable (BoundAddresses) -> Void
  ) async throws(ServerError) {
    let signals =
      endsWithTerminal
      ? await UnixSignalsSequence(trapping: .sigterm, .sigint, .sighup)
      : await UnixSignalsSequence(trapping: .sigterm, .sigint)
    try await run(stopRequests: signals.map { _ in () }, onReady: onReady)
  }

  /// The same with something else than signals.
  package func run(
    stopRequests: some AsyncSequence<Void, Never> & Sendable,
    onReady: @escaping @Sendable (BoundAddresses) -> Void
  ) async throws(ServerError) {
    let outcome: Result<Void, ServerError>
    do throws(ServerError) {
      try await serve(stopRequests, onReady)
      outcome = .success(())
    } catch {
      outcome = .failure(error)
    }
    retired.continuation.finish()
    await tasks.current.project.stop()
    try outcome.get()
  }

  // MARK: Serving

  private enum Part: Sendable {
    case listener
    /// All tasks have ended after a request to stop.
    case tasks
    case supervision
    case abort
  }

  private func serve(
    _ stopRequests: some AsyncSequence<Void, Never> & Sendable, _ onReady: @escaping @Sendable (BoundAddresses) -> Void
  ) async throws(ServerError) {
    let builder = ListenerBuilder(
      configuration: configuration, logger: logger, tasks: tasks, sessions: sessions, lifecycle: lifecycle,
      metrics: metrics)
    let listeners = try builder.listeners(onReady)
    do {
      try await withThrowingTaskGroup(of: Part.self) { group in
        for (index, listener) in listeners.enumerated() {
          group.addTask { [lifecycle] in
            // One behind the other: of several ports that are taken, the first is told.
            if index > 0 { await listeners[index - 1].bound.wait() }
            if !Task.isCancelled, index == 0 || !lifecycle.draining.isOpen { try await listener.run() }
            return .listener
          }
        }
        group.addTask { [lifecycle] in
          for await _ in stopRequests { lifecycle.advance() }
          return .supervision
        }
        group.addTask { await self.lookAfterTasks() }
        group.addTask { await self.stopRetired() }
        group.addTask { await self.shutDown(listeners) }
        group.addTask { await self.endDraining() }
        group.addTask { await self.abort() }
        var listening = listeners.count
        var hasTasks = true
        while listening > 0 || hasTasks, let part = try await group.next() {
          switch part {
          case .listener: listening -= 1
          case .tasks: hasTasks = false
          case .abort: (listening, hasTasks) = (0, false)
          case .supervision: break
          }
        }
        group.cancelAll()
      }
    } catch let error as ServerError {
      tasks.registry.cancelAll()
      throw error
    } catch {
      tasks.registry.cancelAll()
      throw .failed(error)
    }
  }

  /// Forgets tasks when their time is over.
  private func lookAfterTasks() async -> Part {
    while (try? await Task.sleep(for: .seconds(5))) != nil { tasks.registry.sweep() }
    return .supervision
  }

  private func stopRetired() async -> Part {
    await withDiscardingTaskGroup { group in
      for await generation in retired.stream {
        group.addTask {
          await generation.waitUntilUnused()
          await generation.project.stop()
        }
      }
    }
    return .supervision
  }

  // MARK: Ending

  /// From the request to stop on: tell, drain, then cancel what waits for answers.
  ///
  /// Connections end by themselves: those that have not got everything yet may go on until the time is over.
  private func shutDown(_ listeners: [Listener]) async -> Part {
    await lifecycle.pending.wait()
    await waitFor(configuration.pendingDuration, unless: lifecycle.cancelling)
    lifecycle.draining.open()
    // The ports stay: whoever waits for a task can ask for it, and probes learn why no new one begins.
    await withTaskGroup { group in
      group.addTask { await self.tasks.registry.waitUntilQuiet() }
      group.addTask { [lifecycle] in await lifecycle.cancelling.wait() }
      await group.next()
      group.cancelAll()
    }
    if Task.isCancelled { return .supervision }
    for listener in listeners { await listener.stop() }
    if tasks.registry.liveCount > 0 { lifecycle.cancelling.open() }
    if lifecycle.cancelling.isOpen { tasks.registry.cancelAll() }
    await tasks.registry.waitUntilEnded()
    return .tasks
  }

  /// Cancels what still runs when the time is over.
  private func endDraining() async -> Part {
    await lifecycle.draining.wait()
    await waitFor(configuration.drainDuration, unless: lifecycle.cancelling)
    if !Task.isCancelled { lifecycle.cancelling.open() }
    return .supervision
  }

  /// What does not end although it was cancelled is cut off.
  private func abort() async -> Part {
    await lifecycle.cancelling.wait()
    await waitFor(configuration.abortDelay, unless: lifecycle.aborting)
    return Task.isCancelled ? .supervision : .abort
  }

  private func waitFor(_ duration: Duration, unless latch: Latch) async {
    if duration <= .zero { return }
    await withTaskGroup { group in
      group.addTask { try? await Task.sleep(for: duration) }
      group.addTask { await latch.wait() }
      await group.next()
      group.cancelAll()
    }
  }
}
