import ComposeBasic
import ComposePlan
import ComposeRuntime

extension WebSocketSession {
  /// `run_workflow`.
  func runWorkflow(_ request: WebSocketRequest) async throws(WebSocketFault) {
    let isSubscribed = try request.boolean("subscribe_task", or: true)
    let endsWithConnection = try request.boolean("cancel_on_close", or: false)
    if isSubscribed { try checkSubscriptionCount() }
    let announced = AnnouncedStreams()
    let task: ServiceTask
    do throws(WebSocketFault) {
      task = try begin(request, announced)
    } catch {
      for id in announced.ids { forgetIncoming(id) }
      throw error
    }
    if endsWithConnection { own(task) }
    await outbox.send(messages(of: task).started(.beginning, id: request.id))
    announced.isBegun.open()
    if isSubscribed { follow(task, after: 0) }
    let ids = announced.ids
    if ids.isEmpty { return }
    start { [self] in
      _ = await task.snapshot { $0.status.isFinal }
      // The end of the connection gives the streams up itself.
      if Task.isCancelled { return }
      // A run need not read what it is given.
      for id in ids where forgetIncoming(id) {
        await outbox.send(envelope.message("stream_close") { $0.member("id", id) })
      }
    }
  }

  private func begin(
    _ request: WebSocketRequest, _ announced: AnnouncedStreams
  ) throws(WebSocketFault) -> ServiceTask {
    var wanted = RunRequest(input: try input(request.data["input"] ?? .null, announced))
    wanted.workflowID = try request.optionalText("workflow_id")
    wanted.sessionID = try request.optionalText("session_id")
    wanted.metadata = try request.object("metadata").map { .object($0) } ?? .null
    wanted.waitsForCompletion = false
    do throws(ErrorAnswer) {
      return try tasks.start(wanted, of: caller)
    } catch {
      throw WebSocketFault(error)
    }
  }

  /// The task is cancelled when the connection ends, also when that has happened meanwhile.
  private func own(_ task: ServiceTask) {
    let isEnded = state.update { state in
      // Those that have ended need no end.
      state.owned.removeAll { $0.snapshot.status.isFinal }
      state.owned.append(task)
      return state.isEnded
    }
    if isEnded { task.cancel() }
  }

  // MARK: Subscriptions

  /// `subscribe_task`: the present state, and what happens from then on; or, with `after`, everything behind an event.
  func subscribeTask(_ request: WebSocketRequest) async throws(WebSocketFault) {
    let task = try task(request)
    let after = try request.count("after")
    if state.withValue({ $0.subscriptions[task.id] == nil }) { try checkSubscriptionCount() }
    await subscribe(task, after: after, id: request.id)
  }

  /// - Parameter after: the number of the event that the client has seen last; `nil` for the present.
  func subscribe(_ task: ServiceTask, after: Int? = nil, id: String? = nil) async {
    // Before the state: an event in between is told twice rather than never.
    let present = task.events.lastID
    await outbox.send(messages(of: task).subscribed(task.snapshot, eventID: present, id: id))
    let isFollowed = state.withValue { $0.subscriptions[task.id] != nil }
    if after != nil || !isFollowed { follow(task, after: after ?? present) }
  }

  /// What `POST …/workflows/runs` with `subscribe_task` does.
  func announce(_ task: ServiceTask) {
    start { [self] in
      await outbox.send(messages(of: task).state(task.snapshot))
      follow(task, after: 0)
    }
  }

  /// `unsubscribe_task`.
  func unsubscribeTask(_ request: WebSocketRequest) async throws(WebSocketFault) {
    let id = try request.text("task_id")
    state.update { $0.subscriptions.removeValue(forKey: id) }?.cancelled.open()
    sessions?.forget(id, in: self)
    await outbox.send(envelope.message("task_unsubscribed", id: request.id) { $0.member("task_id", id) })
  }

  private func checkSubscriptionCount() throws(WebSocketFault) {
    guard state.withValue({ $0.subscriptions.count }) < limits.maximumSubscriptions else {
      throw .limit("A connection may watch at most \(limits.maximumSubscriptions) tasks that have not ended")
    }
  }

  /// Follows the task in place of an earlier subscription to it.
  private func follow(_ task: ServiceTask, after eventID: Int) {
    let subscription = TaskSubscription(task)
    let earlier = state.update { state -> TaskSubscription? in
      if state.isEnded { return nil }
      return state.subscriptions.updateValue(subscription, forKey: task.id)
    }
    earlier?.cancelled.open()
    sessions?.remember(task.id, in: self)
    start { [self] in
      await subscription.follow(after: eventID, messages(of: task), outbox) { [tasks] workflow, job in
        tasks.current.plan.workflow(named: workflow)?.nodes.first { $0.job.name == job }?.job.kind
      }
      state.update { state in
        if state.subscriptions[task.id] === subscription { state.subscriptions[task.id] = nil }
      }
    }
  }
}

extension RunRequest {
  init(input: Value) { self.input = input }
}
