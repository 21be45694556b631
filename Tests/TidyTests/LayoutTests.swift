import ComposeTestSupport
import Testing

/// Layout that `swift format` does not look at, or not in all files.
@Suite struct LayoutTests {
  @Test func filesAreFound() {
    #expect(RepositoryFile.sources.count > 100)
    #expect(RepositoryFile.all.contains { $0.path == "docs/style.md" })
    #expect(RepositoryFile.all.contains { $0.path.hasPrefix("Sources/CCatalog/shapes/") })
  }

  @Test func filesAreShort() {
    for file in RepositoryFile.swift {
      let count = file.lines.count
      #expect(count <= 500, "\(file.path)")
      if count > 300, Self.longFiles[file.path] == nil { file.fail("\(count) lines: split the file", line: 300) }
    }
    for path in Self.longFiles.keys {
      let file = RepositoryFile.swift.first { $0.path == path }
      #expect((file?.lines.count ?? 0) > 300, "\(path) is short now: take it off the list")
    }
  }

  /// Files of more than 300 lines, and why.
  private static let longFiles: [String: String] = [:]

  @Test func linesHaveNoTrailingBlanks() {
    for file in RepositoryFile.all where !Self.isByteExact(file.path) {
      for (index, line) in file.lines.enumerated() where line.last == " " || line.last == "\t" {
        file.fail("trailing blanks", line: index + 1)
      }
    }
  }

  @Test func filesEndWithALineFeed() {
    for file in RepositoryFile.all where !Self.isByteExact(file.path) && !file.bytes.isEmpty {
      if file.bytes.last != UInt8(ascii: "\n") { file.fail("no line feed at the end", line: file.lines.count) }
    }
  }

  @Test func noTabsAndNoCarriageReturns() {
    for file in RepositoryFile.all where !Self.isByteExact(file.path) {
      if file.bytes.contains(0x0D) { file.fail("a carriage return", line: 1) }
    }
    for file in RepositoryFile.swift {
      for (index, line) in file.lines.enumerated() where line.contains("\t") { file.fail("a tab", line: index + 1) }
    }
  }

  /// Paths of the machine on which a file was written mean nothing elsewhere.
  @Test func noMachinePaths() {
    // Joined here, so that this file does not hold what it forbids.
    let forbidden = ["/wo" + "rk/", "/tmp/" + "work"]
    for file in RepositoryFile.all {
      for (index, line) in file.lines.enumerated() {
        for text in forbidden where line.contains(text) {
          file.fail("'\(text)' is a path of one machine", line: index + 1)
        }
      }
    }
  }

  /// Fixtures and recordings whose odd bytes are what they are for.
  private static func isByteExact(_ path: String) -> Bool {
    let folders = [
      "Fixtures/render/", "Fixtures/yaml/", "Fixtures/expressions/", "Fixtures/conformance/", "Fixtures/run/",
      "Fixtures/command/", "Fixtures/plan/", "Fixtures/fix/",
    ]
    let files = ["Fixtures/check/ok/crlf.yml", "Fixtures/check/ok/no-final-line-feed.yml"]
    return folders.contains { path.hasPrefix($0) } || files.contains(path)
  }
}
