import ArgumentParser
import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax

/// `check`: finds mistakes before anything runs.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Find mistakes in compose files.",
    discussion: """
      Exit status: 0 nothing found, 1 findings at or above --fail-on, 2 bad usage or an unreadable file, 3 a fault of \
      this program.
      """,
    aliases: ["validate"])

  @Argument(
    help: ArgumentHelp(
      "Files, directories to search for model-compose.yml, or - for standard input.",
      discussion: "Without a path, the files of -f, or the one of the working directory.", valueName: "path"))
  var paths: [String] = []

  @OptionGroup var project: ProjectOptions

  @Option(help: "How findings are printed: human, concise or json.")
  var format: DiagnosticFormat = .human

  @Option(name: .customLong("fail-on"), help: "The least severity that makes the status 1: error, warning or note.")
  var failOn: Severity = .error

  @Option(help: ArgumentHelp("Report this code as an error.", valueName: "code"))
  var error: [String] = []

  @Option(help: ArgumentHelp("Report this code as a warning.", valueName: "code"))
  var warn: [String] = []

  @Flag(name: .customLong("require-env"), help: "Report unset environment variables as errors.")
  var requireEnvironment = false

  @Flag(help: "Print the type of every expression before the findings.")
  var types = false

  @Option(name: .customLong("stdin-path"), help: ArgumentHelp("What standard input is called.", valueName: "name"))
  var standardInputPath = "<stdin>"

  func validate() throws {
    if types, format == .json { throw ValidationError("--types prints text: use it with human or concise") }
  }

  func run() throws {
    var sources = SourceSet()
    let groups = try said { () throws(FileProblem) in try readFiles(into: &sources) }
    let environment = try said { () throws(FileProblem) in try loadEnvironment(project) }
    let catalog = try said { () throws(FileProblem) in try project.catalog() }
    var diagnostics = Diagnostics()
    for files in groups {
      let compilation = compile(
        files, in: sources, environment: environment, catalog: catalog, options: compileOptions)
      diagnostics.append(contentsOf: compilation.diagnostics)
      if types { Terminal.write(typeListing(of: compilation.program, in: sources), to: .standardOutput) }
    }
    let report = DiagnosticReport(diagnostics, sources: sources, checkedFiles: sources.files.count)
    let options = RenderOptions(
      color: format == .human && project.color.isOn(.standardOutput), width: Terminal.width(.standardOutput))
    Terminal.write(render(report, as: format, options: options), to: .standardOutput)
    if diagnostics.all.contains(where: { $0.severity >= failOn }) { throw ExitStatus.failure }
  }

  private var compileOptions: CompileOptions {
    var options = project.compileOptions
    if requireEnvironment { options.severities[EnvironmentCodes.unset.id] = .error }
    for code in error { options.severities[code] = .error }
    for code in warn { options.severities[code] = .warning }
    return options
  }

  /// The files, in groups that are compiled together: each path by itself, or all of `-f` laid over each other.
  private func readFiles(into sources: inout SourceSet) throws(FileProblem) -> [[SourceFile]] {
    guard !paths.isEmpty else {
      sources = try ProjectLoader.sources(project)
      return [sources.files]
    }
    var groups: [[SourceFile]] = []
    for path in paths {
      if path == "-" {
        groups.append([sources.add(path: standardInputPath, bytes: try Files.readStandardInput())])
      } else if Files.isDirectory(path) {
        let found = try Files.composeFiles(in: path)
        guard !found.isEmpty else { throw FileProblem("there is no model-compose.yml in '\(path)' or below") }
        for file in found { groups.append([sources.add(path: file, bytes: try Files.read(file))]) }
      } else {
        groups.append([sources.add(path: path, bytes: try Files.read(path))])
      }
    }
    return groups
  }
}
