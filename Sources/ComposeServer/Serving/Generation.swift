import ComposeBasic
package import ComposePlan
package import ComposeRuntime

/// A project that is ready to be served: its plan, and what carries it out.
package struct ServedProject: Sendable {
  package let plan: Plan
  package let interpreter: Interpreter
  /// Ends what the project's components have started. Called once, when no task uses it any more.
  package let stop: @Sendable () async -> Void

  package init(plan: Plan, interpreter: Interpreter, stop: @escaping @Sendable () async -> Void = {}) {
    self.plan = plan
    self.interpreter = interpreter
    self.stop = stop
  }
}

/// One version of the project that is served. A task keeps the version that it began with.
final class Generation: Sendable {
  /// Counts from 1.
  let number: Int
  let project: ServedProject
  /// Lets a bounded number of tasks run at the same time, each until its stream has ended.
  let limiter: Limiter
  private let use = Monitor(Use())

  private struct Use: Sendable {
    var tasks = 0
    var isRetired = false
  }

  init(_ project: ServedProject, number: Int) {
    self.project = project
    self.number = number
    limiter = Limiter(project.plan.serving.runLimit)
  }

  var plan: Plan { project.plan }

  /// A task begins or ends to use it.
  func enter() { use.update { $0.tasks += 1 } }

  func leave() { use.update { $0.tasks -= 1 } }

  /// Waits until the last task that uses it has ended.
  func waitUntilUnused() async { _ = await use.wait { $0.tasks == 0 ? true : nil } }
}
