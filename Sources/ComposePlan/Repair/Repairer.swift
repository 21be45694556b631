import ComposeBasic
import ComposeSema
import ComposeSyntax

/// The passes of one repair.
struct Repairer {
  /// A fix with the finding that it is for.
  private struct Candidate {
    let finding: FindingKey
    let code: DiagnosticCode
    let file: SourceFile.ID
    let fix: Diagnostic.Fix
  }

  /// Fixes that were refused for a text are refused again, so each pass makes progress; this is for faults of ours.
  private static let mostPasses = 50
  /// Checking again is what costs time. Only files in which many fixes fail come near this.
  private static let mostCompilations = 400
  /// How many fixes in a row may each uncover another mistake.
  private static let mostLevels = 8

  private let files: [SourceFile.ID]
  private let context: CompileContext
  /// How many fixes were made on trial to get here.
  private let level: Int
  /// What else was found before the trial, and how often: its repairs have their own turn.
  private let known: [FindingKey: Int]
  private var compilations = 0
  private(set) var result: Repair
  /// What is found in the files of ``result``.
  private var findings: [Diagnostic]
  /// Fixes that were taken back, for the text of ``result``.
  private var refused: Set<FixKey> = []
  /// The text has changed beyond what the pass knows, so nothing else can be applied in it.
  private var isPassOver = false

  init(
    _ files: [SourceFile.ID], in sources: SourceSet, _ context: CompileContext, level: Int = 0,
    known: [FindingKey: Int] = [:]
  ) {
    self.files = files
    self.context = context
    self.level = level
    self.known = known
    let compilation = files.compile(in: sources, context)
    result = Repair(compilation: compilation)
    findings = compilation.diagnostics.sorted()
  }

  mutating func run(accepting accepts: (Diagnostic.Fix.Applicability) -> Bool) {
    for _ in 0..<Self.mostPasses {
      let candidates = candidates(accepting: accepts)
      guard !candidates.isEmpty else { break }
      let before = result.applied.count
      var taken = EditSelection()
      isPassOver = false
      // Every part of a pass is applied to the text at its beginning, where the ranges are true.
      apply(candidates[...], &taken, to: result.sources, accepts)
      if result.applied.count > before { refused = [] }
      guard compilations < Self.mostCompilations else { break }
    }
    result.rolledBack = Set(refused.map(\.finding)).count
  }

  /// The fixes of a pass: for each finding the first one that was not refused, as far as they go together.
  private func candidates(accepting accepts: (Diagnostic.Fix.Applicability) -> Bool) -> [Candidate] {
    var known = known
    var selection = EditSelection()
    var candidates: [Candidate] = []
    for finding in findings {
      let key = FindingKey(finding)
      if let count = known[key], count > 0 {
        known[key] = count - 1
        continue
      }
      let usable = finding.fixes.first { fix in
        accepts(fix.applicability) && !refused.contains(FixKey(fix, for: key))
          && fix.edits.allSatisfy { files.contains($0.range.file) }
      }
      guard let usable, selection.add(usable) else { continue }
      candidates.append(Candidate(finding: key, code: finding.code, file: finding.range.file, fix: usable))
    }
    return candidates
  }

  /// Applies the candidates on top of what the pass has taken already, or the largest parts of them that do no harm.
  ///
  /// - Parameters:
  ///   - taken: what the pass has taken.
  ///   - start: the text at the beginning of the pass.
  private mutating func apply(
    _ candidates: ArraySlice<Candidate>, _ taken: inout EditSelection, to start: SourceSet,
    _ accepts: (Diagnostic.Fix.Applicability) -> Bool
  ) {
    guard compilations < Self.mostCompilations, !isPassOver else { return }
    var wanted = taken
    for candidate in candidates { _ = wanted.add(candidate.fix) }
    var changed = start
    for file in wanted.files { changed.replace(file, with: wanted.text(of: start[file])) }
    compilations += 1
    let compilation = files.compile(in: changed, context)
    let after = compilation.diagnostics.sorted()
    if candidates.count > 1 {
      if isCleanStep(candidates, to: after) {
        accept(candidates, compilation, after)
        taken = wanted
        return
      }
      let middle = candidates.startIndex + candidates.count / 2
      apply(candidates[..<middle], &taken, to: start, accepts)
      apply(candidates[middle...], &taken, to: start, accepts)
      return
    }
    guard let candidate = candidates.first else { return }
    if isProgress(to: after) {
      accept(candidates, compilation, after)
      taken = wanted
    } else if let repaired = repairedFurther(changed, after: candidate, accepts) {
      accept(candidates, repaired.compilation, repaired.compilation.diagnostics.sorted())
      result.applied += repaired.applied
      isPassOver = true
    } else {
      refused.insert(FixKey(candidate.fix, for: candidate.finding))
    }
  }

  private mutating func accept(
    _ candidates: ArraySlice<Candidate>, _ compilation: Compilation, _ after: [Diagnostic]
  ) {
    result.compilation = compilation
    findings = after
    result.applied += candidates.map { Repair.AppliedFix(code: $0.code, title: $0.fix.title, file: $0.file) }
  }

  /// Whether exactly the repaired findings are gone, and perhaps others with them, and none has come.
  private func isCleanStep(_ candidates: ArraySlice<Candidate>, to after: [Diagnostic]) -> Bool {
    var left: [FindingKey: Int] = [:]
    for finding in findings { left[FindingKey(finding), default: 0] += 1 }
    for candidate in candidates { left[candidate.finding, default: 0] -= 1 }
    for finding in after { left[FindingKey(finding), default: 0] -= 1 }
    return left.values.allSatisfy { $0 >= 0 }
  }

  /// Whether fewer findings are left, and no error among them is new.
  private func isProgress(to after: [Diagnostic]) -> Bool {
    guard after.count < findings.count else { return false }
    var known: [FindingKey: Int] = [:]
    for finding in findings { known[FindingKey(finding), default: 0] += 1 }
    for finding in after where finding.severity == .error { known[FindingKey(finding), default: 0] -= 1 }
    return known.values.allSatisfy { $0 >= 0 }
  }

  /// Behind a mistake another one can wait, most of all behind a syntax error. A fix stays if what it uncovers can be
  /// repaired too, so that in the end there are fewer findings.
  ///
  /// - Parameter changed: the text with the fix.
  private func repairedFurther(
    _ changed: SourceSet, after candidate: Candidate, _ accepts: (Diagnostic.Fix.Applicability) -> Bool
  ) -> Repair? {
    guard level < Self.mostLevels else { return nil }
    var others: [FindingKey: Int] = [:]
    for finding in findings { others[FindingKey(finding), default: 0] += 1 }
    others[candidate.finding, default: 0] -= 1
    var inner = Repairer(files, in: changed, context, level: level + 1, known: others)
    inner.run(accepting: accepts)
    return !inner.result.applied.isEmpty && isProgress(to: inner.findings) ? inner.result : nil
  }
}

/// What makes a finding the same in two texts: places move.
struct FindingKey: Hashable {
  let file: SourceFile.ID
  let code: String
  let message: String

  init(_ diagnostic: Diagnostic) {
    file = diagnostic.range.file
    code = diagnostic.code.id
    message = diagnostic.message
  }
}

/// What makes a fix the same in two passes over one text.
private struct FixKey: Hashable {
  let finding: FindingKey
  let title: String
  let texts: [String]
  let ranges: [SourceRange]

  init(_ fix: Diagnostic.Fix, for finding: FindingKey) {
    self.finding = finding
    title = fix.title
    texts = fix.edits.map(\.text)
    ranges = fix.edits.map(\.range)
  }
}

extension [SourceFile.ID] {
  fileprivate func compile(in sources: SourceSet, _ context: CompileContext) -> Compilation {
    ComposePlan.compile(
      map { sources[$0] }, in: sources, environment: context.environment, catalog: context.catalog,
      options: context.options)
  }
}
