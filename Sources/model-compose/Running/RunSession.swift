import ComposeBasic
import ComposeComponents
import ComposePlan
import ComposeRuntime
import ComposeServer

/// One run with everything that it needs, checked and opened before anything is sent.
struct RunSession {
  let project: Project
  let options: ProjectOptions
  let workflow: WorkflowPlan
  let input: Value
  let run: Run
  let host: ComponentRegistry
  let writer: ResultWriter
  let answers: AnswerSource
  let events: EventWriter?
  /// In seconds.
  let timeLimit: Double?
  let receiver: CallbackService

  private let clock = SystemClock()
  private let tally: JobTally

  init(
    project: Project, options: ProjectOptions, workflow: WorkflowPlan, input: Value, run: Run, host: ComponentRegistry,
    writer: ResultWriter, answers: AnswerSource, events: EventWriter?, timeLimit: Double?,
    receiver: CallbackService
  ) {
    self.project = project
    self.options = options
    self.workflow = workflow
    self.input = input
    self.run = run
    self.host = host
    self.writer = writer
    self.answers = answers
    self.events = events
    self.timeLimit = timeLimit
    self.receiver = receiver
    tally = JobTally(workflow)
  }

  /// Runs the workflow, writes its result, and says how it went.
  ///
  /// - Throws: ``ExitStatus`` when the run has failed or was ended.
  func perform() async throws {
    let start = clock.now
    events?.begin(run, workflow, startedAt: clock.secondsSinceEpoch)
    let outcome = await endingEarly { try await receiver.run { _ in try await execute() } }
    let time = clock.now.seconds(since: start)
    // What commands have left in the background ends with the run.
    ProcessServices.killAll()
    do {
      let statistics = try outcome.get()
      events?.end(workflow, .completed, exitStatus: 0, error: nil, time: time)
      tellRemarks()
      let isTold = options.verbosity.verbose || Terminal.isTerminal(.standardError) && !options.verbosity.quiet
      if isTold { Terminal.write(statistics.summary(elapsed: time) + "\n", to: .standardError) }
    } catch let status as ExitStatus {
      events?.end(workflow, .cancelled, exitStatus: Int(status.rawValue), error: nil, time: time)
      throw status
    } catch {
      try fail(error, time)
    }
  }

  @concurrent
  private func execute() async throws -> RunStatistics {
    let start = ContinuousClock.now
    let services = RunServices(clock: clock, interrupts: answers, observer: observer, timeLimit: timeLimit)
    let interpreter = Interpreter(plan: project.plan, host: host)
    try await project.start(host, for: [workflow])
    let outcome: Result<RunStatistics, any Error>
    do {
      let result = try await interpreter.run(workflow, input: input, as: run, with: services)
      outcome = .success(try await writer.write(result, startedAt: start))
    } catch {
      outcome = .failure(error)
    }
    // Only now: what is written may still come out of a component.
    await host.stop()
    return try outcome.get()
  }

  /// Watches the run; `nil` when nothing that happens is of interest.
  private var observer: (any RunObserver)? {
    var observers: [any RunObserver] = []
    if workflow.nodes.count > 1 { observers.append(tally) }
    if let events { observers.append(events) }
    if options.verbosity.verbose { observers.append(LogWriter()) }
    return observers.count > 1 ? RunObservers(observers) : observers.first
  }

  // MARK: Reports

  private func fail(_ error: any Error, _ time: Double) throws {
    var failure = error as? RuntimeError
    if let limit = timeLimit, failure?.code == .timeout, time >= limit {
      failure = RuntimeError(.timeout, "the run did not finish within \(durationText(limit)), which --timeout allows")
    }
    events?.end(
      workflow, .failed, exitStatus: Int(ExitStatus.failure.rawValue), error: failure, time: time)
    if let failure {
      project.show(failure, options)
      if let summary = tally.summary, !options.verbosity.quiet {
        Terminal.write(summary + "\n", to: .standardError)
      }
    } else if let problem = error as? FileProblem {
      Terminal.complain(problem.message, help: problem.help)
    } else if !(error is ResultWriter.BrokenPipe) {
      Terminal.complain("the run failed: \(error)")
    }
    tellRemarks()
    throw ExitStatus.failure
  }

  /// What else the caller should know of a run that has ended.
  private func tellRemarks() {
    if let problem = events?.problem { Terminal.complain("events are missing: \(problem)") }
    guard !options.verbosity.quiet else { return }
    for answer in answers.unused {
      let side = answer.phase.map { ":\($0.rawValue)" } ?? ""
      let note = safeText("note: nothing asked for the answer of '\(answer.job)\(side)'")
      Terminal.write(note + "\n", to: .standardError)
    }
  }
}
