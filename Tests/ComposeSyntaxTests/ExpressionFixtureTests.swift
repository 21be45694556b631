import ComposeBasic
import ComposeSyntax
import ComposeTestSupport
import Testing

@Suite struct ExpressionFixtures {
  @Test(arguments: Fixture.all(in: "expressions", extension: "txt"))
  func matchesGolden(_ fixture: Fixture) throws {
    var golden = ""
    for line in try fixture.text.split(separator: "\n", omittingEmptySubsequences: true) {
      if line.hasPrefix("# ") { continue }
      let parsed = ParsedTemplate(decoded(line))
      golden += "; \(line)\n"
      for diagnostic in parsed.diagnostics {
        golden += "; \(diagnostic.range.start)-\(diagnostic.range.end) \(diagnostic.severity.rawValue)"
        golden += "[\(diagnostic.code.id)]: \(diagnostic.message)\n"
      }
      golden += parsed.template.dump() + "\n\n"
    }
    expectGolden(golden, at: fixture.sibling("sexp"))
  }

  /// `\n` and `\t` are escapes; any other backslash is one.
  private func decoded(_ line: Substring) -> String {
    var text = ""
    var rest = line
    while let character = rest.popFirst() {
      if character == "\\", rest.first == "n" {
        text += "\n"
        rest.removeFirst()
      } else if character == "\\", rest.first == "t" {
        text += "\t"
        rest.removeFirst()
      } else {
        text.append(character)
      }
    }
    return text
  }
}
