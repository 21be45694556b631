import ArgumentParser
import ComposeBasic
import ComposePlan

/// The options of every command that reads a compose file.
struct ProjectOptions: ParsableArguments {
  @Option(
    name: [.customShort("f"), .customLong("file")],
    help: ArgumentHelp(
      "A compose file; several are laid over each other from left to right.",
      discussion: "Without it, model-compose.yml or model-compose.yaml of the working directory.", valueName: "file"))
  var files: [String] = []

  @Option(
    name: .customLong("env-file"),
    help: ArgumentHelp(
      "A file of environment variables, instead of .env of the working directory.", valueName: "file"))
  var environmentFiles: [String] = []

  @Option(
    name: [.customShort("e"), .customLong("env")],
    help: ArgumentHelp("One environment variable; it wins over files and the process.", valueName: "name=value"))
  var variables: [String] = []

  @OptionGroup var findings: FindingOptions

  @Option(
    help: ArgumentHelp(
      "A description of a provider's API, which is asked before the built-in ones.", valueName: "file"))
  var api: [String] = []

  @Option(help: "When output is coloured: auto, always or never. NO_COLOR means never.")
  var color: ColorMode = .auto

  @OptionGroup var verbosity: VerbosityOptions

  /// Severities by code, as the command line sets them.
  var compileOptions: CompileOptions { findings.compileOptions }
}

/// When output is coloured.
enum ColorMode: String, WordArgument {
  case auto
  case always
  case never

  func isOn(_ stream: Terminal.Stream) -> Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto: Terminal.isTerminal(stream) && environmentVariable("NO_COLOR") == nil
    }
  }
}

extension DiagnosticFormat: WordArgument {}
extension PlanFormat: WordArgument {}
