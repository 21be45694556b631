import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

/// What `plan` prints for each file under `Fixtures/plan`.
@Suite struct PlanFixtureTests {
  @Test(arguments: Fixture.all(in: "plan"))
  func text(_ fixture: Fixture) throws {
    expectGolden(try printed(fixture, as: .text), at: fixture.sibling("txt"))
  }

  @Test(arguments: Fixture.all(in: "plan"))
  func json(_ fixture: Fixture) throws {
    expectGolden(try printed(fixture, as: .json), at: fixture.sibling("json"))
  }

  @Test(arguments: Fixture.all(in: "plan"))
  func followsTheSchema(_ fixture: Fixture) throws {
    let schema = try JSONText.read(Files.read(Files.absolute("docs/plan.schema.json")))
    let document = try JSONText.read(Array(try printed(fixture, as: .json).utf8))
    #expect(SchemaCheck(schema).faults(in: document) == [])
  }

  /// Otherwise the test above could not fail.
  @Test func theSchemaRefuses() throws {
    let schema = try JSONText.read(Files.read(Files.absolute("docs/plan.schema.json")))
    let document = #"{"format_version": "2.0", "workflows": [{"id": 1}], "environment": {}, "more": 1}"#
    let faults = SchemaCheck(schema).faults(in: try JSONText.read(Array(document.utf8)))
    #expect(faults.contains("/workflows/0/id: is not string"))
    #expect(faults.contains("/environment: is not array"))
    #expect(faults.contains(": has the unknown 'more'"))
    #expect(faults.contains("/workflows/0: lacks 'nodes'"))
  }

  /// Every `range` names a place in the file, and lines and columns agree with the offset.
  @Test(arguments: Fixture.all(in: "plan"))
  func rangesLieInTheFile(_ fixture: Fixture) throws {
    let sources = try fixture.sources
    let ranges = try TestJSON(try printed(fixture, as: .json)).ranges
    #expect(ranges.count > 5)
    for range in ranges {
      #expect(range["file"]?.string == fixture.shownPath)
      let start = try #require(range["start"]?["offset"]?.integer)
      let end = try #require(range["end"]?["offset"]?.integer)
      #expect(0 <= start && start <= end && end <= sources.files[0].bytes.count)
      for (name, offset) in [("start", start), ("end", end)] {
        let position = sources.files[0].lines.position(at: offset)
        #expect(range[name]?["line"]?.integer == position.line)
        #expect(range[name]?["column"]?.integer == position.column)
      }
    }
  }

  @Test(arguments: Fixture.all(in: "plan"))
  func everyNodeHasARange(_ fixture: Fixture) throws {
    for workflow in try TestJSON(try printed(fixture, as: .json))["workflows"]?.array ?? [] {
      for node in workflow["nodes"]?.array ?? [] {
        let range = try #require(node["job"]?["range"])
        let start = try #require(range["start"]?["offset"]?.integer)
        let end = try #require(range["end"]?["offset"]?.integer)
        #expect(start < end)
      }
    }
  }

  /// Dictionaries have another order in each instance, so a hundred compilations would show one that leaks out.
  @Test(arguments: Fixture.all(in: "plan"))
  func isDeterministic(_ fixture: Fixture) async throws {
    let first = try prints(fixture)
    // The fixtures that have the most of everything; for the others a few are enough.
    let count = ["component", "groups", "nested", "operators"].contains(fixture.name) ? 100 : 10
    let others = await computed { Set((0..<count).map { _ in try? prints(fixture) }) }
    #expect(others == [first])
  }

  /// The secret is told from other text by its value, so no other text may have it.
  @Test(arguments: Fixture.all(in: "plan"))
  func secretsAreNotPrinted(_ fixture: Fixture) throws {
    for format in PlanFormat.allCases {
      let text = try printed(fixture, as: format)
      #expect(!text.contains("sk-fixture"))
      #expect(!text.contains("fallback-token"))
    }
  }

  @Test func secretsAreKnownToTheRedactor() throws {
    let fixture = Fixture(path: Files.absolute("Fixtures/plan/secrets.yml"), extension: "yml")
    #expect(try plan(fixture).secrets == ["sk-fixture", "fallback-token"])
  }
}

/// The plan of a fixture that has no mistake.
func compilation(_ fixture: Fixture) throws -> Compilation {
  let sources = try fixture.sources
  let compilation = compile(sources.files, in: sources, environment: fixtureEnvironment, catalog: .builtIn)
  let messages = compilation.diagnostics.all.map(\.message)
  try #require(messages == [])
  return compilation
}

func plan(_ fixture: Fixture) throws -> Plan {
  let plan = try compilation(fixture).plan
  return try #require(plan)
}

/// What a compilation prints, with its hashes.
func printed(_ compilation: Compilation, as format: PlanFormat, locations: Bool = true) throws -> String {
  let plan = try #require(compilation.plan)
  return ComposePlan.print(
    plan, workflows: plan.workflows, as: format,
    options: PrintOptions(locations: locations, identity: compilation.identity))
}

private func printed(_ fixture: Fixture, as format: PlanFormat) throws -> String {
  try printed(try compilation(fixture), as: format)
}

private func prints(_ fixture: Fixture) throws -> [String] {
  let compilation = try compilation(fixture)
  return try PlanFormat.allCases.map { try printed(compilation, as: $0) }
}

var fixtureEnvironment: Environment {
  var environment = Environment()
  environment.set("OPENAI_API_KEY", "sk-fixture", origin: "process environment")
  environment.set("SEARCH_LIMIT", "5", origin: ".env:3")
  return environment
}

extension TestJSON {
  /// Every place, at any depth.
  fileprivate var ranges: [TestJSON] {
    switch self {
    case .object(let members):
      members.flatMap { key, value in
        switch key {
        case "range", "default_range": [value]
        case "ranges", "uses": value.array ?? []
        default: value.ranges
        }
      }
    case .array(let elements): elements.flatMap(\.ranges)
    case .null, .boolean, .number, .string: []
    }
  }
}
