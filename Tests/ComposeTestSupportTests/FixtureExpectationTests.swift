import ComposeBasic
import ComposeTestSupport
import Testing

@Suite struct FixtureExpectationTests {
  @Test func readsAllParts() throws {
    let found = read("key: value   # error: 20 [undefined-component] \"did you mean 'gpt-4'?\"")
    #expect(found.failures.isEmpty)
    let one = try #require(found.expectations.first)
    #expect(
      one.subject == .finding(.error, code: "undefined-component", text: "did you mean 'gpt-4'?"))
    #expect(one.line == 1 && one.column == 14 && one.targetLine == 1 && one.targetColumn == 20)
  }

  @Test func unescapesQuotes() {
    #expect(subjects(##"# note: [a] "say \"#\\\"""##) == [.finding(.note, code: "a", text: ##"say "#\""##)])
  }

  @Test func fullLineCommentsSpeakOfTheNextLineThatIsNone() {
    let found = read("  # error: [a]\n\t# revealed: text\n# warning: [b]\n# prose\nkey: 1 # error: [c]\r\n")
    #expect(found.failures.isEmpty)
    #expect(found.expectations.map(\.targetLine) == [4, 4, 4, 5])
  }

  @Test func offsetsCountFromTheComment() {
    let found = read("# error@+3: [a]\n# error: [b]\nkey: 1 # note@+1: [c]\nother: 2")
    #expect(found.expectations.map(\.targetLine) == [4, 3, 4])
  }

  @Test func keepsRevealedTypesWhole() {
    #expect(subjects("x: ${a} # revealed: { a: text, b: list[any] }  ") == [.type("{ a: text, b: list[any] }")])
  }

  @Test(arguments: ["key: value # errors happen", "key: a#error: [b]", "# noted: x", "url: http://a/#error", "# error"])
  func leavesOtherCommentsAlone(_ text: String) {
    let found = read(text)
    #expect(found.expectations.isEmpty && found.failures.isEmpty)
  }

  @Test(arguments: [
    "# error: no code", "# error: []", "# error: [a", "# error: [a] \"open", "# error: [a] rest", "# error@2: [a]",
    "# error@+: [a]", "# error@+2 [a]", "# revealed:  ",
  ])
  func refusesWhatItCannotRead(_ text: String) {
    let failures = read(text).failures
    #expect(failures.count == 1)
    #expect(failures.first?.message.hasPrefix("malformed expectation: ") == true)
    #expect(failures.first?.line == 1)
  }

  private func read(_ text: String) -> (expectations: [FixtureExpectation], failures: [MatchFailure]) {
    var sources = SourceSet()
    return FixtureExpectation.all(in: sources.add(path: "x.yml", bytes: Array(text.utf8)))
  }

  private func subjects(_ text: String) -> [FixtureExpectation.Subject] { read(text).expectations.map(\.subject) }
}
