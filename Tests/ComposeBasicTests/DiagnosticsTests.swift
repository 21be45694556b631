import ComposeBasic
import Testing

@Suite struct DiagnosticsTests {
  private func finding(
    _ code: String, _ start: Int, _ end: Int, message: String = "m", severity: Severity = .error, file: UInt32 = 0
  ) -> Diagnostic {
    let range = SourceRange(file: SourceFile.ID(index: file), start: start, end: end)
    return Diagnostic(DiagnosticCode(code, severity, "summary"), message, at: range)
  }

  private func described(_ diagnostics: [Diagnostic]) -> [String] {
    diagnostics.map { "\($0.range.file.index):\($0.range.start)-\($0.range.end) \($0.code.id) \($0.message)" }
  }

  @Test func sortedIsTheSameForEveryOrder() {
    let findings = [
      finding("a", 0, 4), finding("b", 0, 4), finding("b", 0, 4, message: "n"), finding("a", 0, 5), finding("a", 3, 4),
      finding("a", 0, 1, file: 1),
    ]
    let expected = described(findings)
    for shift in findings.indices {
      var diagnostics = Diagnostics()
      for finding in findings[shift...] + findings[..<shift] { diagnostics.emit(finding) }
      #expect(described(diagnostics.sorted()) == expected)
    }
  }

  @Test func equalFindingsStandOnce() {
    var diagnostics = Diagnostics()
    diagnostics.emit(finding("a", 0, 4).help("kept"))
    diagnostics.emit(finding("a", 0, 4).help("dropped"))
    diagnostics.emit(finding("a", 0, 4, message: "other"))
    #expect(diagnostics.all.count == 3)
    #expect(diagnostics.sorted().map(\.help) == ["kept", nil])
  }

  @Test func countsBySeverity() {
    var diagnostics = Diagnostics()
    #expect(!diagnostics.hasErrors)
    diagnostics.emit(finding("a", 0, 1, severity: .warning))
    #expect(!diagnostics.hasErrors)
    var more = Diagnostics()
    more.emit(finding("b", 0, 1))
    more.emit(finding("c", 0, 1, severity: .note))
    diagnostics.append(contentsOf: more)
    #expect(diagnostics.hasErrors)
    #expect(Severity.allCases.map { diagnostics.count(of: $0) } == [1, 1, 1])
    diagnostics.update { $0.severity = .note }
    #expect(diagnostics.count(of: .note) == 3)
    diagnostics.keep { $0.code.id != "b" }
    #expect(diagnostics.all.map(\.code.id) == ["a", "c"])
  }

  @Test func buildingAddsParts() {
    let range = SourceRange(file: SourceFile.ID(index: 0), start: 7, end: 9)
    let built = finding("a", 0, 1).note("here", at: range).note("nowhere", at: nil).help("do").upstream("does")
      .fix("repair", .safe, replace: range, with: "x")
    #expect(built.notes.map(\.message) == ["here"])
    #expect(built.help == "do")
    #expect(built.upstream == "does")
    #expect(built.fixes.map(\.title) == ["repair"])
    #expect(built.fixes[0].edits.map(\.range) == [range])
  }

  @Test func severitiesAreOrdered() {
    #expect(Severity.allCases.sorted() == [.note, .warning, .error])
  }
}
