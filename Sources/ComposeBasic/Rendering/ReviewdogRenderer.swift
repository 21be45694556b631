/// The Reviewdog Diagnostic Format, `rdjson`: a `DiagnosticResult` of its protocol buffer definition as JSON.
///
/// Columns count UTF-8 bytes and ranges are half-open, as ours.
struct ReviewdogRenderer {
  let report: DiagnosticReport

  func render() -> String {
    var writer = JSONWriter(.indented)
    writer.object { writer in
      writer.object("source") { $0.member("name", ProgramIdentity.name) }
      if let most = report.diagnostics.map(\.severity).max() { writer.member("severity", name(of: most)) }
      writer.array("diagnostics") { writer in
        for diagnostic in report.diagnostics { writer.object { finding(diagnostic, &$0) } }
      }
    }
    return writer.text + "\n"
  }

  private func finding(_ diagnostic: Diagnostic, _ writer: inout JSONWriter) {
    writer.member("message", diagnostic.plainText(withNotesIn: report.sources))
    writer.object("location") { writer in
      writer.member("path", report.sources[diagnostic.range.file].plainPath)
      range(diagnostic.range, &writer)
    }
    writer.member("severity", name(of: diagnostic.severity))
    writer.object("code") { writer in
      writer.member("value", diagnostic.code.id)
      writer.member("url", diagnostic.code.documentation)
    }
    let suggestions = diagnostic.fixes.compactMap { singleEdit(of: $0, in: diagnostic.range.file) }
    if !suggestions.isEmpty {
      writer.array("suggestions") { writer in
        for edit in suggestions {
          writer.object { writer in
            range(edit.range, &writer)
            writer.member("text", edit.text)
          }
        }
      }
    }
  }

  /// The fix as one edit, which is all that a suggestion can hold: several edits become one that also repeats what lies
  /// between them. `nil` for a fix of another file, or of places far from each other.
  private func singleEdit(of fix: Diagnostic.Fix, in file: SourceFile.ID) -> Diagnostic.Fix.Edit? {
    let edits = fix.edits.sorted { $0.range < $1.range }
    guard let first = edits.first, edits.allSatisfy({ $0.range.file == file }) else { return nil }
    var range = first.range
    var text = first.text
    for edit in edits.dropFirst() {
      guard edit.range.start >= range.end, edit.range.start - range.end <= 2000 else { return nil }
      let between = SourceRange(file: file, start: Int(range.end), end: Int(edit.range.start))
      text += report.sources[file].text(of: between) + edit.text
      range = range.union(edit.range)
    }
    return Diagnostic.Fix.Edit(range, text)
  }

  // MARK: Parts

  private func name(of severity: Severity) -> String {
    switch severity {
    case .error: "ERROR"
    case .warning: "WARNING"
    case .note: "INFO"
    }
  }

  private func range(_ range: SourceRange, _ writer: inout JSONWriter) {
    let lines = report.sources[range.file].lines
    writer.object("range") { writer in
      position("start", lines.position(at: Int(range.start)), &writer)
      position("end", lines.position(at: Int(range.end)), &writer)
    }
  }

  private func position(_ name: String, _ position: LineTable.Position, _ writer: inout JSONWriter) {
    writer.object(name) { writer in
      writer.member("line", position.line)
      writer.member("column", position.column)
    }
  }
}
