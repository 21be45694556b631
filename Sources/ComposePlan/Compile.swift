package import ComposeBasic
package import ComposeSema
package import ComposeSyntax

/// What became of a set of files.
package struct Compilation: Sendable {
  package let sources: SourceSet
  package let program: TypedProgram
  /// What runs; `nil` when there are errors, because nothing runs on a misreading, and when only findings were asked for.
  package let plan: Plan?
  /// The plan before any pass.
  package let lowered: Plan?
  package let diagnostics: Diagnostics
  /// How many findings are left out because a comment in a file says so.
  package let suppressed: Int
}

/// What the caller may change about findings.
package struct CompileOptions: Sendable {
  /// Severities by code; `nil` as severity drops the finding.
  package var severities: [String: Severity?] = [:]
  /// Whether there is something at a relative path that a file names; without it nobody is asked.
  package var exists: (@Sendable (_ path: String, _ source: SourceFile.ID) -> Bool)?
  /// Whether only the findings are wanted: nothing is lowered, and there is no plan.
  package var findsOnly = false

  package init() {}
}

/// Checks the files, which are laid over each other from left to right, and lowers them when they have no error.
///
/// It reads no file, no clock and no environment: everything it knows is in its arguments.
///
/// - Parameter sources: all files of the process; `files` are those of this compilation.
package func compile(
  _ files: [SourceFile], in sources: SourceSet, environment: Environment, catalog: Catalog,
  options: CompileOptions = CompileOptions()
) -> Compilation {
  var diagnostics = Diagnostics()
  let file = parse(files, environment: environment, into: &diagnostics)
  let program = analyze(file, catalog: catalog, into: &diagnostics)
  if let exists = options.exists { MissingFile.check(program, exists: exists, into: &diagnostics) }
  let suppressed = diagnostics.finish(files, of: file, sources, options)
  let lowered = diagnostics.hasErrors || options.findsOnly ? nil : lower(program, sources: sources)
  return Compilation(
    sources: sources,
    program: program,
    plan: lowered.map { PassPipeline.run(on: $0) },
    lowered: lowered,
    diagnostics: diagnostics,
    suppressed: suppressed)
}
