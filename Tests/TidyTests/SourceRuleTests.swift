import ComposeTestSupport
import Testing

/// The rules of `docs/style.md` that a scan of lines can see.
@Suite struct SourceRuleTests {
  /// A module, and the places that may import it.
  @Test(arguments: [
    ("CYAML", ["Sources/ComposeSyntax/YAML/YAMLParser.swift"]),
    ("CCurl", ["Sources/ComposeHTTP/Curl/"]),
    ("CSQLite", ["Sources/ComposeComponents/KeyValueStore/"]),
    ("CCatalog", ["Sources/ComposeSema/Catalog/Catalog.swift"]),
    ("CWebAssets", ["Sources/ComposeServer/Page/WebAssets.swift"]),
    ("Foundation", []),
    ("FoundationEssentials", []),
    ("FoundationNetworking", []),
    ("Dispatch", []),
  ])
  func importsStandInOnePlace(_ module: String, _ places: [String]) {
    for file in RepositoryFile.sources where !places.contains(where: { file.path.hasPrefix($0) }) {
      for (index, line) in file.lines.enumerated() where imported(by: line) == module {
        file.fail("'\(module)' is not imported here", line: index + 1)
      }
    }
    // A place that no longer imports the module must leave the list.
    for place in places {
      let files = RepositoryFile.sources.filter { $0.path.hasPrefix(place) }
      #expect(files.contains { $0.lines.contains { imported(by: $0) == module } }, "\(place) does not import \(module)")
    }
  }

  @Test func sourcesHaveNoEscapes() {
    for file in RepositoryFile.sources {
      let isProgram = file.path.hasPrefix("Sources/model-compose/")
      for (index, code) in code(of: file) {
        for word in ["try!", "as!", "fatalError(", "@testable", "unowned(unsafe)"] where code.contains(word) {
          file.fail("'\(word)'", line: index + 1)
        }
        // What stands between quotes is a text of the program, not code of it.
        let outside = code.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
          .filter { $0.offset.isMultiple(of: 2) }.map(\.element).joined(separator: " ")
        let words = outside.split { !($0.isLetter || $0.isNumber || $0 == "_") }
        if words.contains("public") || words.contains("open") && code.contains("open class") {
          file.fail("access is 'package' at most", line: index + 1)
        }
        if !isProgram, code.hasPrefix("print("), code.hasSuffix(")") { file.fail("a library prints", line: index + 1) }
      }
    }
  }

  @Test func unsafeConcurrencyStaysWithLibcurl() {
    for file in RepositoryFile.sources where !file.path.hasPrefix("Sources/ComposeHTTP/Curl/") {
      for (index, code) in code(of: file) {
        for word in ["@unchecked Sendable", "nonisolated(unsafe)"] where code.contains(word) {
          file.fail("'\(word)'", line: index + 1)
        }
      }
    }
  }

  @Test func nothingIsLeftToDo() {
    let words = ["TO" + "DO", "FIX" + "ME", "XX" + "X"]
    for file in RepositoryFile.swift {
      for (index, line) in file.lines.enumerated() {
        let found = line.split { !($0.isLetter || $0 == "_") }
        for word in words where found.contains(where: { $0 == word }) {
          file.fail("'\(word)': do it, or open an issue", line: index + 1)
        }
      }
    }
  }

  @Test func testsUseSwiftTesting() {
    for file in RepositoryFile.swift where file.path.hasPrefix("Tests/") {
      for (index, line) in file.lines.enumerated() where imported(by: line) == "XCTest" {
        file.fail("tests use Swift Testing", line: index + 1)
      }
    }
  }

  /// Types, protocols and everything at the top of a file; members whose name says all are left to their authors.
  @Test func packageDeclarationsAreDocumented() {
    for file in RepositoryFile.swift {
      let lines = file.lines
      for (index, line) in lines.enumerated() {
        guard let declaration = packageDeclaration(line), declaration.isType || line.first != " " else { continue }
        var above = index - 1
        while above >= 0, lines[above].trimmed.hasPrefix("@") { above -= 1 }
        if above < 0 || !lines[above].trimmed.hasPrefix("///") {
          file.fail("'\(line.trimmed)' has no doc comment", line: index + 1)
        }
      }
    }
  }

  // MARK: Lines

  private func packageDeclaration(_ line: Substring) -> (keyword: Substring, isType: Bool)? {
    var words = line.trimmed.split(separator: " ")[...]
    guard words.first == "package" else { return nil }
    let modifiers: Set<Substring> = [
      "package", "static", "final", "indirect", "mutating", "nonisolated", "internal(set)", "private(set)",
    ]
    words = words.drop { modifiers.contains($0) }
    guard let keyword = words.first, keyword != "import", keyword != "extension" else { return nil }
    return (keyword, ["struct", "enum", "class", "protocol", "actor", "typealias"].contains(keyword))
  }

  private func imported(by line: Substring) -> String? {
    let words = line.split(separator: " ")
    guard let keyword = words.firstIndex(of: "import"), keyword <= 2, words.count > keyword + 1 else { return nil }
    let modifiers: Set<Substring> = ["package", "internal", "private", "fileprivate", "@preconcurrency"]
    guard words[..<keyword].allSatisfy({ modifiers.contains($0) }) else { return nil }
    return words[keyword + 1].split(separator: ".").first.map(String.init)
  }

  /// Lines without comments, as far as a scan can tell.
  private func code(of file: RepositoryFile) -> [(index: Int, code: Substring)] {
    file.lines.enumerated().compactMap { index, line in
      let trimmed = line.trimmed
      return trimmed.hasPrefix("//") ? nil : (index, trimmed)
    }
  }
}

extension Substring {
  /// Without blanks around it.
  var trimmed: Substring {
    let start = drop { $0 == " " }
    return start[..<(start.lastIndex { $0 != " " }.map { start.index(after: $0) } ?? start.startIndex)]
  }
}
