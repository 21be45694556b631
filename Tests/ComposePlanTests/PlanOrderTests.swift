import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

/// The order of keys in a file means nothing, so a plan must not show it.
@Suite struct PlanOrderTests {
  @Test(arguments: Fixture.all(in: "plan"))
  func keysInAnyOrderGiveTheSamePlan(_ fixture: Fixture) throws {
    let expected = try prints(try compilation(fixture))
    for seed in 0..<6 as Range<UInt64> {
      var shuffler = KeyShuffler(try fixture.sources.files[0], seed: seed)
      let text = try shuffler.shuffled()
      var sources = SourceSet()
      sources.add(path: fixture.shownPath, bytes: Array(text.utf8))
      let compilation = compile(sources.files, in: sources, environment: fixtureEnvironment, catalog: .builtIn)
      let messages = compilation.diagnostics.all.map(\.message)
      try #require(messages == [], "\(text)")
      for (print, expected) in zip(try prints(compilation), expected) {
        #expect(unifiedDiff(from: Array(expected.utf8), to: Array(print.utf8), path: "plan") == "", "seed \(seed)")
      }
    }
  }

  /// Otherwise the test above could not fail.
  @Test func theShufflerShuffles() throws {
    let text = "a: {b: 1, c: 'x', d: yes}\ne: [1, two, \"${input.x}\"]\nf: |\n  long\n  text\n"
    var sources = SourceSet()
    let file = sources.add(path: "a.yml", bytes: Array(text.utf8))
    let texts = try (0..<50 as Range<UInt64>).map { seed in
      var shuffler = KeyShuffler(file, seed: seed)
      return try shuffler.shuffled()
    }
    #expect(Set(texts).count > 20)
    #expect(
      texts.contains(#"{"f": "long\ntext\n", "e": [1, "two", "${input.x}"], "a": {"c": 'x', "b": 1, "d": yes}}"# + "\n")
    )
  }

  @Test(arguments: Fixture.all(in: "plan"))
  func placesCanBeLeftOut(_ fixture: Fixture) throws {
    for text in try prints(try compilation(fixture)) {
      #expect(!text.contains(fixture.shownPath) && !text.contains("\"range\"") && !text.contains("\"ranges\""))
    }
  }

  private func prints(_ compilation: Compilation) throws -> [String] {
    try PlanFormat.allCases.map { try printed(compilation, as: $0, locations: false) }
  }
}
