/// Test results as the Ant task `junit` writes them, which every CI server reads.
///
/// A file is a suite and a finding is a test that fails. What does not fail the command is a test that passes and has
/// output, so that a red result and a red command go together. A file without findings is one test that passes.
struct JUnitRenderer {
  let report: DiagnosticReport
  let options: RenderOptions

  func render() -> String {
    var findings: [SourceFile.ID: [Diagnostic]] = [:]
    for diagnostic in report.diagnostics { findings[diagnostic.range.file, default: []].append(diagnostic) }
    let tests = report.sources.files.reduce(0) { $0 + max(1, findings[$1.id]?.count ?? 0) }
    let failures = report.diagnostics.count { isFailure($0) }

    var text = #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n"
    text += #"<testsuites name="\#(ProgramIdentity.name)" tests="\#(tests)" failures="\#(failures)" errors="0">"# + "\n"
    for file in report.sources.files { suite(file, findings[file.id] ?? [], to: &text) }
    return text + "</testsuites>\n"
  }

  private func isFailure(_ diagnostic: Diagnostic) -> Bool {
    options.failOn.map { diagnostic.severity >= $0 } ?? false
  }

  private func suite(_ file: SourceFile, _ findings: [Diagnostic], to text: inout String) {
    let path = xmlAttribute(file.path)
    let failures = findings.count { isFailure($0) }
    let counts = #"tests="\#(max(1, findings.count))" failures="\#(failures)" errors="0" skipped="0""#
    text += "  <testsuite name=\(path) \(counts)>\n"
    if findings.isEmpty { text += "    <testcase classname=\(path) name=\"check\"/>\n" }
    for finding in findings {
      let position = file.lines.position(at: Int(finding.range.start))
      let name = "\(finding.code.id) at \(position.line):\(position.column)"
      let title = "\(report.sources.location(of: finding.range)): \(finding.severity.rawValue)[\(finding.code.id)]: "
      let details = xmlText(title + finding.plainText(withNotesIn: report.sources))
      text += "    <testcase classname=\(path) name=\(xmlAttribute(name))>\n"
      if isFailure(finding) {
        let type = xmlAttribute(finding.code.id)
        text += "      <failure type=\(type) message=\(xmlAttribute(finding.message))>\(details)</failure>\n"
      } else {
        text += "      <system-out>\(details)</system-out>\n"
      }
      text += "    </testcase>\n"
    }
    text += "  </testsuite>\n"
  }
}
