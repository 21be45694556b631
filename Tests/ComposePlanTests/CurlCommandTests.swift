import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

/// The curl commands of a plan, in a real shell.
@Suite struct CurlCommandTests {
  @Test(arguments: Fixture.all(in: "plan/analysis"))
  func shellCanReadThem(_ fixture: Fixture) async throws {
    let plan = try analysisPlan(fixture)
    let script = ComposePlan.print(plan, workflows: plan.workflows, as: .curl)
    let outcome = try await run(ProgramLaunch("/bin/sh", ["-n"], input: .text(script)))
    #expect(outcome.standardError == "")
    #expect(outcome.status == 0)
  }

  /// Otherwise the test above could not fail.
  @Test func shellRefuses() async throws {
    let outcome = try await run(ProgramLaunch("/bin/sh", ["-n"], input: .text("curl 'open\n")))
    #expect(outcome.status != 0)
  }

  /// Every character that means something to a shell, to JSON or to a URL arrives as it is.
  @Test func knownRequestArrives() async throws {
    let request = try await sent("known", base: "http://127.0.0.1:8090")
    #expect(request.method == "POST")
    #expect(request.path == "/base/items/new%20one?q=a%26b%20c&n=5")
    #expect(request.header("X-Team") == "it's $5 `now`")
    #expect(request.header("X-Empty") == "")
    #expect(request.header("Accept-Language") == "en")
    #expect(request.header("Content-Type") == "application/json")
    #expect(request.header("User-Agent") == "model-compose")
    let expected = try TestJSON(
      #"""
      {"text": "line one\nline \"two\" \\ $HOME `id` 'x'", "numbers": [1, 2.5, true, null, -0.5],
       "nested": {"key with \"quotes\"": {}, "empty": []}, "euro": "€ 漢字"}
      """#)
    #expect(try request.json == expected)
  }

  @Test func variablesArrive() async throws {
    let prompt = "He said \"no\" \\ to $HOME\n\tand `id`, 'twice'"
    let request = try await sent(
      "chat", base: "https://api.openai.com",
      environment: ["OPENAI_API_KEY": "sk-from shell", "PROMPT": prompt, "TEMPERATURE": "1.5"])
    #expect(request.path == "/v1/chat/completions")
    #expect(request.header("Authorization") == "Bearer sk-from shell")
    let body = try request.json
    #expect(body["messages"]?.array?[1]["content"]?.string == prompt)
    #expect(
      body["messages"]?.array?[0]["content"]?.string
        == "Answer in the user's language, and don't mention $HOME or `backticks`.")
    #expect(body["temperature"] == .number("1.5"))
  }

  @Test func defaultsArrive() async throws {
    let request = try await sent(
      "chat", base: "https://api.openai.com", environment: ["OPENAI_API_KEY": "k", "PROMPT": "x"])
    #expect(try request.json["temperature"] == .number("0.7"))
  }

  @Test func missingVariablesEndTheScript() async throws {
    let plan = try analysisPlan(Fixture(path: Files.absolute("Fixtures/plan/analysis/chat.yml"), extension: "yml"))
    let script = ComposePlan.print(plan, workflows: plan.workflows, as: .curl)
    let outcome = try await run(ProgramLaunch("/bin/sh", input: .text(script)))
    #expect(outcome.status != 0)
    #expect(outcome.standardError.contains("OPENAI_API_KEY"))
  }

  /// Runs the only command of a fixture against a stub in place of the server.
  private func sent(
    _ name: String, base: String, environment: [String: String] = [:]
  ) async throws -> RecordedRequest {
    let plan = try analysisPlan(Fixture(path: Files.absolute("Fixtures/plan/analysis/\(name).yml"), extension: "yml"))
    let script = ComposePlan.print(plan, workflows: plan.workflows, as: .curl)
    return try await withStubProvider(Scenario(fault: .plainText("ok"))) { stub in
      let text = script.replacing(base, with: stub.url)
      let outcome = try await run(ProgramLaunch("/bin/sh", environment: environment, input: .text(text)))
      #expect(outcome.standardOutput == "ok")
      return try #require(stub.requests.first)
    }
  }
}
