package import ComposeRuntime

/// Watches everything that a service does: metrics and logs. Its functions are called from any task and must not wait.
package protocol ServiceObserver: Sendable {
  /// A task has come to another status.
  func taskChanged(_ task: ServiceTask, _ snapshot: TaskSnapshot)
  func observe(_ event: RunEvent, of task: ServiceTask)
  func requestEnded(_ request: ServedRequest)
  /// A client could not be told of the end of its task.
  func callbackLost(of task: ServiceTask, _ reason: String)
}

/// A request that has its whole answer, or whose client has left.
package struct ServedRequest: Sendable {
  package let method: String
  /// The path with names in place of ids, such as `/tasks/{id}`: there are only a few.
  package let route: String
  /// Of the answer.
  package let status: Int
  /// From the head of the request to the end of the answer.
  package let seconds: Double
  /// The task that it began or asked for.
  package let taskID: String?
}

extension ServiceObserver {
  package func taskChanged(_ task: ServiceTask, _ snapshot: TaskSnapshot) {}
  package func observe(_ event: RunEvent, of task: ServiceTask) {}
  package func requestEnded(_ request: ServedRequest) {}
  package func callbackLost(of task: ServiceTask, _ reason: String) {}
}
