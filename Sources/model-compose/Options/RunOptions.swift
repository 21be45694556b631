import ArgumentParser
import ComposeRuntime

/// What a run is told besides its input.
struct RunOptions: ParsableArguments {
  @Option(
    name: .customLong("session-id"),
    help: ArgumentHelp("What jobs see as ${context.session_id}.", valueName: "id"))
  var sessionID: String?

  @Option(
    name: [.customShort("m"), .customLong("metadata")],
    help: ArgumentHelp(
      "An object that jobs see as ${context.metadata}: JSON, @FILE with JSON, or - for standard input.",
      valueName: "json"))
  var metadata: String?

  @Option(help: ArgumentHelp("How long the run may take, such as 30s or 5m.", valueName: "duration"))
  var timeout: String?

  /// What identifies the run.
  func run(_ clock: some RunClock) throws(FileProblem) -> Run {
    var random = SystemRandomNumberGenerator()
    return Run.new(
      milliseconds: clock.millisecondsSinceEpoch, random: &random, sessionID: sessionID, metadata: try metadataValue())
  }

  private func metadataValue() throws(FileProblem) -> Value {
    guard let metadata else { return .null }
    let value = try parsedJSON(metadata, option: "--metadata", example: "{\"user\": \"ada\"}")
    guard case .object = value else { throw FileProblem("--metadata needs an object, and this is \(value.kindName)") }
    return value
  }

  /// In seconds; `nil` for no limit.
  func timeLimit() throws(FileProblem) -> Double? {
    guard let timeout else { return nil }
    let limit = try? seconds(of: .text(timeout))
    guard let limit, limit > 0 else {
      throw FileProblem(
        "'--timeout \(timeout)' is no duration", help: "write a number with a unit: 500ms, 30s, 5m, 1h")
    }
    return limit
  }
}
