import ComposeBasic
import ComposeComponents
import ComposeHTTP
import ComposePlan
import ComposeRuntime
import ComposeServer

/// Makes projects ready to be served: checks them, refuses what cannot run, and starts what their components start.
struct ProjectServing: Sendable {
  let options: ProjectOptions
  let sandbox: SandboxOptionGroup
  /// Where calls that tell of work which is done arrive, whatever version of the project waits for them.
  let callbacks: CallbackBroker
  /// Whether components are set up already.
  let skipsSetup: Bool

  /// What stands between the files and a service.
  struct Loaded: Sendable {
    let project: Project
    let host: ComponentRegistry

    /// The workflows that clients can run.
    var workflows: [WorkflowPlan] { project.plan.workflows.filter { !$0.isPrivate } }
  }

  /// Reads and checks the files as they are now.
  ///
  /// - Throws: ``ExitStatus`` after everything has been said.
  func load() throws -> Loaded {
    let project = try Project(options, isSandbox: sandbox.isOn)
    let catalog = try said { () throws(FileProblem) in try options.catalog() }
    let host = ComponentRegistry(
      services: Services(
        transport: sandbox.makeTransport(catalog), localTransport: CurlTransport(), allowsFileURLs: false,
        processes: project.processes(isService: true, skipsSetup: skipsSetup),
        callbacks: callbacks))
    let loaded = Loaded(project: project, host: host)
    try refuseToServe(project.plan)
    try project.refuseWhatCannotRun(loaded.workflows, host: host)
    return loaded
  }

  private func refuseToServe(_ plan: Plan) throws {
    guard !plan.serving.refused.isEmpty else { return }
    let lines = plan.serving.refused.map { "  \(plan.sources.location(of: $0.range)): \($0.value)" }
    Terminal.complain("this file needs what this version does not serve\n" + lines.joined(separator: "\n"))
    throw ExitStatus.usage
  }

  /// Starts the components that are servers of their own.
  ///
  /// - Throws: why one of them does not start; what the others have started has ended then.
  func start(_ loaded: Loaded) async throws -> ServedProject {
    do {
      try await loaded.project.start(loaded.host, for: loaded.workflows)
    } catch {
      await loaded.host.stop()
      throw error
    }
    return ServedProject(
      plan: loaded.project.plan, interpreter: Interpreter(plan: loaded.project.plan, host: loaded.host)
    ) { await loaded.host.stop() }
  }
}
