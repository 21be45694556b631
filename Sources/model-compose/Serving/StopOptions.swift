import ArgumentParser
import ComposeRuntime

/// How a service is ended.
struct StopOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How long to wait for the end, such as 30s; without it, as long as the service gives itself.",
      valueName: "duration"))
  var timeout: String?

  @Flag(help: "End it at once when that time is over.")
  var kill = false

  /// In seconds; `nil` for as long as the service gives itself.
  func timeLimit() throws(FileProblem) -> Double? {
    guard let timeout else { return nil }
    guard let limit = try? seconds(of: .text(timeout)), limit >= 0 else {
      throw FileProblem(
        "'--timeout \(timeout)' is no duration", help: "write a number with a unit: 500ms, 30s, 5m, 1h")
    }
    return limit
  }
}
