/// One JSON document with every finding; ``DiagnosticSchema`` is its description.
///
/// Members stand in a fixed order. A member without a value is left out; a list is always there.
struct JSONRenderer {
  let report: DiagnosticReport

  /// Of the shape that ``DiagnosticSchema`` describes.
  static let formatVersion = "1.0"

  func render() -> String {
    var writer = JSONWriter(.indented)
    writer.object { writer in
      writer.member("format_version", JSONRenderer.formatVersion)
      writer.key("summary")
      writer.object { writer in
        writer.member("errors", report.count(of: .error))
        writer.member("warnings", report.count(of: .warning))
        writer.member("files", report.checkedFiles)
      }
      list("diagnostics", report.diagnostics, diagnostic, in: &writer)
    }
    return writer.text + "\n"
  }

  /// The members of one finding.
  func diagnostic(_ diagnostic: Diagnostic, in writer: inout JSONWriter) {
    writer.member("code", diagnostic.code.id)
    writer.member("severity", diagnostic.severity.rawValue)
    writer.member("message", diagnostic.message)
    writer.member("help", optional: diagnostic.help)
    writer.member("upstream", optional: diagnostic.upstream)
    writer.member("url", diagnostic.code.documentation)
    place(diagnostic.range, pointer: diagnostic.pointer, in: &writer)
    list("notes", diagnostic.notes, note, in: &writer)
    list("fixes", diagnostic.fixes, fix, in: &writer)
  }

  private func note(_ note: Diagnostic.Note, in writer: inout JSONWriter) {
    writer.member("message", note.message)
    place(note.range, in: &writer)
  }

  private func fix(_ fix: Diagnostic.Fix, in writer: inout JSONWriter) {
    writer.member("title", fix.title)
    writer.member("applicability", fix.applicability.rawValue)
    list("edits", fix.edits, edit, in: &writer)
  }

  private func edit(_ edit: Diagnostic.Fix.Edit, in writer: inout JSONWriter) {
    place(edit.range, in: &writer)
    writer.member("text", edit.text)
  }

  // MARK: Parts

  private func list<Element>(
    _ name: String, _ elements: [Element], _ members: (Element, inout JSONWriter) -> Void, in writer: inout JSONWriter
  ) {
    writer.key(name)
    writer.array { writer in
      for element in elements { writer.object { members(element, &$0) } }
    }
  }

  private func place(_ range: SourceRange, pointer: String? = nil, in writer: inout JSONWriter) {
    let file = report.sources[range.file]
    writer.member("file", file.path)
    writer.member("pointer", optional: pointer)
    writer.key("range")
    writer.object { writer in
      position("start", Int(range.start), of: file, in: &writer)
      position("end", Int(range.end), of: file, in: &writer)
    }
  }

  private func position(_ name: String, _ offset: Int, of file: SourceFile, in writer: inout JSONWriter) {
    let position = file.lines.position(at: offset)
    writer.key(name)
    writer.object { writer in
      writer.member("line", position.line)
      writer.member("column", position.column)
      writer.member("utf16_column", position.utf16Column)
      writer.member("offset", position.offset)
    }
  }
}
