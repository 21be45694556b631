import ComposeBasic
import ComposePlan

/// What all jobs of one run of a workflow share.
struct RunContext: Sendable {
  /// The same for the whole run, however many workflows are inside each other.
  private final class Shared: Sendable {
    let run: Run
    let program: Program
    let services: RunServices
    let interrupts: InterruptBroker

    init(_ run: Run, _ program: Program, _ services: RunServices, _ interrupts: InterruptBroker) {
      self.run = run
      self.program = program
      self.services = services
      self.interrupts = interrupts
    }
  }

  private let shared: Shared
  var events: EventSource
  /// By when the workflow must have given its result.
  var deadline: Deadline?

  init(
    run: Run, program: Program, services: RunServices, interrupts: InterruptBroker, events: EventSource,
    deadline: Deadline?
  ) {
    shared = Shared(run, program, services, interrupts)
    self.events = events
    self.deadline = deadline
  }

  var run: Run { shared.run }
  var program: Program { shared.program }
  var services: RunServices { shared.services }
  var interrupts: InterruptBroker { shared.interrupts }

  /// How many workflows there are inside each other.
  var depth: Int { events.workflows.count }

  /// The id of the workflow.
  var workflow: String { events.workflows.last ?? "" }

  /// The same run, one workflow deeper.
  func entering(_ workflow: String) -> RunContext {
    var copy = self
    copy.events.workflows.append(workflow)
    return copy
  }
}

/// A plan that is ready to run, with what its runs share.
final class Program: Sendable {
  let host: any ComponentHost
  let redactor: Redactor
  let workflows: [String: PreparedWorkflow]
  /// How many runs of a component there may be at the same time, by the places of the components.
  let limits: [SourceRange: Limiter]

  init(_ plan: Plan, host: any ComponentHost) {
    self.host = host
    redactor = Redactor(secrets: plan.secrets)
    workflows = Dictionary(plan.workflows.map { ($0.id, PreparedWorkflow($0)) }) { first, _ in first }
    var limits: [SourceRange: Limiter] = [:]
    for invocation in plan.reach(of: plan.workflows).invocations where invocation.concurrencyLimit > 0 {
      limits[invocation.componentRange] = limits[invocation.componentRange] ?? Limiter(invocation.concurrencyLimit)
    }
    self.limits = limits
  }
}

extension RunContext {
  /// An identifier that no other part of the run has.
  func newID() -> String {
    var random = services.random
    return Run.id(milliseconds: services.clock.millisecondsSinceEpoch, random: &random)
  }
}
