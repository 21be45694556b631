import ComposeTestSupport
import Testing

/// Every folder below `examples/`: nothing to complain about, and it runs.
@Suite struct ExampleTests {
  static var folders: [String] {
    let root = Files.repository + "/examples"
    let found = (Files.names(in: root) ?? []).map { root + "/" + $0 }.filter { Files.isFolder($0) }
    return found.isEmpty ? [root + "/no-example-found"] : found
  }

  private let arguments = ["-f", "model-compose.yml", "--env-file", ".env.sample"]

  @Test(arguments: folders) func hasNoFindings(_ folder: String) async throws {
    let outcome = try await run(
      program(["check", "--format", "concise", "--fail-on", "note"] + arguments, in: folder))
    #expect(outcome.status == 0 && outcome.standardOutput == "" && outcome.standardError == "", "\(outcome)")
  }

  @Test(arguments: folders) func hasAPlan(_ folder: String) async throws {
    let text = try await run(program(["plan"] + arguments, in: folder))
    #expect(text.status == 0 && text.standardOutput.hasPrefix("workflow ") && text.standardError == "", "\(text)")
    let json = try await run(program(["plan", "--format", "json"] + arguments, in: folder))
    let plan = try TestJSON(json.standardOutput)
    #expect(json.status == 0 && plan["format_version"]?.string != nil)
    #expect(plan["workflows"]?.array?.isEmpty == false)
  }

  @Test(arguments: folders) func runsInTheSandbox(_ folder: String) async throws {
    let plan = try await run(program(["plan", "--format", "json"] + arguments, in: folder))
    let inputs = try TestJSON(plan.standardOutput)["workflows"]?[0]?["inputs"]?.array ?? []
    var settings: [String] = []
    for input in inputs where input["required"] == .boolean(true) {
      settings += ["--set", "\(try #require(input["name"]?.string))=1"]
    }
    let outcome = try await run(
      program(["run", "--sandbox", "--sandbox-rate", "0", "--auto-resume"] + settings + arguments, in: folder))
    #expect(outcome.status == 0 && !outcome.standardOutput.isEmpty, "\(outcome)")
  }
}
