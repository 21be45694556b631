import ComposePlan
import ComposeRuntime
import Hummingbird
import Synchronization

/// Begins and finds tasks for callers: what the HTTP API and the WebSocket endpoint have in common.
final class TaskService: Sendable {
  let configuration: ServerConfiguration
  let registry: TaskRegistry
  private let lifecycle: Lifecycle
  private let generation: Mutex<Generation>

  init(_ first: ServedProject, configuration: ServerConfiguration, lifecycle: Lifecycle) {
    self.configuration = configuration
    self.lifecycle = lifecycle
    registry = TaskRegistry(limits: configuration.taskLimits)
    generation = Mutex(Generation(first, number: 1))
  }

  /// What new tasks run on.
  var current: Generation { generation.withLock { $0 } }

  /// Lets new tasks run on another version of the project.
  ///
  /// - Returns: the one before, which may still have tasks.
  func replace(with project: ServedProject) -> Generation {
    generation.withLock { generation in
      defer { generation = Generation(project, number: generation.number + 1) }
      return generation
    }
  }

  // MARK: Beginning

  /// Begins a run.
  ///
  /// - Parameter executor: where it works; `nil` is wherever there is room.
  /// - Throws: when there is no such workflow for the caller, its input cannot be used, or nothing begins any more.
  func start(
    _ request: RunRequest, of caller: Caller, on executor: LoopExecutor? = nil
  ) throws(ErrorAnswer) -> ServiceTask {
    if lifecycle.draining.isOpen { throw .shuttingDown }
    let generation = current
    let workflow = try workflow(request.workflowID, of: generation.plan, for: caller)
    let now = configuration.milliseconds()
    var random = RandomSource.system
    let run = Run.new(
      milliseconds: now, random: &random, sessionID: request.sessionID, metadata: request.metadata)
    let input: Value
    do throws(RuntimeError) {
      input = try checkedInput(request.input, for: workflow)
    } catch {
      throw ErrorAnswer(error, run: run, generation.plan.sources)
    }
    let task = ServiceTask(
      run: run, workflow: workflow, sources: generation.plan.sources, createdAt: now,
      callback: try callback(request), observers: configuration.observers)
    let limits = configuration.taskLimits
    let execution = TaskExecution(
      task: task, generation: generation, input: input,
      // Who waits for a stream can come back to it only in some cases: a little is kept for them.
      replayCapacity: request.waitsForCompletion && !workflow.continuesOnDisconnect
        ? min(8_192, limits.replayCapacity) : limits.replayCapacity)
    generation.enter()
    do throws(ErrorAnswer) {
      try registry.begin(task, on: executor) { [deliver = configuration.deliverCallback] in
        await execution.perform()
        guard let callback = task.callback, let deliver else { return }
        // Who cancels the task does not cancel what tells of it.
        await Task {
          if let reason = await deliver(CallbackDelivery(callback, of: task)) { task.noteLostCallback(reason) }
        }.value
      }
    } catch {
      generation.leave()
      throw error
    }
    return task
  }

  private func workflow(
    _ id: String?, of plan: Plan, for caller: Caller
  ) throws(ErrorAnswer) -> WorkflowPlan {
    let wanted = id == "__default__" || id == "" ? nil : id
    // Before anything is looked up: who may not see a workflow does not learn whether there is one.
    if let wanted, !caller.mayRun(wanted) { throw .outOfScope(wanted) }
    guard let workflow = wanted.map({ plan.workflow(named: $0) }) ?? plan.defaultWorkflow, !workflow.isPrivate else {
      throw ErrorAnswer(
        .notFound, "unknown-workflow", "Workflow '\(ErrorAnswer.shownName(id ?? "__default__"))' not found.")
    }
    guard caller.mayRun(workflow.id) else { throw .outOfScope(workflow.id) }
    return workflow
  }

  private func callback(_ request: RunRequest) throws(ErrorAnswer) -> CallbackRequest? {
    guard let url = request.callbackURL else { return nil }
    guard configuration.deliverCallback != nil else { throw .unsupported("This service calls nobody back.") }
    return try CallbackRequest(url: url, headers: request.callbackHeaders, allowedHosts: configuration.callbackHosts)
  }

  // MARK: Finding

  /// - Throws: when there is none that the caller may see.
  func task(_ id: String, for caller: Caller) throws(ErrorAnswer) -> ServiceTask {
    guard let task = registry.task(id), caller.mayRun(task.workflow.id) else { throw .taskNotFound }
    return task
  }

  /// The newest first.
  func list(for caller: Caller) -> [ServiceTask] { registry.list.filter { caller.mayRun($0.workflow.id) } }
}
