import ComposeTestSupport
import Testing

/// The READMEs of the examples: one shape, and what they show is what happens.
@Suite struct ExampleDocumentTests {
  /// Explained at length, and tested with the documents.
  private static let tutorial = "examples/openai-chat-completions-stream/"

  static var documents: [String] { MarkdownDocument.examples.filter { !$0.hasPrefix(tutorial) } }

  @Test(arguments: documents) func hasTheOneShape(_ path: String) throws {
    let text = String(decoding: try Files.read(Files.repository + "/" + path), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0].hasPrefix("# ") && lines[1] == "" && lines[3] == "")
    // Two sentences tell what it does.
    #expect(lines[2].matches(of: /\. |\.$/).count == 2, "\(lines[2])")
    let headings = ["What it needs", "Input Parameters", "Run it", "What you see", "How it works"]
    #expect(lines.filter { $0.hasPrefix("#") }.dropFirst().elementsEqual(headings.map { "## " + $0 }))
    let document = try MarkdownDocument(path)
    let folder = try #require(path.split(separator: "/").dropFirst().first)
    #expect(document.fences("bash").first?.text.hasPrefix("cd examples/\(folder)\n") == true)
    #expect(document.fences("text").count == 1)
  }

  /// All commands work, in the sandbox and with a provider; the output that is shown is that of the first run.
  @Test(arguments: documents) func commandsWork(_ path: String) async throws {
    let document = try MarkdownDocument(path)
    let port = try freePort()
    let stub = try StubProvider(choosing: ExampleProvider.scenario)
    defer { stub.stop() }
    let environment = [
      "ANTHROPIC_BASE_URL": stub.baseURL, "WEATHER_BASE_URL": stub.baseURL, "COUNTER_PORT": "\(port)",
    ]
    let script = try await DocumentScript(document, provider: stub, environment: environment)
    let fences = document.fences("bash")
    let first = try #require(fences.first { $0.text.contains("model-compose run") }, "nothing is run")
    #expect(script.outputs[first.line] == document.fences("text").first?.text)
    for request in stub.requests {
      let key = request.header("authorization") ?? request.header("x-api-key") ?? "none"
      #expect(request.path.contains("/forecast") || key.contains("your-actual-"), "\(key)")
    }
    // A fence without the sandbox, and with a key, calls the provider.
    let callsProvider = fences.contains { $0.text.contains("cp .env.sample") }
    #expect(stub.requests.isEmpty == !(callsProvider || path.contains("/http-client/")))
  }

  @Test func everyExampleIsInTheIndex() throws {
    let index = String(decoding: try Files.read(Files.repository + "/examples/README.md"), as: UTF8.self)
    let links = index.matches(of: /(?m)^- \[[^\]]+\]\(([a-z-]+)\/README\.md\): \S/).map { String($0.1) }
    let folders = ExampleTests.folders.map { String(Files.name(of: $0)) }
    #expect(links.sorted() == folders.sorted())
  }

  /// Every component type that runs has an example.
  @Test func everyTypeThatRunsHasAnExample() throws {
    var types: Set<String> = []
    for folder in ExampleTests.folders {
      let text = String(decoding: try Files.read(folder + "/model-compose.yml"), as: UTF8.self)
      types.formUnion(text.matches(of: /(?m)^ +(?:- )?type: ([a-z-]+)$/).map { String($0.1) })
    }
    let expected: Set = [
      "agent", "file-store", "http-client", "http-server", "key-value-store", "shell", "text-parser", "text-splitter",
      "vector-processor", "workflow",
    ]
    #expect(expected.subtracting(types).sorted() == [])
  }

  /// A port that was free a moment ago.
  private func freePort() throws -> Int {
    let stub = try StubProvider([Scenario()])
    defer { stub.stop() }
    return stub.port
  }
}
