import ComposeBasic
import ComposeSema
import ComposeSyntax

extension Diagnostics {
  /// Takes out what comments in the files suppress, and reports comments that suppress nothing.
  ///
  /// Whether something is found can depend on the environment. A comment on a line that uses it is therefore never
  /// called unused: it may be needed on another machine.
  ///
  /// - Returns: how many findings were taken out.
  mutating func applySuppressions(in files: [SourceFile], environment: [EnvironmentReference]) -> Int {
    var ledgers: [SourceFile.ID: SuppressionLedger] = [:]
    for file in files where ledgers[file.id] == nil {
      let suppressions = Suppressions(of: file, into: &self)
      if !suppressions.all.isEmpty { ledgers[file.id] = SuppressionLedger(file, suppressions) }
    }
    if ledgers.isEmpty { return 0 }
    let before = all.count
    keep { diagnostic in ledgers[diagnostic.range.file]?.takes(diagnostic) != true }
    let count = before - all.count
    for file in files {
      ledgers.removeValue(forKey: file.id)?.reportRest(environment, into: &self)
    }
    return count
  }
}

/// The suppressions of a file, and which of them have been needed.
private struct SuppressionLedger {
  private let file: SourceFile
  private let suppressions: Suppressions
  /// By the line spoken of, then by code: the suppression and its code.
  private var places: [Int: [String: [(suppression: Int, code: Int)]]] = [:]
  /// By suppression, then by its code.
  private var isUsed: [[Bool]]

  init(_ file: SourceFile, _ suppressions: Suppressions) {
    self.file = file
    self.suppressions = suppressions
    isUsed = suppressions.all.map { [Bool](repeating: false, count: $0.codes.count) }
    for (index, suppression) in suppressions.all.enumerated() {
      for (number, code) in suppression.codes.enumerated() {
        places[suppression.targetLine, default: [:]][code.value, default: []].append((index, number))
      }
    }
  }

  /// Whether the finding is suppressed; if so, by whom is noted.
  mutating func takes(_ diagnostic: Diagnostic) -> Bool {
    var isSuppressed = false
    for line in suppressions.lines(of: diagnostic.range, in: file) {
      for place in places[line]?[diagnostic.code.id] ?? [] {
        isUsed[place.suppression][place.code] = true
        isSuppressed = true
      }
    }
    return isSuppressed
  }

  func reportRest(_ environment: [EnvironmentReference], into diagnostics: inout Diagnostics) {
    let known = Set(AllCodes.sorted.map(\.id))
    let dependent = Set(EnvironmentCodes.all.map(\.id))
    let lines = environmentLines(environment)
    for (index, suppression) in suppressions.all.enumerated() {
      var unused: [Int] = []
      for (number, code) in suppression.codes.enumerated() where !isUsed[index][number] {
        guard known.contains(code.value) else {
          let meant = suggestion(for: code.value, among: AllCodes.sorted.map(\.id))
          diagnostics.emit(.unknownSuppression(code, meant: meant))
          continue
        }
        if !dependent.contains(code.value), !lines.contains(suppression.targetLine) { unused.append(number) }
      }
      if unused.count == suppression.codes.count {
        diagnostics.emit(.unusedSuppression(suppression, code: nil))
      } else {
        for number in unused { diagnostics.emit(.unusedSuppression(suppression, code: number)) }
      }
    }
  }

  private func environmentLines(_ environment: [EnvironmentReference]) -> Set<Int> {
    var lines: Set<Int> = []
    for reference in environment where reference.range.file == file.id {
      lines.formUnion(suppressions.lines(of: reference.range, in: file))
    }
    return lines
  }
}
