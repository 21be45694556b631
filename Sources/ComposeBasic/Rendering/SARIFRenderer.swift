/// The Static Analysis Results Interchange Format, OASIS standard, version 2.1.0 with Errata 01.
///
/// Columns count UTF-16 code units (`columnKind`). Braces in messages are not doubled as 3.11.5 asks for texts with
/// placeholders: ours have none, and readers show the texts of such messages as they are. URIs of help must be absolute
/// (3.49.12), and the project has no host, so a rule carries its whole explanation instead.
struct SARIFRenderer {
  let report: DiagnosticReport

  private let rules: [DiagnosticCode]
  private let ruleIndexes: [DiagnosticCode: Int]
  private let lineFingerprints: [SourceFile.ID: LineFingerprints]
  private let fingerprints: FindingFingerprints

  init(report: DiagnosticReport) {
    self.report = report
    rules = Set(report.diagnostics.map(\.code)).sorted { $0.id < $1.id }
    ruleIndexes = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($1, $0) })
    var lineFingerprints: [SourceFile.ID: LineFingerprints] = [:]
    for diagnostic in report.diagnostics where lineFingerprints[diagnostic.range.file] == nil {
      lineFingerprints[diagnostic.range.file] = LineFingerprints(report.sources[diagnostic.range.file].bytes)
    }
    self.lineFingerprints = lineFingerprints
    fingerprints = FindingFingerprints(report)
  }

  func render() -> String {
    var writer = JSONWriter(.indented)
    writer.object { writer in
      writer.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
      writer.member("version", "2.1.0")
      writer.array("runs") { $0.object(run) }
    }
    return writer.text + "\n"
  }

  private func run(_ writer: inout JSONWriter) {
    writer.object("tool") { writer in
      writer.object("driver") { writer in
        writer.member("name", ProgramIdentity.name)
        writer.member("semanticVersion", ProgramIdentity.version)
        writer.array("rules") { writer in
          for code in rules { writer.object { rule(code, &$0) } }
        }
      }
    }
    writer.array("invocations") { $0.object { $0.member("executionSuccessful", true) } }
    writer.member("columnKind", "utf16CodeUnits")
    writer.array("newlineSequences") { writer in
      for sequence in ["\r\n", "\n", "\r"] { writer.string(sequence) }
    }
    writer.array("results") { writer in
      for (index, diagnostic) in report.diagnostics.enumerated() {
        writer.object { result(diagnostic, fingerprints[index], &$0) }
      }
    }
  }

  private func rule(_ code: DiagnosticCode, _ writer: inout JSONWriter) {
    let summary = code.summary.isEmpty ? code.id : code.summary
    writer.member("id", code.id)
    writer.object("shortDescription") { $0.member("text", summary) }
    writer.object("fullDescription") { $0.member("text", summary) }
    writer.object("help") { writer in
      writer.member("text", DiagnosticDocument.section(code, as: .text))
      writer.member("markdown", DiagnosticDocument.section(code, as: .markdown))
    }
    writer.object("defaultConfiguration") { $0.member("level", code.severity.rawValue) }
    writer.object("properties") { $0.member("documentation", code.documentation) }
  }

  // MARK: Results

  private func result(_ diagnostic: Diagnostic, _ fingerprint: String, _ writer: inout JSONWriter) {
    writer.member("ruleId", diagnostic.code.id)
    if let index = ruleIndexes[diagnostic.code] { writer.member("ruleIndex", index) }
    // The names of our severities are three of the four levels.
    writer.member("level", diagnostic.severity.rawValue)
    message("message", diagnostic.plainText, &writer)
    writer.array("locations") { writer in
      writer.object { writer in
        place(diagnostic.range, &writer)
        if let pointer = diagnostic.pointer {
          writer.object("properties") { $0.member("pointer", pointer) }
        }
      }
    }
    if !diagnostic.notes.isEmpty {
      writer.array("relatedLocations") { writer in
        for (index, note) in diagnostic.notes.enumerated() {
          writer.object { writer in
            writer.member("id", index + 1)
            place(note.range, &writer)
            message("message", note.message, &writer)
          }
        }
      }
    }
    writer.object("partialFingerprints") { writer in
      let line = report.sources[diagnostic.range.file].lines.line(at: Int(diagnostic.range.start))
      if let text = lineFingerprints[diagnostic.range.file]?[line] {
        writer.member("primaryLocationLineHash", text)
      }
      writer.member("modelComposeFinding/v1", fingerprint)
    }
    let fixes = diagnostic.fixes.filter { !$0.edits.isEmpty }
    if !fixes.isEmpty {
      writer.array("fixes") { writer in
        for one in fixes { writer.object { fix(one, &$0) } }
      }
    }
    if diagnostic.help != nil || diagnostic.upstream != nil {
      writer.object("properties") { writer in
        writer.member("help", optional: diagnostic.help)
        writer.member("upstream", optional: diagnostic.upstream)
      }
    }
  }

  private func fix(_ fix: Diagnostic.Fix, _ writer: inout JSONWriter) {
    message("description", fix.title, &writer)
    let edits = Dictionary(grouping: fix.edits, by: \.range.file).sorted { $0.key < $1.key }
    writer.array("artifactChanges") { writer in
      for (file, edits) in edits {
        writer.object { writer in
          artifact(file, &writer)
          writer.array("replacements") { writer in
            for edit in edits {
              writer.object { writer in
                region("deletedRegion", edit.range, &writer)
                if !edit.text.isEmpty { writer.object("insertedContent") { $0.member("text", edit.text) } }
              }
            }
          }
        }
      }
    }
    writer.object("properties") { $0.member("applicability", fix.applicability.rawValue) }
  }

  // MARK: Parts

  /// A `[` … `](` in the user's names is no link (3.11.6).
  private func message(_ name: String, _ text: String, _ writer: inout JSONWriter) {
    writer.object(name) { $0.member("text", text.replacing("](", with: "] (")) }
  }

  private func place(_ range: SourceRange, _ writer: inout JSONWriter) {
    writer.object("physicalLocation") { writer in
      artifact(range.file, &writer)
      region("region", range, &writer)
    }
  }

  private func artifact(_ file: SourceFile.ID, _ writer: inout JSONWriter) {
    writer.object("artifactLocation") { $0.member("uri", uriReference(toPath: report.sources[file].plainPath)) }
  }

  private func region(_ name: String, _ range: SourceRange, _ writer: inout JSONWriter) {
    let lines = report.sources[range.file].lines
    let start = lines.position(at: Int(range.start))
    let end = lines.position(at: Int(range.end))
    writer.object(name) { writer in
      writer.member("startLine", start.line)
      writer.member("startColumn", start.utf16Column)
      writer.member("endLine", end.line)
      writer.member("endColumn", end.utf16Column)
    }
  }
}
