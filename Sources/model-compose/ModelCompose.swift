import ArgumentParser
import ComposeBasic
import ComposePlan
import Glibc

/// The program: `model-compose COMMAND …`.
struct ModelCompose: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: ProgramIdentity.name,
    abstract: "Checks, plans and runs AI services that are written in YAML.",
    version: ProgramIdentity.version,
    subcommands: [
      CheckCommand.self, PlanCommand.self, RunCommand.self, UpCommand.self, DownCommand.self, StartCommand.self,
      StopCommand.self, StatusCommand.self, EvalCommand.self, ExplainCommand.self, SchemaCommand.self,
    ])
}

@main
enum Main {
  static func main() async {
    // A reader that goes away is an error of that write, not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    Terminal.reserveStandardStreams()
    let arguments = withSharedOptionsLast(withDefaultValues(Array(CommandLine.arguments.dropFirst())))
    if readsProject(arguments) { Task.detached { prepareToCompile() } }
    do {
      var command = try ModelCompose.parseAsRoot(arguments)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      leave(after: error)
    }
  }

  /// Ends the process. The parser's status for bad usage is 64; ours is 2, as in the reference.
  private static func leave(after error: any Error) -> Never {
    if let status = error as? ExitStatus { exit(status.rawValue) }
    let code = ModelCompose.exitCode(for: error)
    let message = ModelCompose.fullMessage(for: error)
    if !message.isEmpty { Terminal.write(message + "\n", to: code.isSuccess ? .standardOutput : .standardError) }
    exit(code.isSuccess ? 0 : code == .validationFailure ? ExitStatus.usage.rawValue : ExitStatus.fault.rawValue)
  }
}

/// Whether the command checks files, which is prepared while the command line is read: both take as long.
private func readsProject(_ arguments: [String]) -> Bool {
  guard let name = arguments.first, !arguments.contains("--help"), !arguments.contains("-h") else { return false }
  return ["check", "validate", "plan", "run", "up"].contains(name)
}

/// The arguments with options that stand before the command moved behind it: `-f x check` means `check -f x`.
func withSharedOptionsLast(_ arguments: [String]) -> [String] {
  let taking: Set<String> = [
    "-f", "--file", "--env-file", "-e", "--env", "--allow", "--api", "--color", "--error", "--format", "--warn",
  ]
  let flags: Set<String> = ["-q", "--quiet", "-v", "--verbose"]
  var moved: [String] = []
  var index = 0
  while index < arguments.count, arguments[index].hasPrefix("-") {
    let argument = arguments[index]
    if taking.contains(argument), index + 1 < arguments.count {
      moved += [argument, arguments[index + 1]]
      index += 2
    } else if flags.contains(argument) {
      moved.append(argument)
      index += 1
    } else if taking.contains(where: { argument.hasPrefix($0 + "=") }) {
      moved.append(argument)
      index += 1
    } else {
      return arguments
    }
  }
  guard index < arguments.count else { return arguments }
  return [arguments[index]] + moved + arguments[(index + 1)...]
}

/// The arguments with `--fix` and `--events` that stand alone given their values, so that a word behind them is an
/// argument of its own.
func withDefaultValues(_ arguments: [String]) -> [String] {
  let values = ["--fix": "safe", "--events": EventOptions.standard]
  let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
  return arguments[..<end].map { argument in values[argument].map { "\(argument)=\($0)" } ?? argument }
    + arguments[end...]
}
