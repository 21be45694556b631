import ComposeBasic
import ComposePlan

/// One run of one workflow: starts each job as soon as it can run, and ends the others when one fails.
struct WorkflowRun {
  let workflow: PreparedWorkflow
  let input: Value
  var context: RunContext
  /// Whether a job of another workflow waits for it.
  var isNested = false

  private var plan: WorkflowPlan { workflow.plan }

  /// What the workflow gives. A stream in it is still running.
  ///
  /// - Throws: the error of the first job that failed, when all others have ended.
  func result() async throws(RuntimeError) -> Value {
    context.events.emit(.workflowStarted, at: plan.range)
    do throws(RuntimeError) {
      let result = try await resultInTime()
      context.events.emit(.workflowCompleted(isStream: result.isStream), at: plan.range)
      return result
    } catch {
      context.events.emit(
        error.code == .cancelled ? .workflowCancelled : .workflowFailed(error), at: plan.range)
      throw error
    }
  }

  /// The result within the time that the file allows.
  private func resultInTime() async throws(RuntimeError) -> Value {
    guard let timeout = plan.timeout, let limit = try seconds(of: timeout) else { return try await resultOfJobs() }
    let own = Deadline("workflow '\(plan.id)'", seconds: limit, from: context.services.clock.now)
    var limited = self
    limited.context.deadline = Deadline.sooner(context.deadline, own)
    let inner = limited
    do throws(RuntimeError) {
      return try await ComposeRuntime.run(
        within: own, on: context.services.clock, discard: { $0.cancelStreams() },
        { () async throws(RuntimeError) in try await inner.resultOfJobs() }
      ).limited(by: own, on: context.services.clock)
    } catch {
      throw error.located(range: timeout.range)
    }
  }

  private func seconds(of timeout: PlanTemplate) throws(RuntimeError) -> Double? {
    guard case .constant(let value) = timeout.content else { return nil }
    do throws(RuntimeError) { return try ComposeRuntime.seconds(of: Value(value)) } catch {
      throw error.located(range: timeout.range)
    }
  }

  private func resultOfJobs() async throws(RuntimeError) -> Value {
    let outputs = try await runJobs()
    do throws(RuntimeError) {
      return try await result(of: outputs)
    } catch {
      outputs.cancelStreams()
      throw error
    }
  }

  // MARK: Jobs

  private typealias Started = (job: Int, runner: JobRunner)
  private typealias Ended = (job: Int, unit: InterruptBroker.Unit, outcome: Result<JobOutcome, RuntimeError>)

  private struct Progress {
    var schedule: Schedule
    var outputs: JobOutputs
    /// Whether the job of another workflow that waits for this one counts as stopped.
    var isCallerSuspended = false
    /// The job whose end is the end of the run.
    var failed: InterruptBroker.Unit?
  }

  private func runJobs() async throws(RuntimeError) -> JobOutputs {
    var progress = Progress(schedule: Schedule(workflow.topology), outputs: JobOutputs(plan))
    do throws(RuntimeError) {
      var started = try startReady(&progress)
      if isNested {
        progress.isCallerSuspended = true
        context.interrupts.suspend()
      }
      // A job that runs alone needs no task of its own.
      while started.count == 1 { started = try goOn(after: await end(of: started[0]), &progress) }
      if !started.isEmpty { try await runTogether(started, &progress) }
      return progress.outputs
    } catch {
      if progress.isCallerSuspended { context.interrupts.resume() }
      if let failed = progress.failed { context.interrupts.end(failed) }
      progress.outputs.cancelStreams()
      throw error
    }
  }

  /// Runs jobs side by side, and all that follow them.
  private func runTogether(_ started: [Started], _ progress: inout Progress) async throws(RuntimeError) {
    let failure = await withTaskGroup(of: Ended.self) { group -> RuntimeError? in
      for job in started { group.addTask { await end(of: job) } }
      do throws(RuntimeError) {
        while let ended = await group.next() {
          for job in try goOn(after: ended, &progress) { group.addTask { await end(of: job) } }
        }
        return nil
      } catch {
        group.cancelAll()
        await giveUp(&group)
        return error
      }
    }
    if let failure { throw failure }
  }

  /// Lets every job begin that can run now. All of them count as under way before the first one works: it may stop to
  /// ask at once, and asks for all that stop.
  ///
  /// Neither this nor ``finish(_:_:_:)`` is inlined: what they need for a moment would be held for the whole run.
  @inline(never)
  private func startReady(_ progress: inout Progress) throws(RuntimeError) -> [Started] {
    do throws(ScheduleFault) {
      return try progress.schedule.takeReady().map { job in
        context.events.emit(
          .jobStarted(run: progress.schedule.startCount(of: job)), job: plan.nodes[job].name, at: plan.nodes[job].range)
        let scope = scope(progress.outputs, workflow.reads[job])
        return (job, JobRunner(context: context, workflowScope: scope, unit: context.interrupts.begin()))
      }
    } catch {
      throw self.error(for: error)
    }
  }

  /// Takes note of how a job ended, and lets those begin that can run now, before it counts as ended.
  private func goOn(after ended: Ended, _ progress: inout Progress) throws(RuntimeError) -> [Started] {
    progress.failed = ended.unit
    try finish(ended, &progress.schedule, &progress.outputs)
    let started = try startReady(&progress)
    if progress.isCallerSuspended, progress.schedule.isComplete {
      progress.isCallerSuspended = false
      context.interrupts.resume()
    }
    progress.failed = nil
    context.interrupts.end(ended.unit)
    return started
  }

  private func end(of started: Started) async -> Ended {
    (started.job, started.runner.unit, await outcome(of: started.job, started.runner))
  }

  private func outcome(of job: Int, _ runner: JobRunner) async -> Result<JobOutcome, RuntimeError> {
    let node = plan.nodes[job]
    do throws(RuntimeError) {
      return .success(try located(await runner.run(node.job, in: runner.workflowScope), node))
    } catch {
      // What fails because the run was cancelled, or at that moment, is not what ends it.
      return .failure((Task.isCancelled ? .cancelled : error).located(job: node.name, range: node.range))
    }
  }

  /// The outcome with a stream that says where its later errors belong, and is watched.
  private func located(_ outcome: JobOutcome, _ node: Node) throws(RuntimeError) -> JobOutcome {
    guard case .value(let value) = outcome else { return outcome }
    let (job, range) = (node.name, node.range)
    let located = try value.mappingErrors { $0.located(job: job, range: range) }.ofJob
    return .value(try located.observed(by: context.events, job: job, at: range))
  }

  /// Takes note of how a job ended.
  @inline(never)
  private func finish(
    _ ended: Ended, _ schedule: inout Schedule, _ outputs: inout JobOutputs
  ) throws(RuntimeError) {
    let node = plan.nodes[ended.job]
    func emit(_ kind: RunEvent.Kind) { context.events.emit(kind, job: node.name, at: node.range) }
    switch ended.outcome {
    case .failure(let error):
      emit(error.code == .cancelled ? .jobCancelled : .jobFailed(error))
      throw error
    case .success(.value(let value)):
      outputs[ended.job] = node.job.readers.ofValue > 1 ? try value.keepingBytes() : value
      schedule.complete(ended.job)
      emit(.jobCompleted(isStream: value.isStream))
    case .success(.routed(let target?)):
      emit(.jobRouted(to: target.name))
      guard case .rewinds(let jobs) = schedule.route(from: ended.job, to: target.node.index) else { return }
      for job in jobs {
        outputs[job]?.cancelStreams()
        outputs[job] = nil
        context.events.emit(.jobRewound, job: plan.nodes[job].name, at: plan.nodes[job].range)
      }
    case .success(.routed(nil)):
      schedule.complete(ended.job)
      emit(.jobRouted(to: nil))
    }
  }

  /// Waits for jobs that were told to end; what they still give is of no use.
  private func giveUp(_ group: inout TaskGroup<Ended>) async {
    while let ended = await group.next() {
      if case .success(.value(let value)) = ended.outcome { value.cancelStreams() }
      let node = plan.nodes[ended.job]
      context.events.emit(.jobCancelled, job: node.name, at: node.range)
      context.interrupts.end(ended.unit)
    }
  }

  private func scope(_ outputs: JobOutputs, _ reads: JobReads) -> Scope {
    var scope = Scope(["jobs": outputs.value(reads)], callers: ["input": input, "context": context.run.context])
    scope.conversion = context.program.host.conversion
    return scope
  }

  // MARK: Result

  /// `workflow.output`, or what the terminal jobs give: one value as it is, several objects merged.
  private func result(of outputs: JobOutputs) async throws(RuntimeError) -> Value {
    if let output = plan.output {
      return try await Evaluator(scope(outputs, workflow.outputReads)).evaluate(output)
    }
    // The reference merges them in the order in which they finished.
    let terminal = outputs.finished.filter { plan.nodes[$0.job].isTerminal }
    guard terminal.count != 1 else { return terminal[0].value }
    var merged = OrderedObject()
    for (job, value) in terminal {
      let node = plan.nodes[job]
      switch value {
      case .null: continue
      case .object(let object): for (key, value) in object { merged[key] = value }
      default:
        throw RuntimeError(
          .value, "several jobs end the workflow and do not all give objects: say in 'output' what it returns",
          range: node.range, job: node.name)
      }
    }
    return terminal.isEmpty ? .null : .object(merged)
  }

  // MARK: Faults

  private func error(for fault: ScheduleFault) -> RuntimeError {
    let code: RuntimeError.Code =
      switch fault {
      case .tooManyRuns: .limit
      case .deadlock: .deadlock
      }
    let node = fault.job.map { plan.nodes[$0] }
    return RuntimeError(
      code, fault.message { plan.nodes[$0].name }, range: node?.range ?? plan.range, job: node?.name)
  }
}

extension Value {
  /// What other jobs see of it: a stream without a flag is one of items from here on, as in the reference.
  fileprivate var ofJob: Value {
    get throws(RuntimeError) {
      guard case .stream(let stream) = self, stream.form == .bare else { return self }
      return .stream(try stream.claimed(as: .chunks(fragmented: false)))
    }
  }

  var isStream: Bool {
    if case .stream = self { return true }
    return false
  }
}
