import ComposeBasic
import ComposeSyntax
import ComposeTestSupport
import Testing

@Suite(.serialized) struct ExpressionProperties {
  @Test(arguments: 0..<20)
  func printedFormReadsTheSame(seed: UInt64) async {
    let templates = await computed { () -> [ParsedTemplate] in
      var generator = TemplateGenerator(seed: seed)
      return (0..<500).map { _ in ParsedTemplate(generator.template()) }
    }
    var sound = 0
    for parsed in templates {
      let printed = ParsedTemplate(parsed.template.description)
      #expect(printed.template.dumpWithoutPositions() == parsed.template.dumpWithoutPositions(), "\(parsed.text)")
      #expect(printed.template.description == parsed.template.description)
      #expect(tilingFault(parsed.template) == nil, "\(parsed.text)")
      if parsed.hasErrors { continue }
      sound += 1
      #expect(referenceFault(parsed) == nil, "\(parsed.text)")
    }
    #expect(sound > 200, "most texts are read alike")
  }

  /// Texts that once printed as something else.
  @Test(arguments: [
    "${input.x | d\\\n  }", "${inpu:. | b}", "a=$<input.x=$<input.x | b $} {> > e", "${x as audio/pcm[\t0]}",
    "${a | ${b | c\\\n}\\\n}",
  ])
  func foundTextsReadTheSame(_ text: String) {
    let parsed = ParsedTemplate(text)
    let printed = ParsedTemplate(parsed.template.description)
    #expect(printed.template.dumpWithoutPositions() == parsed.template.dumpWithoutPositions(), "\(printed.text)")
  }

  @Test(arguments: 0..<16)
  func anyTextIsTiled(seed: UInt64) {
    var generator = TemplateGenerator(seed: seed)
    for _ in 0..<500 {
      let parsed = ParsedTemplate(generator.noise())
      #expect(tilingFault(parsed.template) == nil, "\(parsed.text)")
      #expect(parsed.template.range.end == parsed.text.utf8.count)
      for case .text(let piece) in parsed.template.parts { #expect(parsed.text(of: piece.range) == piece.value) }
      let printed = ParsedTemplate(parsed.template.description)
      #expect(
        printed.template.dumpWithoutPositions() == parsed.template.dumpWithoutPositions(),
        "\(parsed.text) -> \(printed.text)")
      if !parsed.hasErrors { #expect(referenceFault(parsed) == nil, "\(parsed.text)") }
    }
  }
}
