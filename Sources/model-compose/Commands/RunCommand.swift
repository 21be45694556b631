import ArgumentParser
import ComposeBasic
import ComposeComponents
import ComposePlan
import ComposeRuntime
import ComposeSema
import Glibc
import UnixSignals

/// `run`: runs a workflow once.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a workflow once; the result goes to standard output.",
    discussion: """
      Exit status: 0, 1 the workflow failed, 2 bad usage or a file with errors, 130 interrupted, 143 terminated.
      """)

  @Argument(help: ArgumentHelp("The workflow; without it, the default one.", valueName: "workflow"))
  var workflow: String?

  @OptionGroup var input: InputOptions

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("Write the result to a file instead.", valueName: "file"))
  var output: String?

  @OptionGroup var project: ProjectOptions
  @OptionGroup var sandbox: SandboxOptionGroup

  func run() async throws {
    let loaded = try Project(project, isSandbox: sandbox.isOn)
    let workflow = try loaded.workflow(named: self.workflow)
    let catalog = try said { () throws(FileProblem) in try project.catalog() }
    let host = ComponentRegistry(services: Services(transport: sandbox.makeTransport(catalog)))
    try loaded.refuseWhatCannotRun([workflow], host: host)
    let value = try said { () throws(FileProblem) in try self.input.value() }
    let input: Value
    do throws(RuntimeError) {
      input = try checkedInput(value, for: workflow)
    } catch {
      Terminal.complain(error.message, help: inputHelp(workflow))
      throw ExitStatus.usage
    }
    if output == nil, !Terminal.isWritable(.standardOutput) {
      Terminal.complain("standard output is closed: there is no place for the result", help: "use -o FILE")
      throw ExitStatus.usage
    }
    // Opened before anything is sent, so that a call is not paid for a result that cannot be kept.
    let descriptor = try said { () throws(FileProblem) in try output.map(Files.create) ?? 1 }
    if sandbox.isOn { Terminal.write("sandbox: no provider is called\n", to: .standardError) }
    let job = Task { @concurrent in
      try await execute(
        workflow, of: loaded, input, host, ResultWriter(descriptor: descriptor, endsWithNewline: output == nil))
    }
    try await finish(job, loaded)
  }

  @concurrent
  private func execute(
    _ workflow: WorkflowPlan, of loaded: Project, _ input: Value, _ host: ComponentRegistry, _ writer: ResultWriter
  ) async throws {
    let start = ContinuousClock.now
    var random = SystemRandomNumberGenerator()
    let interpreter = Interpreter(plan: loaded.plan, host: host)
    let run = Run.new(milliseconds: SystemClock().millisecondsSinceEpoch, random: &random)
    let result = try await interpreter.run(workflow, input: input, as: run)
    let statistics = try await writer.write(result, startedAt: start)
    if project.verbosity.verbose || Terminal.isTerminal(.standardError) && !project.verbosity.quiet {
      Terminal.write(summary(statistics, elapsed: .now - start), to: .standardError)
    }
  }

  /// Waits for the run; a signal cancels it, which closes every socket.
  private func finish(_ job: Task<Void, any Error>, _ loaded: Project) async throws {
    let watch = Task { () -> ExitStatus? in
      for await signal in await UnixSignalsSequence(trapping: .sigint, .sigterm) {
        job.cancel()
        let status = signal == .sigterm ? ExitStatus.terminated : .interrupted
        do {
          // A write that nobody reads cannot be cancelled, so the run may not end by itself.
          try await Task.sleep(for: .seconds(1))
          Glibc.exit(status.rawValue)
        } catch {
          return status
        }
      }
      return nil
    }
    let outcome = await job.result
    watch.cancel()
    guard case .failure(let error) = outcome else { return }
    if job.isCancelled { throw await watch.value ?? ExitStatus.interrupted }
    switch error {
    case let error as RuntimeError: loaded.show(error, project)
    case is ResultWriter.BrokenPipe: break
    case let error as FileProblem: Terminal.complain(error.message, help: error.help)
    default: Terminal.complain("the run failed: \(error)")
    }
    throw ExitStatus.failure
  }

  private func inputHelp(_ workflow: WorkflowPlan) -> String? {
    let names = workflow.inputs.compactMap { input in
      input.name.map { "\($0) (\(input.type)\(input.isRequired ? ", required" : ""))" }
    }
    return names.isEmpty ? nil : "the workflow's inputs are \(names.joined(separator: ", "))"
  }

  private func summary(_ statistics: RunStatistics, elapsed: Duration) -> String {
    guard statistics.chunks > 0, let first = statistics.timeToFirstChunk else {
      return "done in \(seconds(elapsed)) s\n"
    }
    let rest = elapsed - first
    let rate =
      rest > .milliseconds(1) && statistics.chunks > 1 ? Double(statistics.chunks - 1) / (rest / .seconds(1)) : 0
    return "\(statistics.chunks) chunks in \(seconds(elapsed)) s, the first after \(seconds(first)) s"
      + (rate > 0 ? ", \(Int(rate.rounded())) chunks/s\n" : "\n")
  }

  /// With two decimals.
  private func seconds(_ duration: Duration) -> String {
    let hundredths = Int((duration / .milliseconds(10)).rounded())
    let fraction = hundredths % 100
    return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
  }
}
