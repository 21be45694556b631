import ArgumentParser
import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax

/// `check`: finds mistakes before anything runs, and repairs them when asked to.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Find mistakes in compose files.",
    discussion: """
      Exit status: 0 nothing found, 1 findings at or above --fail-on, 2 bad usage or an unreadable file, 3 a fault of \
      this program. With --diff, 1 also when something would be changed.
      """,
    aliases: ["validate"])

  @Argument(
    help: ArgumentHelp(
      "Files, directories to search for model-compose.yml, or - for standard input.",
      discussion: "Without a path, the files of -f, or the one of the working directory.", valueName: "path"))
  var paths: [String] = []

  @OptionGroup var project: ProjectOptions

  @Option(help: "How findings are printed: \(DiagnosticFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format: DiagnosticFormat = .human

  @Option(
    help: ArgumentHelp(
      "Repair files: --fix where the repair is certain, --fix=suggested also where it is likely.", valueName: "kind"))
  var fix: FixLevel?

  @Flag(help: "Print what --fix would change as a unified diff, and change nothing.")
  var diff = false

  @Option(
    name: .customLong("fail-on"),
    help: "The least severity that makes the status 1: error, warning or note; never for none.")
  var failOn: FailOn = .error

  @Flag(name: .customLong("require-env"), help: "Report unset environment variables as errors.")
  var requireEnvironment = false

  @Flag(help: "Print the type of every expression before the findings.")
  var types = false

  @Option(name: .customLong("stdin-path"), help: ArgumentHelp("What standard input is called.", valueName: "name"))
  var standardInputPath = "<stdin>"

  @Flag(name: .customLong("print-schema"), help: "Print the JSON Schema of --format json, and check nothing.")
  var printSchema = false

  func validate() throws {
    if types, format != .human, format != .concise {
      throw ValidationError("--types prints text: use it with human or concise")
    }
    if types, fix != nil || diff { throw ValidationError("--types is about the files as they are, not for --fix.") }
    if !paths.isEmpty, !project.files.isEmpty {
      throw ValidationError("Name files as paths, to check each by itself, or with -f, to lay them over each other.")
    }
    if fix != nil, !diff, paths.contains("-"), paths.contains(where: { $0 != "-" }) {
      throw ValidationError("--fix prints the repaired standard input, so it takes '-' alone.")
    }
  }

  func run() throws {
    if printSchema {
      Terminal.write(DiagnosticSchema.text, to: .standardOutput)
      return
    }
    let start = ContinuousClock.now
    let inputs = try said { () throws(FileProblem) in
      paths.isEmpty
        ? try CheckInputs(project) : CheckInputs(paths: paths, standardInputPath: standardInputPath)
    }
    project.verbosity.tellFiles(inputs.sources)
    let environment = try said { () throws(FileProblem) in try loadEnvironment(project) }
    let catalog = try said { () throws(FileProblem) in try project.catalog() }
    let context = CompileContext(
      environment: environment, catalog: catalog, options: compileOptions.lookingUpFiles(of: inputs.sources))
    let result = fix == nil && !diff ? check(inputs, context) : repaired(inputs, context)
    for problem in inputs.problems + result.problems { Terminal.complain(problem.message, help: problem.help) }
    project.verbosity.tell(
      "checked \(counted(inputs.sources.files.count, "file", "files")) in \(milliseconds(.now - start)) ms; "
        + "\(result.suppressed) findings are suppressed by comments")
    if !inputs.problems.isEmpty || !result.problems.isEmpty { throw ExitStatus.usage }
    let isFailure = result.diagnostics.all.contains { failOn.includes($0.severity) }
    if isFailure || diff && result.isChanged { throw ExitStatus.failure }
  }

  private var compileOptions: CompileOptions {
    var options = project.compileOptions
    options.findsOnly = true
    let code = EnvironmentCodes.unset.id
    if requireEnvironment, options.severities[code] == nil { options.severities[code] = .error }
    return options
  }

  private func check(_ inputs: CheckInputs, _ context: CompileContext) -> CheckResult {
    var result = CheckResult(sources: inputs.sources)
    for group in inputs.groups {
      let compilation = compile(
        group.map { inputs.sources[$0] }, in: inputs.sources, environment: context.environment,
        catalog: context.catalog, options: context.options)
      result.add(compilation)
      if types { Terminal.write(typeListing(of: compilation.program, in: inputs.sources), to: .standardOutput) }
    }
    write(result, to: .standardOutput, hasInput: !inputs.groups.isEmpty)
    return result
  }

  private func repaired(_ inputs: CheckInputs, _ context: CompileContext) -> CheckResult {
    let level = fix ?? .safe
    let result = CheckResult(repairing: inputs, context, level: level)
    if diff {
      for (old, new) in result.changes(from: inputs.sources) {
        let color = project.color.isOn(.standardOutput)
        Terminal.write(unifiedDiff(from: old.bytes, to: new.bytes, path: old.path, color: color), to: .standardOutput)
      }
      tell(result, "would be made")
      return result
    }
    if let file = inputs.standardInput {
      _ = Terminal.write(result.sources[file].bytes, to: Terminal.Stream.standardOutput.rawValue)
      write(result, to: .standardError, hasInput: true)
      tell(result, "made")
      return result
    }
    let written = result.writingChanges(from: inputs.sources, checkedWith: context)
    write(written, to: .standardOutput, hasInput: !inputs.groups.isEmpty)
    tell(written, "made")
    return written
  }

  private func write(_ result: CheckResult, to stream: Terminal.Stream, hasInput: Bool) {
    // A document is complete without findings; a text for people about nothing would only hide the complaint.
    if !hasInput, format == .human { return }
    let report = DiagnosticReport(
      result.diagnostics, sources: result.sources, checkedFiles: result.sources.files.count)
    let options = RenderOptions(
      color: format == .human && project.color.isOn(stream), width: Terminal.width(stream),
      summary: !project.verbosity.quiet, failOn: failOn.least)
    Terminal.write(render(report, as: format, options: options), to: stream)
  }

  /// Says what was repaired, and what may be repaired by asking for more.
  private func tell(_ result: CheckResult, _ verb: String) {
    for fix in result.applied {
      project.verbosity.tell("\(result.sources[fix.file].path): \(fix.code.id): \(fix.title)")
    }
    guard !project.verbosity.quiet else { return }
    var parts = ["\(counted(result.applied.count, "fix", "fixes")) \(verb)"]
    if result.rolledBack > 0 {
      parts.append("\(counted(result.rolledBack, "fix", "fixes")) taken back for not helping")
    }
    parts.append("\(counted(result.diagnostics.sorted().count, "finding", "findings")) left")
    var text = parts.joined(separator: ", ")
    let more = result.suggestedLeft(beyond: fix ?? .safe)
    if more > 0 { text += " (--fix=suggested would try \(more))" }
    Terminal.write(text + "\n", to: .standardError)
  }

  private func counted(_ count: Int, _ one: String, _ many: String) -> String { "\(count) \(count == 1 ? one : many)" }

  private func milliseconds(_ duration: Duration) -> String {
    let tenths = Int((duration / .microseconds(100)).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}

/// The least severity that is a failure.
enum FailOn: String, WordArgument {
  case error
  case warning
  case note
  case never

  /// `nil` when nothing is.
  var least: Severity? { Severity(rawValue: rawValue) }

  func includes(_ severity: Severity) -> Bool { least.map { severity >= $0 } ?? false }
}

/// Which fixes are applied.
enum FixLevel: String, WordArgument {
  case safe
  case suggested

  func includes(_ applicability: Diagnostic.Fix.Applicability) -> Bool {
    self == .suggested || applicability == .safe
  }
}
