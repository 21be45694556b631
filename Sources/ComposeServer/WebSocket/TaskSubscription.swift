import ComposeRuntime

/// Follows one task for one connection.
final class TaskSubscription: Sendable {
  let task: ServiceTask
  /// Opens when nobody wants to hear of it any more.
  let cancelled = Latch()

  init(_ task: ServiceTask) { self.task = task }

  /// Sends everything behind an event, to the end of the task.
  ///
  /// - Parameter jobTypes: the kinds of a workflow's jobs.
  func follow(
    after eventID: Int, _ messages: TaskMessages, _ outbox: WebSocketOutbox,
    jobTypes: @escaping @Sendable (String, String) -> String?
  ) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.pass(after: eventID, messages, outbox, jobTypes) }
      group.addTask { await self.cancelled.wait() }
      await group.next()
      group.cancelAll()
    }
  }

  private func pass(
    after eventID: Int, _ messages: TaskMessages, _ outbox: WebSocketOutbox,
    _ jobTypes: @Sendable (String, String) -> String?
  ) async {
    var reader = task.events.reader(after: eventID)
    var starts: [String: Double] = [:]
    while let (id, event) = await reader.next() {
      switch event {
      case .status(let snapshot):
        for message in messages.messages(snapshot, eventID: id) {
          guard await outbox.send(message) else { return }
        }
      case .run(let event):
        let elapsed = duration(of: event, &starts)
        let type = event.job.flatMap { jobTypes(event.workflows.last ?? "", $0) }
        guard await outbox.send(messages.message(event, eventID: id, elapsed: elapsed, jobType: type)) else { return }
      }
    }
  }

  /// Of a job that ends; one whose start was not seen has none.
  private func duration(of event: RunEvent, _ starts: inout [String: Double]) -> Double? {
    guard let job = event.job else { return nil }
    let key = (event.workflows + [job]).joined(separator: "\n")
    switch event.kind {
    case .jobStarted: starts[key] = event.time
    case .jobCompleted, .jobFailed, .jobCancelled, .jobRouted: return starts[key].map { max(0, event.time - $0) }
    default: break
    }
    return nil
  }
}
