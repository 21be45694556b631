import ComposeBasic
import ComposeTestSupport
import Testing

@Suite struct DiagnosticMatcherTests {
  @Test func acceptsWhatIsExpectedInAnyOrder() {
    let text = """
      a: 1  # error: 4 [first] "the 'a'"
      # warning: [second]
      # note: [third]
      b: 2
      """
    let found = [
      finding(text, "b", .note, "third", "third"), finding(text, "b", .warning, "second", "second"),
      finding(text, "1", .error, "first", "says the 'a' is bad"),
    ]
    #expect(failures(text, found).isEmpty)
    #expect(failures(text, found.reversed()).isEmpty)
  }

  @Test func reportsAnUnfulfilledExpectationAtItsOwnPlace() {
    let text = """
      ok: 1
      # error: [gone]
      b: 2
      """
    let expected = MatchFailure(path: "a/x.yml", line: 2, column: 1, message: "expected error [gone] at line 3")
    #expect(failures(text, []) == [expected])
  }

  @Test func namesWhatWasFoundInstead() {
    let failures = failures("b: 2 # error: 9 [gone]", [finding("b: 2", "2", .error, "gone", "it is")])
    #expect(failures.count == 2)
    #expect(failures.last?.message == "expected error [gone] at line 1, column 9\n  found 1:4 error: [gone] it is")
  }

  @Test(arguments: [Severity.error, .warning])
  func reportsAnUnexpectedFindingAtItsPlace(_ severity: Severity) {
    let text = "a: 1\nb: 2\n"
    let expected = MatchFailure(
      path: "a/x.yml", line: 2, column: 4, message: "unexpected \(severity.rawValue): [code] message")
    #expect(failures(text, [finding(text, "2", severity, "code", "message")]) == [expected])
  }

  @Test func letsUnexpectedNotesPass() {
    #expect(failures("a: 1", [finding("a: 1", "1", .note, "code", "message")]).isEmpty)
  }

  @Test func fulfilsEachExpectationWithItsOwnFinding() {
    let text = "a: 1 # error: [code] # error: [code]"
    let one = finding(text, "1", .error, "code", "message")
    #expect(failures(text, [one]).count == 1)
    #expect(failures(text, [one, one]).isEmpty)
    #expect(failures(text, [one, one, one]).count == 1)
  }

  @Test func keepsThePreciseExpectationsFindingFromTheVagueOne() {
    let text = "a: 1 # error: [code] # error: [code] \"second\""
    let first = finding(text, "1", .error, "code", "the second")
    let second = finding(text, "1", .error, "code", "the first")
    #expect(failures(text, [first, second]).isEmpty)
    #expect(failures(text, [second, first]).isEmpty)
  }

  @Test(arguments: [
    "# error: 4 [code] \"message\"", "# error: 5 [code]", "# warning: [code]", "# error: [other]",
    "# error: [code] \"other\"", "# error@+1: [code]",
  ])
  func comparesEveryPart(_ comment: String) {
    let text = "a: 1 \(comment)"
    let isRight = comment == "# error: 4 [code] \"message\""
    #expect(failures(text, [finding(text, "1", .error, "code", "message")]).isEmpty == isRight)
  }

  @Test func reachesLinesThatCommentsCannot() {
    let text = """
      # error@+2: [undefined-job]
      body: |
        ${jobs.nope}
      """
    #expect(failures(text, [finding(text, "jobs", .error, "undefined-job", "message")]).isEmpty)
  }

  @Test func keepsFilesApart() {
    var sources = SourceSet()
    sources.add(path: "a.yml", bytes: Array("a: 1 # error: [code]".utf8))
    let second = sources.add(path: "b.yml", bytes: Array("a: 1".utf8))
    let code = DiagnosticCode("code", .error, "summary")
    let found = Diagnostic(code, "message", at: SourceRange(file: second.id, start: 0, end: 1))
    #expect(DiagnosticMatcher(sources).failures(for: [found]).map(\.path) == ["a.yml", "b.yml"])
  }

  @Test func recordsAFailureAtTheLineOfTheFile() {
    withKnownIssue {
      MatchFailure(path: "Fixtures/check/x.yml", line: 3, column: 7, message: "wrong").record()
    } matching: { issue in
      issue.sourceLocation?.line == 3 && issue.sourceLocation?.column == 7
        && issue.sourceLocation?.fileID == "Fixtures/check/x.yml"
    }
  }

  private func failures(_ text: String, _ found: [Diagnostic]) -> [MatchFailure] {
    DiagnosticMatcher(sources(text)).failures(for: found)
  }

  private func sources(_ text: String) -> SourceSet {
    var sources = SourceSet()
    sources.add(path: "a/x.yml", bytes: Array(text.utf8))
    return sources
  }

  /// A finding at the first place where `part` stands, comments with expectations not counted.
  private func finding(
    _ text: String, _ part: String, _ severity: Severity, _ code: String, _ message: String
  ) -> Diagnostic {
    let file = sources(text).files[0]
    let bytes = Array(part.utf8)
    var start = 0
    for line in 1...file.lines.count {
      let range = file.lines.range(ofLine: line)
      if file.bytes[range].starts(with: "#".utf8) { continue }
      if let found = range.first(where: { file.bytes[$0...].starts(with: bytes) }) {
        start = found
        break
      }
    }
    let range = SourceRange(file: file.id, start: start, end: start + bytes.count)
    return Diagnostic(DiagnosticCode(code, severity, "summary"), message, at: range)
  }
}
