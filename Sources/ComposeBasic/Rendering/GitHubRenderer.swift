/// Workflow commands of GitHub Actions, one a line: `::error file=…,line=…,col=…::message`.
///
/// The format and its escapes are those of "Workflow commands for GitHub Actions" in the documentation of GitHub.
/// Columns are left out when a range covers several lines, because an annotation cannot have both.
struct GitHubRenderer {
  let report: DiagnosticReport
  let options: RenderOptions

  func render() -> String {
    var text = ""
    for group in report.shown(atMost: options.limit) {
      for diagnostic in group.diagnostics { text += command(for: diagnostic) }
      if let remark = group.remark {
        let path = report.sources[group.file].plainPath
        text += "::notice file=\(property(path)),title=\(ProgramIdentity.name)::\(message(remark))\n"
      }
    }
    return text
  }

  private func command(for diagnostic: Diagnostic) -> String {
    let file = report.sources[diagnostic.range.file]
    let start = file.lines.position(at: Int(diagnostic.range.start))
    let end = lastPosition(of: diagnostic.range, from: start, in: file)
    var properties = "file=\(property(file.plainPath)),line=\(start.line)"
    if end.line == start.line {
      properties += ",col=\(start.utf16Column),endLine=\(end.line),endColumn=\(end.utf16Column)"
    } else {
      properties += ",endLine=\(end.line)"
    }
    properties += ",title=\(property("\(ProgramIdentity.name) (\(diagnostic.code.id))"))"
    return "::\(name(of: diagnostic.severity)) \(properties)::"
      + "\(message(diagnostic.plainText(withNotesIn: report.sources)))\n"
  }

  private func name(of severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .note: "notice"
    }
  }

  /// Where the range ends; a line break at its end belongs to the line before it.
  private func lastPosition(
    of range: SourceRange, from start: LineTable.Position, in file: SourceFile
  ) -> LineTable.Position {
    let end = file.lines.position(at: Int(range.end))
    guard end.line > start.line, end.column == 1 else { return end }
    let line = file.lines.range(ofLine: end.line - 1)
    return file.lines.position(at: max(Int(range.start), line.upperBound))
  }

  // MARK: Escapes

  private func message(_ text: String) -> String {
    // Line breaks stay, and all else that could command a terminal goes: the log shows these lines, too.
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    return lines.map { safeText(String($0)).replacing("%", with: "%25") }.joined(separator: "%0A")
  }

  private func property(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": escaped += "%25"
      case "\r": escaped += "%0D"
      case "\n": escaped += "%0A"
      case ":": escaped += "%3A"
      case ",": escaped += "%2C"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
