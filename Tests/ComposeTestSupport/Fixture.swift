package import ComposeBasic
import Glibc
import Testing

/// A file, or a folder, below `Fixtures/` that is one test case.
package struct Fixture: Sendable, Hashable {
  /// The file's name without its extension; for a folder its whole name.
  package let name: String
  /// The absolute path.
  package let path: String

  package init(path: String, extension suffix: String = "") {
    self.path = path
    let file = Files.name(of: path)
    name = suffix.isEmpty ? file : String(file.dropLast(suffix.utf8.count + 1))
  }

  /// The files of `Fixtures/<folder>` with the extension, sorted by name; files in folders below are not among them.
  ///
  /// The environment variable `FIXTURE` keeps those whose path below the repository contains its value, because
  /// `swift test --filter` cannot choose an argument. A folder that holds no such file gives one fixture that
  /// cannot be read: a runner with nothing to run must fail.
  package static func all(in folder: String, extension suffix: String = "yml") -> [Fixture] {
    let root = Files.repository + "/Fixtures/" + folder
    let files = (Files.names(in: root) ?? []).filter {
      $0.hasSuffix("." + suffix) && $0.utf8.count > suffix.utf8.count + 1
    }
    if files.isEmpty { return [Fixture(path: root + "/no-fixture-found." + suffix, extension: suffix)] }
    return chosen(files.map { Fixture(path: root + "/" + $0, extension: suffix) })
  }

  /// The folders of `Fixtures/<folder>`, for cases of several files; sorted and chosen as in ``all(in:extension:)``.
  package static func folders(in folder: String) -> [Fixture] {
    let root = Files.repository + "/Fixtures/" + folder
    let folders = (Files.names(in: root) ?? []).map { root + "/" + $0 }.filter { Files.isFolder($0) }
    if folders.isEmpty { return [Fixture(path: root + "/no-fixture-found")] }
    return chosen(folders.map { Fixture(path: $0) })
  }

  /// Reads the file anew each time.
  package var bytes: [UInt8] { get throws(TestSupportError) { try Files.read(path) } }

  /// The file's bytes as UTF-8.
  package var text: String { get throws(TestSupportError) { String(decoding: try bytes, as: UTF8.self) } }

  /// The path below the repository, as findings name the file.
  package var shownPath: String { Files.shown(path) }

  /// A compilation's sources with this file alone, under ``shownPath``.
  package var sources: SourceSet {
    get throws(TestSupportError) {
      var sources = SourceSet()
      sources.add(path: shownPath, bytes: try bytes)
      return sources
    }
  }

  /// The absolute path of the file beside this one with the same name and another extension.
  package func sibling(_ suffix: String) -> String { Files.folder(of: path) + "/" + name + "." + suffix }

  /// The absolute path of a file inside this folder.
  package func file(_ relative: String) -> String { path + "/" + relative }

  private static func chosen(_ fixtures: [Fixture]) -> [Fixture] {
    guard let wanted = getenv("FIXTURE") else { return fixtures }
    let text = String(cString: wanted)
    return fixtures.filter { $0.shownPath.contains(text) }
  }
}

extension Fixture: CustomTestStringConvertible {
  package var testDescription: String { name }
}
