/// For people: each finding with the source it is about, then what to do, then a summary.
struct HumanRenderer {
  let report: DiagnosticReport
  let options: RenderOptions

  /// The width that is assumed when nobody knows it, such as in a pipe.
  private static let defaultWidth = 120

  func render() -> String {
    var output = ""
    for group in report.shown(atMost: options.limit) {
      for diagnostic in group.diagnostics {
        for line in lines(of: diagnostic) { line.write(color: options.color, to: &output) }
        output += "\n"
      }
      if let remark = group.remark {
        let line = StyledLine("\(safeText(report.sources[group.file].path)): \(remark)", .message)
        line.write(color: options.color, to: &output)
        output += "\n"
      }
    }
    if options.summary { summary.write(color: options.color, to: &output) }
    return output
  }

  private var width: Int { max(40, options.width ?? HumanRenderer.defaultWidth) }

  // MARK: One finding

  private func lines(of diagnostic: Diagnostic) -> [StyledLine] {
    let main = mainSnippet(of: diagnostic)
    let elsewhere = diagnostic.notes.filter { $0.range.file != diagnostic.range.file }
      .map { note in (note, snippet([mark(note, isAlone: true)], in: note.range.file)) }
    let previews = diagnostic.fixes.map { fix in (fix, FixPreview.previews(of: fix, in: report.sources)) }
    let lastLine = max(
      main.lastLine, elsewhere.map(\.1.lastLine).max() ?? 0, previews.flatMap(\.1).map(\.lastLine).max() ?? 0)
    let gutter = Gutter(lastLine: lastLine)

    var title = StyledLine("\(diagnostic.severity.rawValue)[\(diagnostic.code.id)]", Style(diagnostic.severity))
    title.append(": " + safeText(diagnostic.message), .message)
    var lines = [title, gutter.arrow(report.sources.location(of: diagnostic.range))]
    lines += main.lines(gutter, width: width)
    if diagnostic.help != nil || diagnostic.upstream != nil { lines.append(gutter.row()) }
    if let help = diagnostic.help { lines += gutter.advice("help", help) }
    if let upstream = diagnostic.upstream { lines += gutter.advice("upstream", upstream) }
    for (note, snippet) in elsewhere {
      lines.append(heading("note", .note, note.message))
      lines.append(gutter.arrow(report.sources.location(of: note.range)))
      lines += snippet.lines(gutter, width: width)
    }
    for (fix, previews) in previews {
      lines.append(heading(fix.applicability == .safe ? "fix" : "fix (suggested)", .added, fix.title))
      for preview in previews {
        if preview.range.file != diagnostic.range.file {
          lines.append(gutter.arrow(report.sources.location(of: preview.range)))
        }
        lines += preview.lines(gutter, width: width)
      }
    }
    return lines
  }

  private func heading(_ label: String, _ style: Style, _ text: String) -> StyledLine {
    var line = StyledLine(label, style)
    line.append(": " + safeText(text), .plain)
    return line
  }

  // MARK: Marks

  private func mainSnippet(of diagnostic: Diagnostic) -> SourceSnippet {
    var primary = SourceSnippet.Mark(range: diagnostic.range, style: Style(diagnostic.severity), character: "^")
    var others: [SourceSnippet.Mark] = []
    for note in diagnostic.notes where note.range.file == diagnostic.range.file {
      if note.range == diagnostic.range, primary.label == nil {
        primary.label = note.message
      } else {
        others.append(mark(note, isAlone: false))
      }
    }
    return snippet([primary] + others.sorted { $0.range < $1.range }, in: diagnostic.range.file)
  }

  private func mark(_ note: Diagnostic.Note, isAlone: Bool) -> SourceSnippet.Mark {
    SourceSnippet.Mark(range: note.range, label: isAlone ? nil : note.message, style: .note, character: "-")
  }

  private func snippet(_ marks: [SourceSnippet.Mark], in file: SourceFile.ID) -> SourceSnippet {
    SourceSnippet(report.sources[file], marks)
  }

  // MARK: Summary

  private var summary: StyledLine {
    let checked = counted(report.checkedFiles, "file")
    guard !report.diagnostics.isEmpty else { return StyledLine("checked \(checked): no problems", .message) }
    let counts = [Severity.error, .warning, .note].compactMap { severity in
      let count = report.count(of: severity)
      return count == 0 ? nil : counted(count, severity.rawValue)
    }
    let files = Set(report.diagnostics.map(\.range.file)).count
    let place = files < report.checkedFiles ? "\(files) of \(checked)" : counted(files, "file")
    return StyledLine("\(counts.joined(separator: ", ")) in \(place)", .message)
  }

  private func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
