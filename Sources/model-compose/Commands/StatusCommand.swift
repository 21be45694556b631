import ArgumentParser
import ComposeHTTP
import ComposeRuntime

/// `status`: tells whether the service of a project runs.
struct StatusCommand: AsyncParsableCommand {
  enum Format: String, WordArgument {
    case text
    case json
  }

  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Tell whether the service runs, where it listens and how it is.",
    discussion: """
      The service is that of the same compose files, in the same folder. Exit status: 0 it runs and is healthy, 1 it \
      does not run, 2 bad usage, 3 it runs and is not healthy.

      A key in MODEL_COMPOSE_API_KEYS is used to ask for the tasks.
      """)

  @Option(help: "How it is printed: text or json.")
  var format: Format = .text

  @OptionGroup var instance: InstanceOptions
  @OptionGroup var project: ProjectOptions

  func run() async throws {
    let place = InstancePlace(project, pidFile: instance.pidFile)
    let found = try await FoundInstance.find(place)
    guard case .running(let record) = found else {
      let isRunning = found == .unknown
      switch format {
      case .text: Terminal.write(Self.sentence(found, place) + "\n", to: .standardOutput)
      case .json: Terminal.write("{\"running\":\(isRunning)}\n", to: .standardOutput)
      }
      throw isRunning ? ExitStatus.fault : .failure
    }
    let transport = CurlTransport()
    let state = await ServiceState(record, transport)
    await transport.shutdown()
    switch format {
    case .text: Terminal.write(state.text(now: SystemClock().millisecondsSinceEpoch), to: .standardOutput)
    case .json: Terminal.write(state.json, to: Terminal.Stream.standardOutput.rawValue)
    }
    if state.health != .healthy { throw ExitStatus.fault }
  }

  private static func sentence(_ found: FoundInstance, _ place: InstancePlace) -> String {
    switch found {
    case .stale: "not running  (the last one ended without a shutdown)"
    case .unknown: "running, but '\(place.pidFile)' does not tell which process it is"
    case .none, .running: "not running"
    }
  }
}
