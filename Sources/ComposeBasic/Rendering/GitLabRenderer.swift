/// A code quality report of GitLab: the members that "Code Quality report format" in its documentation names.
struct GitLabRenderer {
  let report: DiagnosticReport

  func render() -> String {
    let fingerprints = FindingFingerprints(report)
    var writer = JSONWriter(.indented)
    writer.array { writer in
      for (index, diagnostic) in report.diagnostics.enumerated() {
        writer.object { issue(diagnostic, fingerprints[index], &$0) }
      }
    }
    return writer.text + "\n"
  }

  private func issue(_ diagnostic: Diagnostic, _ fingerprint: String, _ writer: inout JSONWriter) {
    let file = report.sources[diagnostic.range.file]
    // One line of text is all that merge requests show.
    writer.member("description", diagnostic.message + (diagnostic.help.map { " (\($0))" } ?? ""))
    writer.member("check_name", diagnostic.code.id)
    writer.member("fingerprint", fingerprint)
    writer.member("severity", severity(diagnostic.severity))
    writer.object("location") { writer in
      writer.member("path", file.plainPath)
      writer.object("lines") { $0.member("begin", file.lines.line(at: Int(diagnostic.range.start))) }
    }
  }

  private func severity(_ severity: Severity) -> String {
    switch severity {
    case .error: "major"
    case .warning: "minor"
    case .note: "info"
    }
  }
}
