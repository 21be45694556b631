package import ComposeBasic
package import ComposePlan

/// One call of an action. It is passed on through many steps, which share it.
package final class ComponentCall: Sendable {
  package let invocation: Invocation
  /// What the action sees as `${input}`.
  package let input: Value
  /// Names this call; `${context.run_id}` of the action.
  package let runID: String
  /// By when the run must have its result; the call is cancelled then in any case.
  package let deadline: Deadline?
  /// Runs workflows of the same file.
  package let workflows: any WorkflowRunner
  /// Runs the actions that the component itself calls.
  package let components: any ComponentRunner
  /// Asks whoever answers the run's interrupts.
  package let questions: any QuestionAsker
  package let reporter: CallReporter
  package let clock: any RunClock
  package let random: RandomSource

  init(
    invocation: Invocation, input: Value, runID: String, deadline: Deadline?, workflows: any WorkflowRunner,
    components: any ComponentRunner, questions: any QuestionAsker, reporter: CallReporter, clock: any RunClock,
    random: RandomSource
  ) {
    self.invocation = invocation
    self.input = input
    self.runID = runID
    self.deadline = deadline
    self.workflows = workflows
    self.components = components
    self.questions = questions
    self.reporter = reporter
    self.clock = clock
    self.random = random
  }
}

/// Runs workflows by their names for components that do so.
package protocol WorkflowRunner: Sendable {
  /// What a run of the workflow gives; a stream in it is still running. The run belongs to the calling one: it has its
  /// id, and is cancelled with it.
  ///
  /// - Throws: `unknown-workflow` when there is none of that name; `limit` when too many workflows are inside each
  ///   other.
  func run(workflow id: String, input: Value) async throws(RuntimeError) -> Value

  /// Runs workflows side by side, and gives what became of each, in their order. The streams in a result are read. One
  /// that fails does not end the others; its error is without secrets, and is `invalid-input` when the workflow cannot
  /// use what it is given.
  ///
  /// - Throws: `cancelled`; `unanswered` when a run stops for an answer that nobody gives; `limit` when too many
  ///   workflows are inside each other.
  func runEach(_ requests: [WorkflowRequest]) async throws(RuntimeError) -> [Result<Value, RuntimeError>]
}

/// A workflow to run, and its input.
package struct WorkflowRequest: Sendable {
  package let workflow: String
  package let input: Value

  package init(workflow: String, input: Value) {
    self.workflow = workflow
    self.input = input
  }
}

/// Stops the run for an answer, as the interrupts of jobs do.
package protocol QuestionAsker: Sendable {
  /// What was answered; null when the run goes on without an answer.
  ///
  /// - Parameters:
  ///   - message: what people read.
  ///   - metadata: what programs read; secrets are taken out.
  ///   - range: where the file says that the run stops.
  /// - Throws: `unanswered` when there is nobody to ask.
  func ask(_ message: String, metadata: Value, at range: SourceRange) async throws(RuntimeError) -> Value
}

/// Runs actions of other components for components that do so, within the limits of those.
package protocol ComponentRunner: Sendable {
  /// What the action gives; a stream in it is still running.
  ///
  /// - Parameters:
  ///   - invocation: one of the ``Invocation/calls`` of the calling component.
  ///   - input: what the action sees as `${input}`.
  func run(_ invocation: Invocation, input: Value) async throws(RuntimeError) -> Value
}

/// Tells those who watch a run what happens inside a call.
package struct CallReporter: Sendable {
  let events: EventSource
  let job: String
  let range: SourceRange

  /// Whether anybody watches: what costs something to find out need not be found out otherwise.
  package var isObserved: Bool { events.isObserved }

  /// What the provider says that the call has used, as it says it.
  package func used(_ usage: Value) { events.emit(.usage(usage), job: job, at: range) }

  /// Something that the result does not show and somebody should know.
  package func notice(_ text: String) { events.emit(.notice(text), job: job, at: range) }
}
