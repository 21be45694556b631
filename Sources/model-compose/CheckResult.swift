import ComposeBasic
import ComposePlan

/// What `check` found in all its files together, and what it repaired.
struct CheckResult {
  private(set) var sources: SourceSet
  private(set) var diagnostics = Diagnostics()
  private(set) var suppressed = 0
  private(set) var applied: [Repair.AppliedFix] = []
  private(set) var rolledBack = 0
  /// What could not be written.
  private(set) var problems: [FileProblem] = []
  /// The groups that were repaired, for those that cannot be written.
  private var repairs: [(files: [SourceFile.ID], repair: Repair)] = []

  init(sources: SourceSet) { self.sources = sources }

  /// Repairs every group in memory.
  init(repairing inputs: CheckInputs, _ context: CompileContext, level: FixLevel) {
    sources = inputs.sources
    for group in inputs.groups {
      let result = repair(group, in: sources, context) { level.includes($0) }
      sources = result.sources
      add(result.compilation)
      applied += result.applied
      rolledBack += result.rolledBack
      repairs.append((group, result))
    }
  }

  mutating func add(_ compilation: Compilation) {
    diagnostics.append(contentsOf: compilation.diagnostics)
    suppressed += compilation.suppressed
  }

  var isChanged: Bool { !applied.isEmpty }

  /// The files that are not as they were, before and after.
  func changes(from old: SourceSet) -> [(old: SourceFile, new: SourceFile)] {
    zip(old.files, sources.files).filter { $0.bytes != $1.bytes }.map { (old: $0, new: $1) }
  }

  /// Writes the changed files. What is found in a group is what is found in the files as they are on the disk: when one
  /// of them cannot be written, its group is reported without repairs.
  func writingChanges(from old: SourceSet, checkedWith context: CompileContext) -> CheckResult {
    var result = CheckResult(sources: old)
    for (group, repair) in repairs {
      let changed = group.filter { old[$0].bytes != repair.sources[$0].bytes }
      var written = 0
      for file in changed {
        do throws(FileProblem) {
          try Files.replace(old[file].path, old[file].bytes, with: repair.sources[file].bytes)
          result.sources.replace(file, with: repair.sources[file].bytes)
          written += 1
        } catch {
          result.problems.append(error)
        }
      }
      if written == changed.count {
        result.add(repair.compilation)
        result.applied += repair.applied
        result.rolledBack += repair.rolledBack
      } else {
        result.add(
          compile(
            group.map { result.sources[$0] }, in: result.sources, environment: context.environment,
            catalog: context.catalog, options: context.options))
        result.applied += repair.applied.filter { result.sources[$0.file].bytes != old[$0.file].bytes }
      }
    }
    return result
  }

  /// How many findings have a fix that a higher level would apply.
  func suggestedLeft(beyond level: FixLevel) -> Int {
    guard level == .safe else { return 0 }
    return diagnostics.sorted().count { finding in finding.fixes.contains { $0.applicability == .suggested } }
  }
}
