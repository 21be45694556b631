import ComposeTestSupport
import Testing

/// Files that are large, deep, damaged or malicious: they are reported like any other, and in reasonable time.
@Suite(.serialized) struct CheckHostileFileTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    /// `line:column: severity[code]` of the first finding, or `nil` when there must be none.
    let finding: String?
    var testDescription: String { name }
  }

  private static let clean = """
    component: {type: http-client, action: {endpoint: https://api.example.com}}
    workflow: {job: {input: "${input}"}}

    """

  /// Built here, because no repository needs megabytes of nonsense.
  static let rows: [Row] = [
    Row(name: "a program", bytes: [0x7F] + Array("ELF".utf8) + [2, 1, 1, 0, 0, 0], finding: "1:1: error[yaml-syntax]"),
    Row(name: "NUL bytes", bytes: Array("a: b\n\0\0\0".utf8), finding: "2:1: error[yaml-syntax]"),
    Row(name: "only NUL bytes", bytes: [UInt8](repeating: 0, count: 1000), finding: "1:1: error[yaml-syntax]"),
    Row(name: "invalid UTF-8", bytes: Array("a: b\nc: ".utf8) + [0xC3, 0x28], finding: "2:4: error[yaml-syntax]"),
    Row(name: "cut UTF-8", bytes: Array("a: ".utf8) + [0xE2, 0x82], finding: "1:4: error[yaml-syntax]"),
    Row(name: "a surrogate", bytes: Array("a: ".utf8) + [0xED, 0xA0, 0x80], finding: "1:4: error[yaml-syntax]"),
    Row(name: "UTF-16", bytes: [0xFF, 0xFE, 0x61, 0, 0x3A, 0, 0x20, 0, 0x31, 0], finding: "1:1: error[yaml-syntax]"),
    Row(name: "a byte order mark", bytes: [0xEF, 0xBB, 0xBF] + Array(clean.utf8), finding: nil),
    Row(name: "only a byte order mark", bytes: [0xEF, 0xBB, 0xBF], finding: "1:1: error[empty-file]"),
    Row(name: "CRLF", bytes: Array(clean.replacing("\n", with: "\r\n").utf8), finding: nil),
    Row(name: "CR", bytes: Array(clean.replacing("\n", with: "\r").utf8), finding: nil),
    Row(
      name: "2 MB of comments",
      bytes: Array(clean.utf8) + Array(String(repeating: "# nothing at all is here\n", count: 80_000).utf8),
      finding: nil),
    Row(
      name: "many comments that begin like a suppression",
      bytes: Array(clean.utf8) + Array(String(repeating: "# model-compose: nothing\n", count: 40_000).utf8),
      finding: nil),
    Row(
      name: "10 MB in one text", bytes: Array((clean + "notes: " + String(repeating: "x", count: 10_000_000)).utf8),
      finding: "3:1: warning[unknown-key]"),
    Row(
      name: "1 MB in one line",
      bytes: Array("[".utf8) + Array(String(repeating: "a, ", count: 330_000).utf8) + Array("]".utf8),
      finding: "1:1: error[wrong-kind]"),
    Row(
      name: "a billion laughs",
      bytes: Array(
        ("a0: &a0 [lol, lol]\n" + (1..<40).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n" }.joined()).utf8),
      finding: "error[alias-expansion]"),
    Row(
      name: "a billion laughs in mappings",
      bytes: Array(
        ("a0: &a0 {x: lol}\n"
          + (1..<40).map { "a\($0): &a\($0) {x: *a\($0 - 1), y: *a\($0 - 1), <<: *a\($0 - 1)}\n" }.joined()).utf8),
      finding: "error[alias-expansion]"),
    Row(
      name: "1,000 levels of lists",
      bytes: Array((String(repeating: "[", count: 1000) + String(repeating: "]", count: 1000)).utf8),
      finding: "1:257: error[deep-nesting]"),
    Row(
      name: "1,000 levels of mappings",
      bytes: Array((0..<1000).map { String(repeating: " ", count: $0) + "a:\n" }.joined().utf8),
      finding: "error[deep-nesting]"),
    Row(name: "100,000 open brackets", bytes: [UInt8](repeating: 0x5B, count: 100_000), finding: "error[deep-nesting]"),
    Row(name: "an anchor in itself", bytes: Array("a: &a [*a]\n".utf8), finding: "1:8: error[undefined-alias]"),
    Row(
      name: "a mapping merged into itself", bytes: Array("a: &a {<<: *a}\n".utf8),
      finding: "1:12: error[undefined-alias]"),
    Row(
      name: "merge keys",
      bytes: Array(
        """
        .defaults: &defaults {type: http-client}
        component: {<<: *defaults, action: {endpoint: https://api.example.com}}
        workflow: {job: {input: "${input}"}}

        """.utf8), finding: nil),
    Row(name: "merge of a text", bytes: Array("a: {<<: b}\n".utf8), finding: "1:9: error[invalid-merge]"),
  ]

  @Test(arguments: rows) func isReported(_ row: Row) async throws {
    try await withTemporaryFolder { folder in
      try Files.write(row.bytes, to: folder.path + "/a.yml")
      for arguments in [["check", "a.yml"]]
        + (row.bytes.count < 1_000_000 ? [["check", "--fix=suggested", "a.yml"]] : [])
      {
        let outcome = try await run(program(arguments + ["--format", "concise"], in: folder.path))
        #expect(outcome.status == (row.finding?.contains("error") == true ? 1 : 0), "\(outcome.standardError)")
        expectNoLeak(outcome)
        if let finding = row.finding {
          #expect(outcome.standardOutput.prefix(1000).contains(finding), "\(outcome.standardOutput.prefix(1000))")
        } else {
          #expect(outcome.standardOutput == "")
        }
        #expect(try Files.read(folder.path + "/a.yml") == row.bytes, "nothing there can be repaired")
      }
    }
  }

  /// Time and memory grow with the number of findings, not with its square: otherwise this would not end.
  @Test func manyFindings() async throws {
    let count = 4_000
    var text = "component:\n  type: http-client\n  action:\n    endpoint: https://api.example.com\n    body:\n"
    for index in 0..<count { text += "      a\(index): ${input.a as txt}\n" }
    text += "workflow: {job: {input: \"${input}\"}}\n"
    let outcome = try await run(program(["check", "-", "--format", "json", "--quiet"], input: .text(text)))
    #expect(outcome.status == 1)
    expectNoLeak(outcome)
    #expect(outcome.standardOutput.contains("\"errors\": \(count),"))
    #expect(outcome.standardOutput.contains("\"/component/action/body/a\(count - 1)\""))
  }
}
