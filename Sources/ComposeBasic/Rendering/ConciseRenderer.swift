/// `path:line:column: severity[code]: message`, one finding a line and nothing else.
///
/// The problem matcher in `.github/problem-matchers` reads these lines.
struct ConciseRenderer {
  let report: DiagnosticReport
  let options: RenderOptions

  func render() -> String {
    var text = ""
    for group in report.shown(atMost: options.limit) {
      for diagnostic in group.diagnostics {
        let location = safeText(report.sources.location(of: diagnostic.range))
        let title = "\(diagnostic.severity.rawValue)[\(diagnostic.code.id)]"
        text += "\(location): \(title): \(safeText(diagnostic.message))\n"
      }
      if let remark = group.remark { text += "\(safeText(report.sources[group.file].path)): \(remark)\n" }
    }
    return text
  }
}
