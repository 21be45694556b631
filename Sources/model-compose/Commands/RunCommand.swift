import ArgumentParser
import ComposeBasic
import ComposeComponents
import ComposeHTTP
import ComposePlan
import ComposeRuntime
import ComposeSema

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

  @Option(
    name: .customLong("plan"),
    help: ArgumentHelp(
      "Run a plan that plan -o saved; refused when the files or the environment no longer fit it.", valueName: "file"))
  var savedPlan: String?

  @OptionGroup var options: RunOptions
  @OptionGroup var answers: AnswerOptions
  @OptionGroup var events: EventOptions
  @OptionGroup var project: ProjectOptions
  @OptionGroup var sandbox: SandboxOptionGroup

  func run() async throws {
    let saved = try said { () throws(FileProblem) in try savedPlan.map(SavedPlanFiles.read) }
    var project = self.project
    if let saved, project.files.isEmpty { project.files = saved.files }
    let loaded = try Project(project, isSandbox: sandbox.isOn) { sources in
      // A file that only speaks of one loads the library in vain, beside the check.
      if !sandbox.isOn, sources.files.contains(where: { $0.bytes.firstRange(of: Array("http-".utf8)) != nil }) {
        CurlTransport.preload()
      }
    }
    if let saved { try loaded.refuseMisfits(of: saved) }
    let workflow = try loaded.workflow(named: self.workflow ?? saved?.workflow)
    let catalog = try said { () throws(FileProblem) in try project.catalog() }
    let callbacks = CallbackBroker()
    let host = ComponentRegistry(
      services: Services(
        transport: sandbox.makeTransport(catalog), localTransport: CurlTransport(),
        processes: loaded.processes(isService: false), callbacks: callbacks))
    try loaded.refuseWhatCannotRun([workflow], host: host)
    let value = try said { () throws(FileProblem) in try self.input.value(orElse: saved?.input) }
    let input = try checked(value, for: workflow)
    let run = try said { () throws(FileProblem) in try options.run(SystemClock()) }
    let timeLimit = try said { () throws(FileProblem) in try options.timeLimit() }
    let places = interruptPlaces(of: workflow, in: loaded.plan)
    let prepared = try said { () throws(FileProblem) in try answers.answers(for: places) }
    try answers.refuseToStop(at: places, prepared, loaded.plan)
    if output == nil, !Terminal.isWritable(.standardOutput) {
      Terminal.complain("standard output is closed: there is no place for the result", help: "use -o FILE")
      throw ExitStatus.usage
    }
    // Opened before anything is sent, so that a call is not paid for a result that cannot be kept.
    let eventDescriptor = try said { () throws(FileProblem) in try events.open(resultIsInFile: output != nil) }
    let descriptor = try said { () throws(FileProblem) in try output.map(Files.create) ?? 1 }
    if sandbox.isOn { Terminal.write("sandbox: no provider is called\n", to: .standardError) }
    let source = AnswerSource(
      prepared: prepared, isAutomatic: answers.isAutomatic, question: AnswerPrompt.ifPossible)
    let receiver = try said { () throws(FileProblem) in try callbackService(for: workflow, in: loaded.plan, callbacks) }
    try await RunSession(
      project: loaded, options: project, workflow: workflow, input: input, run: run, host: host,
      writer: ResultWriter(descriptor: descriptor, endsWithNewline: output == nil),
      answers: source,
      events: eventDescriptor.map { EventWriter(descriptor: $0, sources: loaded.plan.sources) }, timeLimit: timeLimit,
      receiver: receiver
    ).perform()
  }

  /// The input as the run sees it; what cannot be used is refused before anything is sent.
  private func checked(_ value: Value, for workflow: WorkflowPlan) throws -> Value {
    try said { () throws(FileProblem) in try InputOptions.refuseMisspeltNames(in: value, for: workflow) }
    do throws(RuntimeError) {
      return try checkedInput(value, for: workflow)
    } catch {
      Terminal.complain(error.message, help: inputHelp(workflow))
      throw ExitStatus.usage
    }
  }

  private func inputHelp(_ workflow: WorkflowPlan) -> String? {
    let names = workflow.inputs.compactMap { input in
      input.name.map { "\($0) (\(input.type)\(input.isRequired ? ", required" : ""))" }
    }
    return names.isEmpty ? nil : "the workflow's inputs are \(names.joined(separator: ", "))"
  }
}
