package import ComposeBasic
package import ComposeSema
package import ComposeSyntax

/// What became of files whose findings were repaired.
package struct Repair: Sendable {
  /// One change that was made.
  package struct AppliedFix: Sendable {
    package let code: DiagnosticCode
    package let title: String
    /// The file of the finding.
    package let file: SourceFile.ID
  }

  /// The files as they are now, and what is still found in them.
  package internal(set) var compilation: Compilation
  /// In the order in which they were made.
  package internal(set) var applied: [AppliedFix] = []
  /// How many fixes were taken back at the end, because they did not leave fewer findings or caused an error.
  package internal(set) var rolledBack = 0

  package var sources: SourceSet { compilation.sources }
}

/// What a compilation depends on besides its files.
package struct CompileContext: Sendable {
  package let environment: Environment
  package let catalog: Catalog
  package let options: CompileOptions

  package init(environment: Environment, catalog: Catalog, options: CompileOptions = CompileOptions()) {
    self.environment = environment
    self.catalog = catalog
    self.options = options
  }
}

/// Applies fixes to files and checks again, until nothing is left that can be repaired.
///
/// In each pass the first fix of every finding is applied, unless its edits touch those of another one, which is left
/// for the next pass. The result is checked again. When something is found that was not found before, the pass is
/// split in halves, so that the fix to blame is found and taken back. A fix stays only if fewer findings remain than
/// before and no error is new.
///
/// It reads and writes no file.
///
/// - Parameters:
///   - files: ids of the files that are compiled together; others are never changed.
///   - accepts: whether fixes of that applicability may be used.
package func repair(
  _ files: [SourceFile.ID], in sources: SourceSet, _ context: CompileContext,
  accepting accepts: (Diagnostic.Fix.Applicability) -> Bool
) -> Repair {
  var repairer = Repairer(files, in: sources, context)
  repairer.run(accepting: accepts)
  return repairer.result
}
