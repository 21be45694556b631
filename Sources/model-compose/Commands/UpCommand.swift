import ArgumentParser
import ComposeBasic
import ComposeComponents
import ComposeHTTP
import ComposePlan
import ComposeProcess
import ComposeRuntime
import ComposeServer
import Glibc

/// `up`: serves the workflows.
struct UpCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "up",
    abstract: "Serve the workflows as an HTTP API and a Web UI.",
    discussion: """
      Runs until SIGTERM or Ctrl-C, or with --detach until 'stop'. Exit status: 0 after a shutdown, and with --detach \
      once the service is ready; 1 the service could not start, 2 bad usage or a file with errors.

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

  @Option(
    name: .customLong("callback-host"),
    help: ArgumentHelp(
      "A host that a 'callback_url' may name; '*' for any.",
      discussion: "Without it, any host where only this machine can call the service, and none elsewhere.",
      valueName: "host"))
  var callbackHosts: [String] = []

  @OptionGroup var operation: OperationOptions
  @OptionGroup var project: ProjectOptions
  @OptionGroup var sandbox: SandboxOptionGroup

  func validate() throws {
    for (name, port) in [("--port", port), ("--web-port", webPort)] {
      guard let port, !(0...65535).contains(port) else { continue }
      throw ValidationError("\(name) must be between 0 and 65535.")
    }
  }

  func run() async throws { try await serve(skipsSetup: false) }

  /// - Parameter skipsSetup: whether components are set up already.
  func serve(skipsSetup: Bool) async throws {
    let watcher = try operation.makeWatcher(project)
    defer { watcher?.stop() }
    let serving = ProjectServing(
      options: project, sandbox: sandbox, callbacks: CallbackBroker(), skipsSetup: skipsSetup)
    let loaded = try serving.load()
    if operation.startsAnother { return try await operation.startAnother(project) }
    // Each client has a connection, and most have another one to a provider.
    raiseDescriptorLimit()
    limitMemoryPools()
    if sandbox.isOn { Terminal.write("sandbox: no provider is called\n", to: .standardError) }
    var configuration = try serverConfiguration(loaded.project.plan)
    let session = try ServiceSession(operation, project, loaded.project, configuration)
    configuration.observers.append(session.log)
    try await session.run { try await serve(loaded, serving, configuration, session, watcher) }
  }

  private func serve(
    _ loaded: ProjectServing.Loaded, _ serving: ProjectServing, _ configuration: ServerConfiguration,
    _ session: ServiceSession, _ watcher: FileWatcher?
  ) async throws {
    let plan = loaded.project.plan
    let server = Server(try await start(loaded, serving), configuration: configuration, logger: quietLogger())
    let receiver = CallbackService(plan.listeners, serving.callbacks, configuration, logger: quietLogger())
    let watching = watcher.map { session.follow($0, serving, loaded.project, server) }
    defer {
      watching?.cancel()
      ProcessServices.killAll()
    }
    do {
      try await receiver.run { receiving in
        try await server.run(endsWithTerminal: !isIgnored(SIGHUP)) { addresses in
          session.becameReady(ServiceAddresses(addresses, callbacks: receiving, of: plan.serving))
          releaseStartupMemory()
        }
      }
    } catch let error as ServerError {
      Terminal.complain(error.message)
      throw ExitStatus.failure
    }
  }

  /// A signal while components start ends those again.
  private func start(_ loaded: ProjectServing.Loaded, _ serving: ProjectServing) async throws -> ServedProject {
    do {
      return try await endingEarly { try await serving.start(loaded) }.get()
    } catch let error as RuntimeError {
      ProcessServices.killAll()
      loaded.project.show(error, project)
      throw ExitStatus.failure
    }
  }

  private func serverConfiguration(_ plan: Plan) throws -> ServerConfiguration {
    let serving = plan.serving
    var configuration = ServerConfiguration(serving: serving.listening(on: port, webPort: webPort))
    configuration.isSandbox = sandbox.isOn
    configuration.pendingDuration = .seconds(serving.shutdownPending)
    configuration.drainDuration = .seconds(serving.shutdownTimeout)
    configuration.allowsInsecure = insecure
    configuration.apiKeys = try said { () throws(FileProblem) in try presentedKeys(for: plan) }
    let caller = CallbackCaller(transport: CurlTransport(), clock: SystemClock())
    configuration.deliverCallback = { await caller.deliver($0) }
    let isLocal = [configuration.serving.api, configuration.serving.webUI].allSatisfy { $0?.isLoopback ?? true }
    if !callbackHosts.contains("*"), !isLocal || !callbackHosts.isEmpty {
      configuration.callbackHosts = Set(callbackHosts.map { $0.lowercased() })
    }
    return configuration
  }
}
