import ComposeBasic
import ComposeTestSupport

/// One folder of `Fixtures/render`: `input.yml` and other `.yml` files, and the findings in `diagnostics.txt`.
///
///     error unknown-key 3:5-3:15 the message      columns count Unicode scalars, both ends as a cursor stands
///     warning …, remark …                         findings of the other severities
///     note other.yml@1:1-1:4 the message          a further part of the finding above; so are the next three
///     help text
///     upstream text
///     pointer /a/b
///     fix safe 3:5-3:15 "new text" the title
///     edit 3:5-3:15 "new text"                    a further edit of the fix above
///     width 60                                    the terminal's columns
///     checked 3                                   how many files were looked at
///
/// In all texts `\n`, `\t` and `\e` (escape) are one character.
struct RenderFixture {
  private(set) var report: DiagnosticReport
  private(set) var width: Int?

  init(_ fixture: Fixture) throws(TestSupportError) {
    var sources = SourceSet()
    let others = (Files.names(in: fixture.path) ?? []).filter { $0.hasSuffix(".yml") && $0 != "input.yml" }
    for name in ["input.yml"] + others {
      sources.add(path: name, bytes: try Files.read(fixture.file(name)))
    }
    var reader = FindingReader(sources: sources)
    let text = String(decoding: try Files.read(fixture.file("diagnostics.txt")), as: UTF8.self)
    for line in text.split(separator: "\n") { try reader.read(String(line)) }
    width = reader.width
    report = DiagnosticReport(reader.findings, sources: sources, checkedFiles: reader.checked ?? sources.files.count)
  }
}

private struct FindingReader {
  let sources: SourceSet
  var width: Int?
  var checked: Int?
  private var all: [Diagnostic] = []

  init(sources: SourceSet) { self.sources = sources }

  var findings: Diagnostics {
    var diagnostics = Diagnostics()
    // Backwards, so that the order of the report is its own doing.
    for diagnostic in all.reversed() { diagnostics.emit(diagnostic) }
    return diagnostics
  }

  mutating func read(_ line: String) throws(TestSupportError) {
    let words = line.split(separator: " ", maxSplits: 1).map(String.init)
    let rest = words.count > 1 ? words[1] : ""
    switch words[0] {
    case "error": try begin(.error, rest)
    case "warning": try begin(.warning, rest)
    case "remark": try begin(.note, rest)
    case "note":
      let (range, message) = try placed(rest)
      try change { $0.note(message, at: range) }
    case "help": try change { $0.help(unescaped(rest)) }
    case "upstream": try change { $0.upstream(unescaped(rest)) }
    case "pointer":
      try change {
        var copy = $0
        copy.pointer = rest
        return copy
      }
    case "fix", "edit": try readFix(words[0], rest)
    case "width": width = Int(rest)
    case "checked": checked = Int(rest)
    default: throw TestSupportError("cannot read '\(line)'")
    }
  }

  private mutating func begin(_ severity: Severity, _ text: String) throws(TestSupportError) {
    let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { throw TestSupportError("no range in '\(text)'") }
    let (range, message) = try placed(parts[1])
    all.append(Diagnostic(DiagnosticCode(parts[0], severity, ""), message, at: range))
  }

  private mutating func readFix(_ word: String, _ text: String) throws(TestSupportError) {
    let parts = text.split(separator: "\"", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
    var words = parts[0].split(separator: " ").map(String.init)
    guard parts.count == 3, var diagnostic = all.popLast() else { throw TestSupportError("bad fix '\(text)'") }
    let edit = Diagnostic.Fix.Edit(try range(words.removeLast()), unescaped(parts[1]))
    if word == "fix" {
      let applicability = Diagnostic.Fix.Applicability(rawValue: words.first ?? "") ?? .safe
      diagnostic.fixes.append(Diagnostic.Fix(unescaped(String(parts[2].dropFirst())), applicability, [edit]))
    } else if let last = diagnostic.fixes.popLast() {
      diagnostic.fixes.append(Diagnostic.Fix(last.title, last.applicability, last.edits + [edit]))
    }
    all.append(diagnostic)
  }

  private mutating func change(_ change: (Diagnostic) -> Diagnostic) throws(TestSupportError) {
    guard let last = all.popLast() else { throw TestSupportError("a part without a finding") }
    all.append(change(last))
  }

  // MARK: Places

  private func placed(_ text: String) throws(TestSupportError) -> (SourceRange, String) {
    let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
    return (try range(parts[0]), parts.count > 1 ? unescaped(parts[1]) : "")
  }

  private func range(_ text: String) throws(TestSupportError) -> SourceRange {
    let parts = text.split(separator: "@").map(String.init)
    let path = parts.count > 1 ? parts[0] : "input.yml"
    let numbers = (parts.last ?? "").split { $0 == ":" || $0 == "-" }.compactMap { Int($0) }
    guard let file = sources.files.first(where: { $0.path == path }), numbers.count == 4 else {
      throw TestSupportError("bad range '\(text)'")
    }
    return SourceRange(
      file: file.id, start: offset(numbers[0], numbers[1], in: file), end: offset(numbers[2], numbers[3], in: file))
  }

  /// Counts by itself, so that a fault of `LineTable` cannot hide here.
  private func offset(_ line: Int, _ column: Int, in file: SourceFile) -> Int {
    var offset = 0
    var rest = line
    while rest > 1, offset < file.bytes.count {
      if file.bytes[offset] == UInt8(ascii: "\n") { rest -= 1 }
      offset += 1
    }
    var scalars = column
    while offset < file.bytes.count {
      let startsScalar = file.bytes[offset] & 0xC0 != 0x80
      if startsScalar, scalars == 1 { break }
      if startsScalar { scalars -= 1 }
      offset += 1
    }
    return offset
  }
}

private func unescaped(_ text: String) -> String {
  var result = ""
  var isEscape = false
  for character in text {
    if isEscape {
      result.append(character == "n" ? "\n" : character == "t" ? "\t" : character == "e" ? "\u{1B}" : character)
    } else if character != "\\" {
      result.append(character)
    }
    isEscape = !isEscape && character == "\\"
  }
  return result
}
