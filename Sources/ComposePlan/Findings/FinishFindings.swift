import ComposeBasic
import ComposeSema
import ComposeSyntax

extension Diagnostics {
  /// Fills in what is the same for all findings: pointers, edits, and what comments and the caller take out.
  ///
  /// - Returns: how many findings comments took out.
  mutating func finish(
    _ files: [SourceFile], of file: ComposeFile, _ sources: SourceSet, _ options: CompileOptions
  ) -> Int {
    // Of a file that could not be read nothing else is known, so what keeps it from being read stays.
    let isRead = file.root != nil
    let suppressed = isRead ? applySuppressions(in: files, environment: file.environment) : 0
    keep { diagnostic in
      guard case .some(nil) = options.severities[diagnostic.code.id] else { return true }
      return !isRead && diagnostic.severity == .error
    }
    let aboutReferences = [
      HardCodedCredential.codes, SecretInCommand.codes, SecretInOutput.codes, SecretTransport.codes,
    ]
    explainEnvironment(file.environment, except: Set(aboutReferences.flatMap(\.self)))
    let redactor = Redactor(secrets: all.isEmpty ? [] : WrittenSecrets(in: file.root).values(of: file.environment))
    let references = ReferenceIndex(file.environment)
    var pointers = file.root.map { PointerFinder($0) }
    update { diagnostic in
      diagnostic.pointer = diagnostic.pointer ?? pointers?.pointer(at: diagnostic.range)
      diagnostic.fixes = diagnostic.fixes.compactMap { $0.resolved(in: sources) }
        .filter { references.survive($0, in: sources) }
      if case .some(.some(let severity)) = options.severities[diagnostic.code.id],
        isRead || diagnostic.severity != .error
      {
        diagnostic.severity = severity
      }
      diagnostic = redactor.redact(diagnostic)
    }
    return suppressed
  }
}

/// The references of the files by where they are; they never overlap.
private struct ReferenceIndex {
  private let references: [EnvironmentReference]

  init(_ references: [EnvironmentReference]) { self.references = references.sorted { $0.range < $1.range } }

  /// Whether the environment stays out of the text: an edit that replaces a reference writes the reference again, and
  /// not the value that it has at the moment.
  func survive(_ fix: Diagnostic.Fix, in sources: SourceSet) -> Bool {
    references.isEmpty || fix.edits.allSatisfy { survive($0, in: sources[$0.range.file]) }
  }

  private func survive(_ edit: Diagnostic.Fix.Edit, in file: SourceFile) -> Bool {
    if edit.range.isEmpty || edit.text.isEmpty { return true }
    var index = firstEnding(after: edit.range)
    while index < references.count {
      let written = references[index].range
      guard written.file == edit.range.file, written.start < edit.range.end else { return true }
      // Inside a reference an edit repairs the reference itself.
      if !written.contains(edit.range) {
        guard edit.range.contains(written), edit.text.contains(file.text(of: written)) else { return false }
      }
      index += 1
    }
    return true
  }

  private func firstEnding(after range: SourceRange) -> Int {
    var low = 0
    var high = references.count
    while low < high {
      let middle = (low + high) / 2
      let written = references[middle].range
      if (written.file.index, written.end) > (range.file.index, range.start) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
