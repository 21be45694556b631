import ComposeTestSupport
import Testing

/// A text file of the repository, for rules about the source itself.
struct RepositoryFile: CustomTestStringConvertible {
  /// Below the repository.
  let path: String
  let bytes: [UInt8]

  /// The lines without their line breaks; the part behind the last line break is not one.
  var lines: [Substring] {
    var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  var testDescription: String { path }

  /// All Swift files of the program and of its tests.
  static let swift: [RepositoryFile] = all.filter { $0.path.hasSuffix(".swift") && !$0.path.hasPrefix("Fixtures/") }

  /// The Swift files of the program alone.
  static let sources: [RepositoryFile] = swift.filter { $0.path.hasPrefix("Sources/") }

  /// Every text file that people write; pictures and the like are left out.
  static let all: [RepositoryFile] =
    [
      "Package.swift", "README.md", "Sources", "Tests", "Fixtures", "docs", "examples", "scripts", ".ci", "Benchmarks",
      "Fuzz",
    ].flatMap(files)

  private static func files(_ path: String) -> [RepositoryFile] {
    let absolute = Files.absolute(path)
    // What a link leads to is looked at in its own place, and what a build leaves behind is nobody's text.
    if Files.isLink(absolute) || Files.name(of: path).hasPrefix(".build") { return [] }
    if Files.isFolder(absolute) { return (Files.names(in: absolute) ?? []).flatMap { files("\(path)/\($0)") } }
    guard let bytes = try? Files.read(absolute), String(validating: bytes, as: UTF8.self) != nil, !bytes.contains(0)
    else { return [] }
    return [RepositoryFile(path: path, bytes: bytes)]
  }

  /// Fails at a 1-based line of the file.
  func fail(_ message: String, line: Int) {
    MatchFailure(path: path, line: line, column: 1, message: message).record()
  }
}
