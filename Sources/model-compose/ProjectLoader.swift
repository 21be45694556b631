import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax

/// Reads what a command works on.
enum ProjectLoader {
  /// The paths of `-f`, or the one of the working directory.
  static func paths(_ options: ProjectOptions) throws(FileProblem) -> [String] {
    guard options.files.isEmpty else { return options.files }
    guard let path = Files.composeFileNames.first(where: Files.exists) else {
      throw FileProblem(
        "there is no model-compose.yml or model-compose.yaml in this directory", help: "name a file with -f")
    }
    return [path]
  }

  /// Reads the files of ``paths(_:)``.
  static func sources(_ options: ProjectOptions) throws(FileProblem) -> SourceSet {
    var sources = SourceSet()
    for path in try paths(options) { sources.add(path: path, bytes: try Files.read(path)) }
    options.verbosity.tellFiles(sources)
    return sources
  }

  /// Compiles the project of a command that runs it. Without an error in the file there is a plan.
  ///
  /// - Parameters:
  ///   - isSandbox: whether a key that is not set does not matter, because nobody looks at it.
  ///   - willCompile: called with the files before they are compiled.
  static func compile(
    _ options: ProjectOptions, isSandbox: Bool, willCompile: (SourceSet) -> Void
  ) throws(FileProblem) -> Compilation {
    let sources = try sources(options)
    willCompile(sources)
    let catalog = try options.catalog()
    let compileOptions = options.compileOptions.lookingUpFiles(of: sources)
    var environment = try loadEnvironment(options)
    let first = ComposePlan.compile(
      sources.files, in: sources, environment: environment, catalog: catalog, options: compileOptions)
    let unset = first.program.file.environment.filter { $0.value == nil && $0.isSecret }
    guard isSandbox, !unset.isEmpty else { return first }
    for reference in unset { environment.set(reference.name, "sandbox-key", origin: "sandbox") }
    return ComposePlan.compile(
      sources.files, in: sources, environment: environment, catalog: catalog, options: compileOptions)
  }
}
