import ComposeBasic
import ComposeTestSupport
import Testing

/// Every planted mistake is reported at its place, and nothing else is (`Fixtures/corpus`).
@Suite struct CorpusTests {
  @Test func mistakesAreReportedAtTheirPlaces() async throws {
    let files = try CorpusFile.all()
    let results = await computed { files.map { $0.check() } }
    let lines = results.filter(\.hasSeverity).count
    let columns = results.filter(\.hasColumn).count
    #expect(lines * 100 >= files.count * 97, "the right line and severity: \(lines) of \(files.count)")
    #expect(columns * 100 >= files.count * 90, "the right column: \(columns) of \(files.count)")
    // Exactly those whose row says why; no other error may stand elsewhere.
    let elsewhere = results.filter { !$0.others.isEmpty }.map(\.file.name)
    #expect(elsewhere == files.filter { $0.difference != nil }.map(\.name), "errors that the mistake did not cause")
    let repaired = results.filter(\.isRepaired)
    #expect(repaired.count >= 60, "a fix leaves a file without a finding: \(repaired.count)")
    expectGolden(report(results), at: "Fixtures/corpus/report.txt")
  }

  /// Where no fix repairs the file, the table says for the finding's code why.
  @Test func missingFixesAreExplained() async throws {
    let table = String(decoding: try Files.read(Files.absolute("Fixtures/corpus/without-fix.txt")), as: UTF8.self)
    let reasons = table.split(separator: "\n").filter { !$0.hasPrefix("#") }
    let explained = Set(reasons.compactMap { $0.split(separator: ":").first.map(String.init) })
    let files = try CorpusFile.all()
    let results = await computed { files.map { $0.check() } }
    let codes = Set(results.filter { !$0.isRepaired }.flatMap { $0.atLine.map(\.code.id) })
    #expect(codes.subtracting(explained).sorted() == [], "codes without a reason")
    #expect(explained.subtracting(codes).sorted() == [], "reasons that nothing needs")
  }

  private func report(_ results: [CorpusResult]) -> String {
    var lines = [
      "Planted mistakes, and how they are reported.", "",
      "files: \(results.count)",
      "right line and severity: \(results.filter(\.hasSeverity).count)",
      "right column: \(results.filter(\.hasColumn).count)",
      "errors elsewhere: \(results.filter { !$0.others.isEmpty }.count)",
      "repaired by a fix: \(results.filter(\.isRepaired).count)", "",
    ]
    for result in results {
      let verdict =
        result.hasColumn ? "found" : result.hasSeverity ? "other column" : result.atLine.isEmpty ? "missed" : "severity"
      let codes = Set(result.atLine.map(\.code.id)).sorted().map { " " + $0 }.joined()
      let fix = result.isRepaired ? ", repaired" : ""
      let others = result.others.isEmpty ? "" : ", elsewhere \(result.others.joined(separator: " "))"
      lines.append("\(result.file.name) \(result.file.mistake): \(verdict)\(codes)\(fix)\(others)")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
