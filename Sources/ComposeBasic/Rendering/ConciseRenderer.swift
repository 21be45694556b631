/// `path:line:column: severity[code]: message`, one finding a line and nothing else.
struct ConciseRenderer {
  let report: DiagnosticReport

  func render() -> String {
    var text = ""
    for diagnostic in report.diagnostics {
      let location = safeText(report.sources.location(of: diagnostic.range))
      let title = "\(diagnostic.severity.rawValue)[\(diagnostic.code.id)]"
      text += "\(location): \(title): \(safeText(diagnostic.message))\n"
    }
    return text
  }
}
