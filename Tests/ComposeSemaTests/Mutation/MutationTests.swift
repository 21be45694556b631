import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

/// How much of what people do wrong the checker finds: every single mistake of some kinds is made in correct files
/// (`Fixtures/mutation`), and each must be reported.
@Suite struct MutationTests {
  /// The files are clean as they are written and as the mutations write them.
  @Test(arguments: Fixture.all(in: "mutation"))
  func originalIsClean(_ fixture: Fixture) throws {
    let bytes = try fixture.bytes
    #expect(check(bytes, path: fixture.shownPath) == [])
    let document = try #require(MutationTree(try fixture.sources.files[0]))
    #expect(check(Array(document.yaml.utf8), path: fixture.shownPath) == [])
  }

  /// At least nine of ten mistakes are found. The report names those that are not, so that a change shows.
  @Test func mistakesAreFound() async throws {
    let fixtures = Fixture.all(in: "mutation")
    let documents = try fixtures.map { ($0.name, try #require(MutationTree(try $0.sources.files[0]))) }
    let results = await computed {
      documents.flatMap { name, document in
        mutations(of: document).map { Result(file: name, mutation: $0) }
      }
    }
    #expect(results.count >= 1000)
    let found = results.filter(\.isFound).count
    #expect(found * 10 >= results.count * 9, "\(found) of \(results.count)")
    expectGolden(report(results), at: "Fixtures/mutation/report.txt")
  }

  private struct Result: Sendable {
    let file: String
    let operation: Mutation.Operation
    let title: String
    let isFound: Bool

    init(file: String, mutation: Mutation) {
      self.file = file
      operation = mutation.operation
      title = mutation.title
      isFound = !check(Array(mutation.tree.yaml.utf8), path: "mutant.yml").isEmpty
    }
  }

  private func report(_ results: [Result]) -> String {
    var lines = ["Single mistakes in correct files, and how many of them are found.", ""]
    for operation in Mutation.Operation.allCases {
      let own = results.filter { $0.operation == operation }
      lines.append("\(operation.rawValue): \(own.filter(\.isFound).count) of \(own.count)")
    }
    lines += ["all: \(results.filter(\.isFound).count) of \(results.count)", "", "Not found:"]
    lines += results.filter { !$0.isFound }.map { "\($0.file): \($0.title)" }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// The messages of what is found.
private func check(_ bytes: [UInt8], path: String) -> [String] {
  var environment = Environment.fixtures
  environment.set("ANTHROPIC_API_KEY", "fixture", origin: "process environment")
  var sources = SourceSet()
  sources.add(path: path, bytes: bytes)
  return compile(sources.files, in: sources, environment: environment, catalog: .builtIn)
    .diagnostics.sorted().map(\.message)
}
