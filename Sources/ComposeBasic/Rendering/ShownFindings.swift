/// The findings of one file that a person is shown, and how many more there are.
///
/// Nobody reads the thousandth finding of a file, and a terminal that scrolls for minutes hides the first.
struct ShownFindings {
  let file: SourceFile.ID
  /// In the order of their places.
  let diagnostics: [Diagnostic]
  let hiddenCount: Int

  /// The line that stands for the findings that are left out.
  var remark: String? {
    hiddenCount == 0 ? nil : "and \(hiddenCount) more finding\(hiddenCount == 1 ? "" : "s") in this file"
  }
}

extension DiagnosticReport {
  /// The findings by file, at most so many of each.
  ///
  /// Errors go before warnings and warnings before notes when there is not room for all: an exit status of 1 must not
  /// stand under a list without an error.
  func shown(atMost limit: Int?) -> [ShownFindings] {
    var groups: [ShownFindings] = []
    var start = 0
    while start < diagnostics.count {
      let file = diagnostics[start].range.file
      let end = diagnostics[start...].firstIndex { $0.range.file != file } ?? diagnostics.count
      groups.append(DiagnosticReport.shown(diagnostics[start..<end], of: file, atMost: limit))
      start = end
    }
    return groups
  }

  private static func shown(
    _ findings: ArraySlice<Diagnostic>, of file: SourceFile.ID, atMost limit: Int?
  ) -> ShownFindings {
    guard let limit, findings.count > limit else {
      return ShownFindings(file: file, diagnostics: Array(findings), hiddenCount: 0)
    }
    var room: [Severity: Int] = [:]
    var free = limit
    for severity in Severity.allCases.sorted(by: >) {
      let count = min(free, findings.count { $0.severity == severity })
      room[severity] = count
      free -= count
    }
    let chosen = findings.filter { finding in
      guard let left = room[finding.severity], left > 0 else { return false }
      room[finding.severity] = left - 1
      return true
    }
    return ShownFindings(file: file, diagnostics: chosen, hiddenCount: findings.count - chosen.count)
  }
}
