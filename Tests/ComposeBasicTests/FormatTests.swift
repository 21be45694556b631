import ComposeBasic
import ComposeTestSupport
import Testing

/// The shapes of the formats for programs, for every fixture of `Fixtures/render`.
@Suite struct FormatTests {
  @Test func schemaIsDocumented() {
    expectGolden(DiagnosticSchema.text, at: "docs/diagnostics.schema.json")
  }

  @Test(arguments: Fixture.folders(in: "render"))
  func jsonFollowsItsSchema(_ fixture: Fixture) throws {
    let document = try JSONText.read(rendered(fixture, as: .json))
    let schema = try JSONText.read(Array(DiagnosticSchema.text.utf8))
    #expect(SchemaCheck(schema).faults(in: document) == [])
    // The version of a finding belongs to its line in `jsonl`.
    for diagnostic in document["diagnostics"]?.elements ?? [] { #expect(diagnostic["format_version"] == nil) }
  }

  @Test(arguments: Fixture.folders(in: "render"))
  func jsonLinesAreTheFindingsOfJSON(_ fixture: Fixture) throws {
    let text = String(decoding: try rendered(fixture, as: .jsonl), as: UTF8.self)
    let lines = try text.split(separator: "\n").map { line throws in try JSONText.read(Array(line.utf8)) }
    let document = try JSONText.read(rendered(fixture, as: .json))
    let findings = document["diagnostics"]?.elements ?? []
    #expect(lines.map { Array($0.members.dropFirst()) } == findings.map(\.members))
    #expect(lines.allSatisfy { $0.members.first?.name == "format_version" })
    let schema = try JSONText.read(Array(DiagnosticSchema.text.utf8))
    let one = try JSONText.read(Array(##"{"$ref": "#/$defs/diagnostic"}"##.utf8)).members
    let check = SchemaCheck(.object(one + schema.members.filter { $0.name == "$defs" }))
    for line in lines { #expect(check.faults(in: line) == []) }
  }

  @Test(arguments: Fixture.folders(in: "render"))
  func sarifFollowsTheStandard(_ fixture: Fixture) throws {
    let document = try JSONText.read(rendered(fixture, as: .sarif))
    #expect(try schemaFaults(in: document, "sarif") == [])
    #expect(SARIFCheck(document).faults == [])
  }

  @Test(arguments: Fixture.folders(in: "render"))
  func gitLabReportsHaveUniqueFingerprints(_ fixture: Fixture) throws {
    let document = try JSONText.read(rendered(fixture, as: .gitlab))
    #expect(try schemaFaults(in: document, "gitlab") == [])
    let fingerprints = document.elements.compactMap { $0["fingerprint"]?.text }
    #expect(Set(fingerprints).count == (try RenderFixture(fixture)).report.diagnostics.count)
  }

  @Test(arguments: Fixture.folders(in: "render"))
  func reviewdogReadsIt(_ fixture: Fixture) throws {
    let document = try JSONText.read(rendered(fixture, as: .rdjson))
    #expect(try schemaFaults(in: document, "rdjson") == [])
  }

  @Test(arguments: Fixture.folders(in: "render"), [Severity.error, .note])
  func junitCountsItsTests(_ fixture: Fixture, _ failOn: Severity) throws {
    let report = try RenderFixture(fixture).report
    let document = try XMLElement.read(render(report, as: .junit, options: RenderOptions(failOn: failOn)))
    #expect(document.name == "testsuites")
    #expect(document.children.map(\.name) == report.sources.files.map { _ in "testsuite" })
    var (tests, failures) = (0, 0)
    for suite in document.children {
      let cases = suite.children
      let failed = cases.count { $0.children.contains { $0.name == "failure" } }
      #expect(!cases.isEmpty && cases.allSatisfy { $0.name == "testcase" && $0.attributes["name"]?.isEmpty == false })
      #expect(suite.attributes["tests"] == "\(cases.count)" && suite.attributes["failures"] == "\(failed)")
      tests += cases.count
      failures += failed
    }
    #expect(document.attributes["tests"] == "\(tests)" && document.attributes["failures"] == "\(failures)")
    #expect(failures == report.diagnostics.count { $0.severity >= failOn })
  }

  @Test(arguments: Fixture.folders(in: "render"))
  func gitHubHasOneCommandALine(_ fixture: Fixture) throws {
    let report = try RenderFixture(fixture).report
    let lines = String(decoding: try rendered(fixture, as: .github), as: UTF8.self).split(separator: "\n")
    #expect(lines.count == report.diagnostics.count)
    for (line, diagnostic) in zip(lines, report.diagnostics) {
      let command = try #require(WorkflowCommand(line), "\(line)")
      #expect(["error", "warning", "notice"].contains(command.name))
      // Control characters show as pictures in the log.
      let isPlain = diagnostic.message.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
      #expect(!isPlain || command.message.hasPrefix(diagnostic.message))
      let (start, end) = (Int(command.properties["line"] ?? ""), Int(command.properties["endLine"] ?? ""))
      #expect(try #require(start) <= #require(end))
      let hasColumns = command.properties["col"] != nil && command.properties["endColumn"] != nil
      #expect(hasColumns == (start == end), "columns with a range of several lines: \(line)")
    }
  }

  private func rendered(_ fixture: Fixture, as format: DiagnosticFormat) throws -> [UInt8] {
    Array(render(try RenderFixture(fixture).report, as: format, options: RenderOptions()).utf8)
  }

  private func schemaFaults(in document: JSONText, _ name: String) throws -> [String] {
    let schema = try JSONText.read(Files.read(Files.absolute("Fixtures/render/\(name).schema.json")))
    return SchemaCheck(schema).faults(in: document)
  }
}
