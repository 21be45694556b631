import ComposeBasic
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

@testable import ComposeServer

/// The description of the API that a service gives of itself.
@Suite struct OpenAPITests {
  private static let everyInput = "Fixtures/openapi/every-input.yml"

  private func plan(_ path: String) throws -> Plan {
    var sources = SourceSet()
    sources.add(path: "model-compose.yml", bytes: try Files.read(Files.absolute(path)))
    var environment = Environment()
    for line in (try? Files.read(Files.absolute(Files.folder(of: path) + "/.env.sample"))).map({
      String(decoding: $0, as: UTF8.self).split(separator: "\n")
    }) ?? [] where line.contains("=") && !line.hasPrefix("#") {
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      environment.set(String(parts[0]), String(parts[1]), origin: ".env.sample")
    }
    let compilation = compile(sources.files, in: sources, environment: environment, catalog: .builtIn)
    return try #require(compilation.plan, "\(path): \(compilation.diagnostics.all.map(\.message))")
  }

  private func document(_ path: String, _ service: OpenAPIDocument.Service = .init(basePath: "/api")) throws -> String {
    OpenAPIDocument(plan: try plan(path), serving: service).text
  }

  // MARK: Goldens

  @Test func everyKindOfInput() throws {
    expectGolden(try document(Self.everyInput), at: "Fixtures/openapi/every-input.json")
  }

  @Test func aWorkflowThatStreams() throws {
    let text = try document(
      "examples/openai-chat-completions-stream/model-compose.yml",
      .init(basePath: "", needsKey: true, webSocketPath: nil))
    expectGolden(text, at: "Fixtures/openapi/openai-chat-completions-stream.json")
  }

  // MARK: Validity

  /// Every document keeps the rules of OpenAPI, and its schemas take and refuse what the service takes and refuses.
  @Test func documentsAreValidAndTrue() async throws {
    try await withTemporaryFolder { folder in
      let examples = (Files.names(in: Files.absolute("examples")) ?? []).filter {
        Files.exists(Files.absolute("examples/\($0)/model-compose.yml"))
      }
      #expect(examples.count > 15)
      for name in examples {
        try folder.write(try document("examples/\(name)/model-compose.yml"), to: name + ".json")
      }
      try folder.write(try document(Self.everyInput, .init(basePath: "/api", needsKey: true)), to: "every-input.json")
      try folder.write(try vectors().joined(separator: "\n") + "\n", to: "every-input.jsonl")
      try folder.write(
        OpenAPIDocument(plan: smallPlan(workflow(isPrivate: true)), serving: .init(basePath: "")).text,
        to: "nothing.json")
      let python = Files.repository + "/.build/test-peers/bin/python3"
      try #require(Files.exists(python), "scripts/install-test-peers makes it")
      let outcome = try await run(
        ProgramLaunch(python, [Files.absolute("Fixtures/openapi/check.py"), folder.path]))
      #expect(outcome.standardOutput == "\(examples.count + 2) documents\n", "\(outcome.standardError)")
    }
  }

  /// Values with what the service itself says of them.
  private func vectors() throws -> [String] {
    let plan = try plan(Self.everyInput)
    let every = try #require(plan.workflow(named: "every"))
    var lines: [String] = []
    for input in InputVectors.every {
      let isTaken = (try? checkedInput(try parseJSON(input), for: every)) != nil
      lines.append(#"{"schema":"/components/schemas/Input.every","value":\#(input),"isTaken":\#(isTaken)}"#)
    }
    #expect(lines.count(where: { $0.hasSuffix("true}") }) > 30 && lines.count(where: { $0.hasSuffix("false}") }) > 25)
    for (body, isTaken) in InputVectors.requests {
      let schema = "/paths/~1workflows~1runs/post/requestBody/content/application~1json/schema"
      lines.append(#"{"schema":"\#(schema)","value":\#(body),"isTaken":\#(isTaken)}"#)
    }
    return lines
  }

  // MARK: Parts

  @Test func onlyWhatTheCallerMayRunIsShown() throws {
    let plan = smallPlan(workflow("a"), workflow("b", isDefault: true), workflow("c", isPrivate: true))
    let all = try TestJSON(OpenAPIDocument(plan: plan, serving: .init(basePath: "/x")).json)
    #expect(schemaNames(all, "Run.") == ["Run.a", "Run.b"])
    #expect(all["servers"]?[0]?["url"]?.string == "/x")
    #expect(all["security"] == nil && all["components"]?["securitySchemes"] == nil)
    #expect(all["paths"]?["/tasks"]?["get"]?["responses"]?["401"] == nil)
    let service = OpenAPIDocument.Service(basePath: "", needsKey: true, webSocketPath: nil)
    let some = try TestJSON(OpenAPIDocument(plan: plan, serving: service) { $0 == "a" }.json)
    #expect(schemaNames(some, "Run.") == ["Run.a"])
    #expect(some["servers"]?[0]?["url"]?.string == "/")
    #expect(some["paths"]?["/tasks"]?["get"]?["responses"]?["401"] != nil)
    #expect(some["paths"]?["/health"]?["get"]?["security"]?.array == [])
    #expect(some["paths"]?["/ws"] == nil)
  }

  @Test func componentsHaveNamesOfTheirOwn() throws {
    let plan = smallPlan(workflow("a b"), workflow("a/b"), workflow("a_b"), workflow("번역"))
    let document = try TestJSON(OpenAPIDocument(plan: plan, serving: .init(basePath: "")).json)
    #expect(schemaNames(document, "Run.") == ["Run.__", "Run.a_b", "Run.a_b-2", "Run.a_b-3"])
  }

  private func schemaNames(_ document: TestJSON, _ prefix: String) -> [String] {
    guard case .object(let schemas)? = document["components"]?["schemas"] else { return [] }
    return schemas.keys.filter { $0.hasPrefix(prefix) }.sorted()
  }

  /// Whatever the routes of the service are, the document has them.
  @Test(arguments: [
    ("/health", "get"), ("/ready", "get"), ("/metrics", "get"), ("/openapi.json", "get"), ("/workflows", "get"),
    ("/workflows/{id}/schema", "get"), ("/workflows/{id}/graph", "get"), ("/workflows/runs", "post"), ("/tasks", "get"),
    ("/tasks/{id}", "get"), ("/tasks/{id}", "delete"), ("/tasks/{id}/stream", "get"), ("/tasks/{id}/events", "get"),
    ("/tasks/{id}/cancel", "post"), ("/tasks/{id}/resume", "post"), ("/ws", "get"),
  ])
  func everyPathIsThere(_ path: String, _ method: String) throws {
    let document = try TestJSON(OpenAPIDocument(plan: smallPlan(workflow()), serving: .init(basePath: "")).json)
    #expect(document["paths"]?[path]?[method]?["operationId"]?.string != nil)
  }
}
