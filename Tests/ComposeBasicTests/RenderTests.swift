import ComposeBasic
import ComposeTestSupport
import Testing

@Suite struct RenderTests {
  @Test(arguments: Fixture.folders(in: "render"))
  func looksAsRecorded(_ fixture: Fixture) throws {
    let input = try RenderFixture(fixture)
    let plain = RenderOptions(color: false, width: input.width)
    let color = RenderOptions(color: true, width: input.width)
    expectGolden(render(input.report, as: .human, options: plain), at: fixture.file("human.txt"))
    expectGolden(render(input.report, as: .human, options: color), at: fixture.file("human-color.txt"))
    expectGolden(render(input.report, as: .concise, options: plain), at: fixture.file("concise.txt"))
    for (format, name) in RenderTests.machineGoldens {
      expectGolden(render(input.report, as: format, options: plain), at: fixture.file(name))
    }
  }

  /// The formats for programs with the names of their goldens.
  private static let machineGoldens: [(DiagnosticFormat, String)] = [
    (.json, "report.json"), (.jsonl, "report.jsonl"), (.sarif, "report.sarif"), (.github, "github.txt"),
    (.gitlab, "gitlab.json"), (.junit, "junit.xml"), (.rdjson, "rdjson.json"),
  ]

  @Test func everyFormatHasAGolden() {
    let formats = RenderTests.machineGoldens.map(\.0) + [.human, .concise]
    #expect(Set(formats) == Set(DiagnosticFormat.allCases))
  }

  @Test(arguments: Fixture.folders(in: "render"))
  func terminalTextIsSafe(_ fixture: Fixture) throws {
    let input = try RenderFixture(fixture)
    let options = RenderOptions(color: false, width: input.width)
    for format in [DiagnosticFormat.human, .concise, .github] {
      let text = render(input.report, as: format, options: options)
      let controls = text.unicodeScalars.filter { $0.properties.generalCategory == .control && $0 != "\n" }
      #expect(controls.isEmpty)
      #expect(!text.contains(" \n"), "a line ends with a blank")
      #expect(text.isEmpty || text.hasSuffix("\n"))
    }
  }

  /// Colour adds sequences and changes nothing else.
  @Test(arguments: Fixture.folders(in: "render"))
  func colorOnlyAddsSequences(_ fixture: Fixture) throws {
    let input = try RenderFixture(fixture)
    let plain = render(input.report, as: .human, options: RenderOptions(color: false, width: input.width))
    let color = render(input.report, as: .human, options: RenderOptions(color: true, width: input.width))
    var stripped = ""
    var isSequence = false
    for scalar in color.unicodeScalars {
      if scalar == "\u{1B}" { isSequence = true }
      if !isSequence { stripped.unicodeScalars.append(scalar) }
      if scalar == "m" { isSequence = false }
    }
    #expect(stripped == plain)
  }

  /// Whatever the range and the bytes, something is drawn and nothing traps.
  @Test(arguments: [1, 50])
  func everyRangeCanBeDrawn(_ width: Int) {
    let long = String(repeating: "語x", count: 40)
    let text = Array("\u{FEFF}a\t\u{1B}é\r\n\n \r👩‍👩‍👧\u{301}\n  b".utf8) + [0xFF, 0xC3, 0x28, 0x0A] + Array(long.utf8)
    var sources = SourceSet()
    let file = sources.add(path: "a.yml", bytes: text)
    let ends = Array(0...50) + [text.count - 7, text.count - 1, text.count, text.count + 3]
    for start in ends {
      for end in ends where end >= start {
        let range = SourceRange(file: file.id, start: start, end: end)
        let other = SourceRange(file: file.id, start: end, end: end + 9)
        var diagnostics = Diagnostics()
        diagnostics.emit(
          Diagnostic(DiagnosticCode("any", .error, ""), "message", at: range).note("other", at: other)
            .fix("fix", .safe, replace: range, with: "x\ny"))
        let report = DiagnosticReport(diagnostics, sources: sources, checkedFiles: 1)
        let text = render(report, as: .human, options: RenderOptions(width: width))
        #expect(text.contains("^") && text.contains("-") && !text.contains(" \n"), "\(start)..<\(end)")
      }
    }
  }

  @Test func cleanReport() {
    let report = DiagnosticReport(Diagnostics(), sources: SourceSet(), checkedFiles: 1)
    #expect(render(report, as: .human, options: RenderOptions()) == "checked 1 file: no problems\n")
    #expect(render(report, as: .concise, options: RenderOptions()) == "")
    #expect(
      render(report, as: .json, options: RenderOptions()) == """
        {
          "format_version": "1.0",
          "summary": {
            "errors": 0,
            "warnings": 0,
            "files": 1
          },
          "diagnostics": []
        }

        """)
  }
}
