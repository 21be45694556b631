import ComposeBasic
import ComposeTestSupport
import Testing

/// Whatever a file is called and a message says, each format gives the same name and message back.
@Suite struct HostileNameTests {
  private static let paths = [
    "a b.yml", "50%.yml", "%0A.yml", "a,b:c=d.yml", "a\nb.yml", "a\r\nb.yml", "]]>&<x>.yml", "설정/구성.yml",
    "e\u{301}.yml",
    "../x/./y.yml", "\u{1B}[31m.yml", "\"quoted\"'.yml", #"C:\x\y.yml"#, "/etc/model-compose.yml", "::error::x.yml",
    "<stdin>", "a?b#c.yml", "{0}.yml", "\u{FFFE}\u{0}.yml", "🙂.yml", "::",
  ]

  private static let message = "a\nb\r\nc ]]> & <x> % : , {0} [l](1) \u{1B}[0m \u{0}\u{FFFE}\u{85} \"q\" '설' ::error::"

  private func report(_ path: String) -> DiagnosticReport {
    var sources = SourceSet()
    let file = sources.add(path: path, bytes: Array("\u{FEFF}ü🙂: x\r\nb: 語\r\n".utf8))
    var diagnostics = Diagnostics()
    let first = SourceRange(file: file.id, start: 3, end: 9)
    let second = SourceRange(file: file.id, start: 17, end: 20)
    diagnostics.emit(
      Diagnostic(DiagnosticCode("any", .error, ""), HostileNameTests.message, at: first)
        .note(HostileNameTests.message, at: second).help(HostileNameTests.message)
        .fix(HostileNameTests.message, .safe, replace: second, with: HostileNameTests.message))
    diagnostics.emit(Diagnostic(DiagnosticCode("any", .warning, ""), "short", at: second))
    return DiagnosticReport(diagnostics, sources: sources, checkedFiles: 1)
  }

  private func text(_ path: String, as format: DiagnosticFormat) -> String {
    render(report(path), as: format, options: RenderOptions())
  }

  private func json(_ path: String, as format: DiagnosticFormat) throws -> JSONText {
    try JSONText.read(Array(text(path, as: format).utf8))
  }

  @Test(arguments: paths) func json(_ path: String) throws {
    let findings = try json(path, as: .json)["diagnostics"]?.elements ?? []
    #expect(findings.map { $0["file"]?.text } == [path, path])
    #expect(findings.first?["message"]?.text == HostileNameTests.message)
    #expect(text(path, as: .jsonl).utf8.count { $0 == UInt8(ascii: "\n") } == 2)
  }

  @Test(arguments: paths) func sarif(_ path: String) throws {
    let document = try json(path, as: .sarif)
    #expect(SARIFCheck(document).faults == [])
    let result = try #require(document["runs"]?.elements.first?["results"]?.elements.first)
    let place = try #require(result["locations"]?.elements.first?["physicalLocation"])
    let uri = try #require(place["artifactLocation"]?["uri"]?.text)
    #expect(percentDecoded(uri) == Array(((path.hasPrefix("/") ? "file://" : "") + path).utf8))
    let message = try #require(result["message"]?["text"]?.text)
    #expect(message.hasPrefix(HostileNameTests.message.replacing("](", with: "] (")))
    // A character outside the basic plane counts as two.
    #expect(place["region"]?["startColumn"] == .number("1") && place["region"]?["endColumn"] == .number("4"))
  }

  @Test(arguments: paths) func gitHub(_ path: String) throws {
    let text = text(path, as: .github)
    #expect(!text.contains("\r") && text.utf8.count { $0 == UInt8(ascii: "\n") } == 2)
    let commands = try text.split(separator: "\n").map { line throws in try #require(WorkflowCommand(line), "\(line)") }
    #expect(commands.map { $0.properties["file"] } == [path, path])
    #expect(commands.map { $0.properties["title"] } == ["model-compose (any)", "model-compose (any)"])
    #expect(commands.map(\.name) == ["error", "warning"])
    #expect(commands[0].message.hasPrefix("a\nb\nc ]]> & <x> % : , {0} [l](1) ␛[0m ␀"))
  }

  @Test(arguments: paths) func gitLab(_ path: String) throws {
    let issues = try json(path, as: .gitlab).elements
    #expect(issues.map { $0["location"]?["path"]?.text } == [path, path])
    #expect(Set(issues.compactMap { $0["fingerprint"]?.text }).count == 2)
  }

  @Test(arguments: paths) func junit(_ path: String) throws {
    let document = try XMLElement.read(text(path, as: .junit))
    let isAllowed: (Unicode.Scalar) -> Bool = {
      $0.value >= 0x20 && $0.value != 0xFFFE || $0 == "\n" || $0 == "\r" || $0 == "\t"
    }
    func kept(_ text: String) -> String { String(String.UnicodeScalarView(text.unicodeScalars.filter(isAllowed))) }
    let suite = try #require(document.children.first)
    #expect(suite.attributes["name"] == kept(path))
    let failure = try #require(suite.children.first?.children.first)
    #expect(failure.name == "failure" && failure.attributes["message"] == kept(HostileNameTests.message))
    #expect(failure.text.contains("error[any]: " + kept(HostileNameTests.message)))
    #expect(suite.children.last?.children.first?.name == "system-out")
  }

  @Test(arguments: paths) func reviewdog(_ path: String) throws {
    let findings = try json(path, as: .rdjson)["diagnostics"]?.elements ?? []
    #expect(findings.map { $0["location"]?["path"]?.text } == [path, path])
    let suggestion = try #require(findings.first?["suggestions"]?.elements.first)
    #expect(suggestion["text"]?.text == HostileNameTests.message)
    // Bytes, and the byte order mark is none of them.
    #expect(findings.first?["location"]?["range"]?["end"]?["column"] == .number("7"))
  }

  @Test(arguments: paths) func concise(_ path: String) {
    #expect(text(path, as: .concise).utf8.count { $0 == UInt8(ascii: "\n") } == 2)
  }

  /// GitHub and GitLab do not know files by paths that begin with a dot.
  @Test func leadingDotsAreLeftOut() throws {
    #expect(try json("./a/b.yml", as: .gitlab).elements.first?["location"]?["path"]?.text == "a/b.yml")
    #expect(text(".//./a.yml", as: .github).contains("file=a.yml,"))
    #expect(text(".hidden/a.yml", as: .github).contains("file=.hidden/a.yml,"))
    #expect(text("../a.yml", as: .github).contains("file=../a.yml,"))
    #expect(try json("./a.yml", as: .json)["diagnostics"]?.elements.first?["file"]?.text == "./a.yml")
  }

  private func percentDecoded(_ uri: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Array(uri.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
      rest = rest.dropFirst(2)
    }
    return bytes
  }
}
