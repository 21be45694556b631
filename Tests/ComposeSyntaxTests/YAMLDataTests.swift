import ComposeSyntax
import Testing

/// YAML as data, not as a file of this program. The vectors of `text-parser` compare many more texts.
@Suite struct YAMLDataTests {
  @Test func referencesAreText() throws {
    #expect(try keys("a: ${env.HOME}\n${env.X}: 1") == [.text("a"), .text("${env.X}")])
  }

  @Test func keysOfAnyKind() throws {
    #expect(try keys("1: a\n~: b\ntrue: c\n1.5: d") == [.integer(1), .null, .number(1.5)])
    // Composed and decomposed letters are two keys.
    #expect(try keys("\u{E9}: 1\ne\u{301}: 2").count == 2)
  }

  @Test func nothing() throws {
    #expect(try isNothing(""))
    #expect(try isNothing("# only this"))
  }

  @Test(arguments: ["a: [", "- *x", "- &x 1\n- &x 2", "a: =", "? [1]\n: 2", "a: !tag b", "a\n--- b", "\u{7}", "<<: 1"])
  func notYAML(_ text: String) {
    #expect { try readYAMLData(text) } throws: { error in
      if case YAMLDataFault.notYAML? = error as? YAMLDataFault { true } else { false }
    }
  }

  @Test(arguments: ["&a [*a]", "!!int x", "!!set {a, b}", "!!binary aGk="])
  func unusable(_ text: String) {
    #expect { try readYAMLData(text) } throws: { error in
      if case YAMLDataFault.unusable? = error as? YAMLDataFault { true } else { false }
    }
  }

  /// Aliases of aliases would fill the memory.
  @Test func billionLaughs() {
    let lines = (1..<12).map { level in
      "a\(level): &a\(level) ["
        + Array(repeating: level == 1 ? "x" : "*a\(level - 1)", count: 10).joined(separator: ", ") + "]"
    }
    #expect(throws: YAMLDataFault.self) { try readYAMLData(lines.joined(separator: "\n")) }
    #expect(throws: YAMLDataFault.self) { try readYAMLData(String(repeating: "[", count: 10_000)) }
  }

  private func isNothing(_ text: String) throws -> Bool {
    if case nil = try readYAMLData(text) { true } else { false }
  }

  private func keys(_ text: String) throws -> [ScalarValue] {
    guard case .mapping(let entries)? = try readYAMLData(text) else { return [] }
    return entries.map(\.key)
  }
}
