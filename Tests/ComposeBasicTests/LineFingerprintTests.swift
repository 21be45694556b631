import ComposeBasic
import ComposeTestSupport
import Testing

/// The hashes are GitHub's own: its upload action computes the same values for the same files.
@Suite struct LineFingerprintTests {
  @Test(arguments: [
    ("", ["c129715d7a2bc9a3:1"]),
    (" a\nb\n  \t\tc\n d", ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"]),
    (
      " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End",
      [
        "8b7cf3e952e7aeb2:1", "b1ae1287ec4718d9:1", "bff680108adb0fcc:1", "c6805c5e1288b612:1", "b86d3392aea1be30:1",
        "e6ceba753e1a442:1",
      ]
    ),
    (
      " hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n",
      [
        "e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1", "ce8ba1a563dcdaca:1", "e20e36e16fcb0cc8:1", "b3edc88f2938467e:1",
        "c8e28b0b4002a3a0:1", "c129715d7a2bc9a3:1",
      ]
    ),
    (
      " hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r",
      [
        "e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1", "ce8ba1a563dcdaca:1", "e20e36e16fcb0cc8:1", "b3edc88f2938467e:1",
        "c8e28b0b4002a3a0:1", "c129715d7a2bc9a3:1",
      ]
    ),
  ])
  func areThoseOfGitHub(_ text: String, _ expected: [String]) throws {
    #expect(try hashes(of: text) == expected)
  }

  /// Equal lines with an equal continuation are counted.
  @Test func equalLinesAreCounted() throws {
    let lines = try hashes(of: String(repeating: "same\n", count: 60))
    #expect(Set(lines).count == lines.count)
    // The 100 units behind each of the first lines are the same.
    #expect(lines[0].hasSuffix(":1") && lines[1] == lines[0].dropLast() + "2" && lines[9].hasSuffix(":10"))
  }

  @Test func findingsKeepTheirNamesWhenLinesMove() throws {
    let before = try results(of: "a: 1\nb: 2\n", at: [0, 5, 5])
    let after = try results(of: "# new\n\na: 1\n  b: 2\n", at: [7, 14, 14])
    let names = before.compactMap { $0["partialFingerprints"]?["modelComposeFinding/v1"]?.text }
    #expect(names == after.compactMap { $0["partialFingerprints"]?["modelComposeFinding/v1"]?.text })
    #expect(Set(names).count == 3 && names.allSatisfy { $0.utf8.count == 16 })
    let reworded = try results(of: "a: 1\nb: 3\n", at: [0, 5, 5])
    let others = reworded.compactMap { $0["partialFingerprints"]?["modelComposeFinding/v1"]?.text }
    #expect(others[0] == names[0] && others[1] != names[1])
  }

  private func hashes(of text: String) throws -> [String] {
    var starts: [Int] = [0]
    let bytes = Array(text.utf8)
    for (index, byte) in bytes.enumerated() {
      let isReturn = byte == 0x0D && (index + 1 == bytes.count || bytes[index + 1] != 0x0A)
      if byte == 0x0A || isReturn { starts.append(index + 1) }
    }
    return try results(of: text, at: starts).compactMap { $0["partialFingerprints"]?["primaryLocationLineHash"]?.text }
  }

  private func results(of text: String, at starts: [Int]) throws -> [JSONText] {
    var sources = SourceSet()
    let file = sources.add(path: "a.yml", bytes: Array(text.utf8))
    var diagnostics = Diagnostics()
    for (index, start) in starts.enumerated() {
      let range = SourceRange(file: file.id, start: start, end: start)
      diagnostics.emit(Diagnostic(DiagnosticCode("any", .error, ""), "m\(index)", at: range))
    }
    let report = DiagnosticReport(diagnostics, sources: sources, checkedFiles: 1)
    let document = try JSONText.read(Array(render(report, as: .sarif, options: RenderOptions()).utf8))
    return document["runs"]?.elements.first?["results"]?.elements ?? []
  }
}
