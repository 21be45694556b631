import ArgumentParser
import ComposeBasic
import ComposeComponents
import ComposeHTTP
import ComposePlan
import ComposeRuntime
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

  @Option(
    name: .customLong("callback-host"),
    help: ArgumentHelp(
      "A host that a 'callback_url' may name; '*' for any.",
      discussion: "Without it, any host where only this machine can call the service, and none elsewhere.",
      valueName: "host"))
  var callbackHosts: [String] = []

  @OptionGroup var project: ProjectOptions
  @OptionGroup var sandbox: SandboxOptionGroup

  func validate() throws {
    for (name, port) in [("--port", port), ("--web-port", webPort)] {
      guard let port, !(0...65535).contains(port) else { continue }
      throw ValidationError("\(name) must be between 0 and 65535.")
    }
  }

  func run() async throws {
    let serving = ProjectServing(options: project, sandbox: sandbox, callbacks: CallbackBroker())
    let loaded = try serving.load()
    let plan = loaded.project.plan
    if sandbox.isOn { Terminal.write("sandbox: no provider is called\n", to: .standardError) }
    let configuration = serverConfiguration(plan.serving)
    let server = Server(try await start(loaded, serving), configuration: configuration, logger: quietLogger())
    let receiver = CallbackService(plan.listeners, serving.callbacks, configuration, logger: quietLogger())
    defer { ProcessServices.killAll() }
    do {
      try await receiver.run { receiving in
        try await server.run(endsWithTerminal: !isIgnored(SIGHUP)) { addresses in
          announce(addresses, receiving, basePath: plan.serving.basePath)
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
    let caller = CallbackCaller(transport: CurlTransport(), clock: SystemClock())
    configuration.deliverCallback = { await caller.deliver($0) }
    let isLocal = [configuration.serving.api, configuration.serving.webUI].allSatisfy { $0?.isLoopback ?? true }
    if !callbackHosts.contains("*"), !isLocal || !callbackHosts.isEmpty {
      configuration.callbackHosts = Set(callbackHosts.map { $0.lowercased() })
    }
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
