import ComposeBasic
import ComposeSyntax
import Testing

/// Environment values inside a scalar, and text whose bytes differ from those of the file.
@Suite struct ExpressionEnvironment {
  private let file = SourceFile.ID(index: 0)

  /// Puts values in for `%NAME%`; in the file the whole `%NAME%` stands for the value.
  private func scalar(_ source: String, _ values: [String: String?]) -> YAMLScalar {
    var text = ""
    var segments: [ScalarMap.Segment] = []
    var spans: [EnvironmentSpan] = []
    var offset = 0
    for (index, piece) in source.split(separator: "%", omittingEmptySubsequences: false).enumerated() {
      let isName = index % 2 == 1
      let value = isName ? (values[String(piece)] ?? nil) : String(piece)
      let sourceCount = piece.utf8.count + (isName ? 2 : 0)
      let start = text.utf8.count
      text += value ?? ""
      segments.append(
        ScalarMap.Segment(
          decodedStart: start, decodedCount: text.utf8.count - start, sourceStart: offset, sourceCount: sourceCount))
      if isName {
        let range = SourceRange(file: file, start: offset, end: offset + sourceCount)
        let reference = EnvironmentReference(
          name: String(piece), value: value, origin: nil, range: range, isSecret: false)
        spans.append(EnvironmentSpan(reference, range: start..<text.utf8.count))
      }
      offset += sourceCount
    }
    let map = ScalarMap(segments: segments, scalarRange: SourceRange(file: file, start: 0, end: offset))
    return YAMLScalar(text: text, style: .plain, value: .text(text), map: map, environment: spans)
  }

  private func parse(_ scalar: YAMLScalar) -> (TemplateText, [Diagnostic]) {
    var diagnostics = Diagnostics()
    return (parseTemplateText(scalar, into: &diagnostics), diagnostics.sorted())
  }

  @Test func valuesInTextAreOpaque() {
    let (template, diagnostics) = parse(scalar("a %V% ${b}", ["V": "${x y} {{ input.z }}"]))
    #expect(diagnostics.isEmpty)
    #expect(template.description == "a ${env.V} ${b}")
    #expect(tilingFault(template) == nil)
  }

  @Test func aValueAloneIsAPart() {
    let (template, _) = parse(scalar("%V%", ["V": "plain"]))
    #expect(template.constant == "plain")
    #expect(template.description == "${env.V}")
  }

  @Test func valuesInDefaultsAreParts() {
    let (template, diagnostics) = parse(scalar("${a | %V%}-${b | c %W% d}", ["V": "}}", "W": "${"]))
    #expect(diagnostics.map(\.code) == [.environmentExpression])
    #expect(diagnostics.first?.range.start == 19)
    let defaults = template.expressions.map { $0.fallback?.constant }
    #expect(defaults == ["}}", "c ${ d"])
    #expect(tilingFault(template) == nil)
  }

  @Test func blankValuesInDefaultsAreKept() {
    let (template, diagnostics) = parse(scalar("${a |  %V%} ${b | x %V% @(d e)}", ["V": "  "]))
    // The reference takes the white space of a value for its own.
    #expect(diagnostics.map(\.code) == [.environmentExpression, .environmentExpression])
    #expect(template.expressions.map { $0.fallback?.constant } == ["  ", "x   "])
  }

  @Test func anUnsetValueIsADefaultAndAPart() {
    let (template, diagnostics) = parse(scalar("${a |%U%}%U%", ["U": nil]))
    #expect(diagnostics.isEmpty)
    #expect(template.description == "${a | ${env.U}}${env.U}")
    #expect(template.constant == nil)
  }

  @Test func valuesInAReferenceAreOrdinaryCharacters() {
    let (template, diagnostics) = parse(scalar("${jobs.%J%.output as %T%}", ["J": "a-b", "T": "text"]))
    #expect(diagnostics.isEmpty)
    #expect(template.description == "${jobs.a-b.output as text}")
    #expect(template.wholeExpression?.path.first?.range.start == 7)
    #expect(template.wholeExpression?.path.first?.range.end == 10)
  }

  @Test(arguments: [
    ("a %V%", "${x}"), ("a %V%{b}", "$"), ("${a | b} %V%", "{c}"), ("${a as text%V%}", "|5"),
    ("${a | %V%}", "b @(c d)"),
    ("${a | b%V%}", "\n"), ("${a @(b %V%)}", "${c}"),
  ])
  func aValueThatIsSyntaxIsReported(source: String, value: String) {
    let (_, diagnostics) = parse(scalar(source, ["V": value]))
    #expect(diagnostics.contains { $0.severity == .error })
    #expect(diagnostics.allSatisfy { !$0.message.contains(value) && !($0.upstream ?? "").contains(value) })
  }

  @Test(arguments: [("a %V%", "${x y}"), ("${a | %V%}", "b{c"), ("%V% ${a | b}", "}"), ("${a | b} %V%", "{c")])
  func aValueThatIsTextIsNot(source: String, value: String) {
    #expect(parse(scalar(source, ["V": value])).1.isEmpty)
  }

  @Test func anUnsetValueIsNotCompared() {
    #expect(parse(scalar("${a | b} {%V%}", ["V": nil])).1.isEmpty)
  }

  @Test func messagesNeverHoldAValue() {
    let (_, diagnostics) = parse(scalar("${a %V%} ${b | 'x%V%'}", ["V": "hunter2"]))
    #expect(diagnostics.count == 2)
    #expect(diagnostics.allSatisfy { !$0.message.contains("hunter2") })
  }

  @Test func rangesFollowTheMap() {
    // In the file each `%E%` stands for one tab, as an escape would.
    let (template, diagnostics) = parse(scalar("%E%${a%E%as text | b} ${c d}", ["E": "\t"]))
    #expect(diagnostics.map { "\($0.range.start)-\($0.range.end)" } == ["26-27"])
    #expect(template.expressions.first?.cast?.range.start == 12)
  }

  @Test func reorderingIsNotOfferedWhereTheFileDiffers() {
    let (_, diagnostics) = parse(scalar("${a @(d %E%) | 5}", ["E": "\t\t"]))
    #expect(diagnostics.count == 1)
    #expect(diagnostics.first?.fixes.isEmpty == true)
  }
}
