import Glibc

/// A folder of its own for one test.
package struct TemporaryFolder: Sendable {
  /// The absolute path, without a slash at the end.
  package let path: String

  /// Writes a text file below the folder and returns its absolute path.
  @discardableResult
  package func write(_ text: String, to relative: String) throws(TestSupportError) -> String {
    let file = path + "/" + relative
    try Files.write(text, to: file)
    return file
  }

  /// The text of a file below the folder.
  package func read(_ relative: String) throws(TestSupportError) -> String {
    String(decoding: try Files.read(path + "/" + relative), as: UTF8.self)
  }
}

/// Makes a fresh folder below the system's folder for temporary files and removes it with all it holds afterwards.
package func withTemporaryFolder<Result>(
  _ body: (TemporaryFolder) async throws -> Result
) async throws -> Result {
  let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
  var template = Array("\(base)/model-compose-test-XXXXXX".utf8CString)
  guard mkdtemp(&template) != nil else {
    throw TestSupportError("cannot make a temporary folder: \(String(cString: strerror(errno)))")
  }
  let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  defer { Files.remove(path) }
  return try await body(TemporaryFolder(path: path))
}
