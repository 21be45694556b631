import ComposeTestSupport
import Testing

/// Every folder below `examples/`: nothing to complain about, and a plan.
@Suite struct ExampleTests {
  static var folders: [String] {
    let root = Files.repository + "/examples"
    let found = (Files.names(in: root) ?? []).map { root + "/" + $0 }.filter { Files.isFolder($0) }
    return found.isEmpty ? [root + "/no-example-found"] : found
  }

  /// What stands for the keys is in the sample that people copy.
  static func arguments(_ folder: String) -> [String] {
    let hasSample = Files.names(in: folder)?.contains(".env.sample") == true
    return ["-f", "model-compose.yml"] + (hasSample ? ["--env-file", ".env.sample"] : [])
  }

  @Test(arguments: folders) func hasNoFindings(_ folder: String) async throws {
    let outcome = try await run(
      program(["check", "--format", "concise", "--fail-on", "note"] + Self.arguments(folder), in: folder))
    #expect(outcome.status == 0 && outcome.standardOutput == "" && outcome.standardError == "", "\(outcome)")
  }

  @Test(arguments: folders) func hasAPlan(_ folder: String) async throws {
    let text = try await run(program(["plan"] + Self.arguments(folder), in: folder))
    #expect(text.status == 0 && text.standardOutput.hasPrefix("workflow ") && text.standardError == "", "\(text)")
    let json = try await run(program(["plan", "--format", "json"] + Self.arguments(folder), in: folder))
    let plan = try TestJSON(json.standardOutput)
    #expect(json.status == 0 && plan["format_version"]?.string != nil)
    #expect(plan["workflows"]?.array?.isEmpty == false)
  }

  /// What is called, how often, and what else is touched.
  @Test(arguments: folders) func planIsAsRecorded(_ folder: String) async throws {
    let outcome = try await run(
      program(["plan", "--summary", "--no-locations"] + Self.arguments(folder), in: folder))
    expectGolden(outcome.standardOutput, at: "Fixtures/examples/\(Files.name(of: folder)).plan")
  }

  /// What a caller may give is typed and told of.
  @Test(arguments: folders) func namesItsInputs(_ folder: String) async throws {
    let outcome = try await run(program(["plan", "--format", "json"] + Self.arguments(folder), in: folder))
    for workflow in try TestJSON(outcome.standardOutput)["workflows"]?.array ?? [] {
      let id = workflow["id"]?.string ?? ""
      #expect(workflow["title"]?.string != nil || workflow["private"] == .boolean(true), "\(id) has no title")
      for input in workflow["inputs"]?.array ?? [] {
        #expect(input["type"]?.string.map { $0 != "any" } == true, "\(id): \(input) has no type")
      }
    }
  }
}
