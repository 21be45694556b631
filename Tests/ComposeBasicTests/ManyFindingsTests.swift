import ComposeBasic
import ComposeTestSupport
import Testing

@Suite struct ManyFindingsTests {
  /// Two files: one with so many warnings and a few errors at its end, and one with a single note.
  private func report(warnings: Int, errors: Int) -> DiagnosticReport {
    var text = ""
    var starts: [Int] = []
    for _ in 0..<(warnings + errors) {
      starts.append(text.utf8.count)
      text += "k: 1\n"
    }
    var sources = SourceSet()
    let file = sources.add(path: "many.yml", bytes: Array(text.utf8))
    let other = sources.add(path: "one.yml", bytes: Array("a: 1\n".utf8))
    var diagnostics = Diagnostics()
    for (index, start) in starts.enumerated() {
      let code = DiagnosticCode("any", index < warnings ? .warning : .error, "")
      let range = SourceRange(file: file.id, start: start, end: start + 1)
      diagnostics.emit(Diagnostic(code, "number \(index)", at: range))
    }
    diagnostics.emit(Diagnostic(DiagnosticCode("any", .note, ""), "alone", at: other.range))
    return DiagnosticReport(diagnostics, sources: sources, checkedFiles: 2)
  }

  private func lines(_ report: DiagnosticReport, _ format: DiagnosticFormat, limit: Int?) -> [Substring] {
    render(report, as: format, options: RenderOptions(limit: limit)).split(separator: "\n")
  }

  @Test func errorsGoFirstWhenThereIsNotRoomForAll() {
    let shown = lines(report(warnings: 30, errors: 4), .concise, limit: 10)
    #expect(
      shown == [
        "many.yml:1:1: warning[any]: number 0", "many.yml:2:1: warning[any]: number 1",
        "many.yml:3:1: warning[any]: number 2", "many.yml:4:1: warning[any]: number 3",
        "many.yml:5:1: warning[any]: number 4", "many.yml:6:1: warning[any]: number 5",
        "many.yml:31:1: error[any]: number 30", "many.yml:32:1: error[any]: number 31",
        "many.yml:33:1: error[any]: number 32", "many.yml:34:1: error[any]: number 33",
        "many.yml: and 24 more findings in this file", "one.yml:1:1: note[any]: alone",
      ])
  }

  @Test func theSummaryCountsAll() {
    let text = render(report(warnings: 30, errors: 4), as: .human, options: RenderOptions(limit: 33))
    #expect(text.contains("\nmany.yml: and 1 more finding in this file\n\n"))
    #expect(text.hasSuffix("\n4 errors, 30 warnings, 1 note in 2 files\n"))
    #expect(text.matches(of: /(?m)^error\[/).count == 4)
    #expect(text.matches(of: /(?m)^warning\[/).count == 29)
  }

  @Test func gitHubSaysHowManyMore() {
    let shown = lines(report(warnings: 30, errors: 4), .github, limit: 2)
    #expect(shown.count == 4)
    #expect(shown[2] == "::notice file=many.yml,title=model-compose::and 32 more findings in this file")
  }

  @Test(arguments: [nil, 34, 1000]) func nothingIsLeftOutWithoutNeed(_ limit: Int?) {
    #expect(lines(report(warnings: 30, errors: 4), .concise, limit: limit).count == 35)
  }

  /// Programs get everything, whatever people are shown.
  @Test func formatsForProgramsAreWhole() throws {
    let report = report(warnings: 300, errors: 4)
    #expect(lines(report, .concise, limit: RenderOptions.defaultLimit).count == 102)
    func count(_ format: DiagnosticFormat, _ list: (JSONText) -> JSONText?) throws -> Int? {
      let text = render(report, as: format, options: RenderOptions(limit: 1))
      return list(try JSONText.read(Array(text.utf8)))?.elements.count
    }
    #expect(lines(report, .jsonl, limit: 1).count == 305)
    #expect(try count(.json) { $0["diagnostics"] } == 305)
    #expect(try count(.sarif) { $0["runs"]?.elements.first?["results"] } == 305)
    #expect(try count(.gitlab) { $0 } == 305)
    #expect(try count(.rdjson) { $0["diagnostics"] } == 305)
    let document = try XMLElement.read(render(report, as: .junit, options: RenderOptions(limit: 1)))
    #expect(document.attributes["tests"] == "305" && document.attributes["failures"] == "4")
  }

  // MARK: Long lines

  /// Only what is around the place is shown of a line that has megabytes, on the whole line as at its ends.
  @Test(arguments: [0, 5, 4095, 4096, 4097, 500_000, 999_990, 1_000_000])
  func longLinesAreCut(_ offset: Int) {
    var text = Array(repeating: UInt8(ascii: "x"), count: 1_000_000)
    text += Array("\nlast: 1\n".utf8)
    var sources = SourceSet()
    let file = sources.add(path: "a.yml", bytes: text)
    var diagnostics = Diagnostics()
    let range = SourceRange(file: file.id, start: offset, end: offset + 5)
    diagnostics.emit(
      Diagnostic(DiagnosticCode("any", .error, ""), "m", at: range).note("end", at: range.startPoint)
        .fix("fix", .safe, replace: range, with: "y"))
    let report = DiagnosticReport(diagnostics, sources: sources, checkedFiles: 1)
    let shown = render(report, as: .human, options: RenderOptions(width: 60))
    #expect(shown.contains("a.yml:1:\(offset + 1)") && shown.contains("^"))
    #expect(shown.contains("…") && shown.contains("fix: fix"))
    #expect(shown.split(separator: "\n").allSatisfy { $0.count <= 61 })
  }

  @Test func longLinesAreNotCutInsideACharacter() {
    for padding in 0..<4 {
      let text = String(repeating: "a", count: padding) + String(repeating: "🙂", count: 10_000)
      var sources = SourceSet()
      let file = sources.add(path: "a.yml", bytes: Array(text.utf8))
      var diagnostics = Diagnostics()
      let range = SourceRange(file: file.id, start: 20_000 + padding, end: 20_004 + padding)
      diagnostics.emit(Diagnostic(DiagnosticCode("any", .error, ""), "m", at: range))
      let report = DiagnosticReport(diagnostics, sources: sources, checkedFiles: 1)
      let shown = render(report, as: .human, options: RenderOptions(width: 1_000_000))
      #expect(!shown.contains("\u{FFFD}") && shown.contains("…🙂") && shown.contains("🙂…") && shown.contains(" ^^\n"))
    }
  }
}
