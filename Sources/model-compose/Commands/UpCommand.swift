import ArgumentParser
import ComposeBasic
import ComposeComponents
import ComposeHTTP
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeServer
import Glibc

/// `up`: serves the workflows.
struct UpCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "up",
    abstract: "Serve the workflows as an HTTP API and a Web UI.",
    discussion: """
      Runs until SIGTERM or Ctrl-C. Exit status: 0 after a shutdown, 1 the service could not start, 2 bad usage or a \
      file with errors.

      MODEL_COMPOSE_API_KEYS holds keys, separated by commas, one of which callers must send as a bearer token. An \
      address that other machines can reach needs keys, or --insecure.
      """)

  @Option(help: ArgumentHelp("The API's port instead of the file's; 0 lets the system choose.", valueName: "port"))
  var port: Int?

  @Option(
    name: .customLong("web-port"),
    help: ArgumentHelp("The Web UI's port instead of the file's; 0 lets the system choose.", valueName: "port"))
  var webPort: Int?

  @Flag(help: "Listen where other machines can reach it, without keys.")
  var insecure = false

  @OptionGroup var project: ProjectOptions
  @OptionGroup var sandbox: SandboxOptionGroup

  func validate() throws {
    for (name, port) in [("--port", port), ("--web-port", webPort)] {
      guard let port, !(0...65535).contains(port) else { continue }
      throw ValidationError("\(name) must be between 0 and 65535.")
    }
  }

  func run() async throws {
    let loaded = try Project(project, isSandbox: sandbox.isOn)
    let catalog = try said { () throws(FileProblem) in try project.catalog() }
    let callbacks = CallbackBroker()
    let host = ComponentRegistry(
      services: Services(
        transport: sandbox.makeTransport(catalog), localTransport: CurlTransport(), allowsFileURLs: false,
        processes: loaded.processes(isService: true), callbacks: callbacks))
    try refuseToServe(loaded.plan)
    let served = loaded.plan.workflows.filter { !$0.isPrivate }
    try loaded.refuseWhatCannotRun(
      served, host: host, and: served.flatMap { refusalsOfInterrupts(of: $0, in: loaded.plan) })
    if sandbox.isOn { Terminal.write("sandbox: no provider is called\n", to: .standardError) }

    let configuration = serverConfiguration(loaded.plan.serving)
    let server = Server(
      plan: loaded.plan, interpreter: Interpreter(plan: loaded.plan, host: host), configuration: configuration,
      logger: quietLogger())
    let receiver = CallbackService(loaded.plan.listeners, callbacks, configuration, logger: quietLogger())
    let basePath = loaded.plan.serving.basePath
    try await start(host, loaded, served)
    do {
      try await receiver.run { receiving in
        try await server.run(endsWithTerminal: !isIgnored(SIGHUP)) { addresses in
          announce(addresses, receiving, basePath: basePath)
        }
      }
    } catch let error as ServerError {
      await host.stop()
      ProcessServices.killAll()
      Terminal.complain(error.message)
      throw ExitStatus.failure
    }
    await host.stop()
    ProcessServices.killAll()
  }

  /// Starts the components that are servers of their own. A signal meanwhile ends those again.
  private func start(_ host: ComponentRegistry, _ loaded: Project, _ served: [WorkflowPlan]) async throws {
    do {
      try await endingEarly { try await loaded.start(host, for: served) }.get()
    } catch let error as RuntimeError {
      loaded.show(error, project)
      throw ExitStatus.failure
    }
  }

  private func refuseToServe(_ plan: Plan) throws {
    guard !plan.serving.refused.isEmpty else { return }
    let lines = plan.serving.refused.map { "  \(plan.sources.location(of: $0.range)): \($0.value)" }
    Terminal.complain("this file needs what this version does not serve\n" + lines.joined(separator: "\n"))
    throw ExitStatus.usage
  }

  private func serverConfiguration(_ serving: ServingPlan) -> ServerConfiguration {
    var configuration = ServerConfiguration(
      serving: ServingPlan(
        api: serving.api.map { ServingPlan.Address(host: $0.host, port: port ?? $0.port) },
        basePath: serving.basePath,
        origins: serving.origins,
        webUI: serving.webUI.map { ServingPlan.Address(host: $0.host, port: webPort ?? $0.port) },
        runLimit: serving.runLimit,
        refused: []))
    configuration.isSandbox = sandbox.isOn
    configuration.allowsInsecure = insecure
    configuration.apiKeys = presentedKeys()
    return configuration
  }
}

/// One line for each place, which a script can wait for.
private func announce(_ addresses: BoundAddresses, _ receiving: [ServingPlan.Address], basePath: String) {
  var text = ""
  if let api = addresses.api { text += "API     http://\(api.host):\(api.port)\(basePath)\n" }
  if let webUI = addresses.webUI { text += "Web UI  http://\(webUI.host):\(webUI.port)/\n" }
  for address in receiving { text += "Callbacks  http://\(address.host):\(address.port)\n" }
  Terminal.write(text, to: .standardOutput)
}
