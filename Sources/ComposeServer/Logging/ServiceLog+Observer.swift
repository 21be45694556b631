import ComposePlan
package import ComposeRuntime

extension ServiceLog: ServiceObserver {
  package func observe(_ event: RunEvent, of task: ServiceTask) {
    observe(event, ofTask: task.id, in: task.sources)
  }

  /// A task that waits for its turn has no events yet, and one whose workflow could not begin has none at all.
  package func taskChanged(_ task: ServiceTask, _ snapshot: TaskSnapshot) {
    guard snapshot.status == .pending else { return }
    say(.debug, "Workflow '\(task.workflow.id)' waits for its turn.", ofTask: task.id, task.workflow.id)
  }

  package func requestEnded(_ request: ServedRequest) {
    requestEnded(
      request.method, request.route, status: request.status, seconds: request.seconds, ofTask: request.taskID)
  }

  /// Where it was to go is not said: addresses may hold secrets.
  package func callbackLost(of task: ServiceTask, _ reason: String) {
    say(.warning, "The callback was not delivered: \(reason).", ofTask: task.id, task.workflow.id)
  }
}
