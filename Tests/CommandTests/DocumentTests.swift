import ComposeTestSupport
import Glibc
import Testing

/// What the documents show is what happens.
@Suite struct DocumentTests {
  @Test(arguments: MarkdownDocument.examples.filter { $0.contains("openai-chat-completions-stream") })
  func commandsOfTheExampleWork(_ path: String) async throws {
    let document = try MarkdownDocument(path)
    try await withStubProvider(Scenario(["Machine ", "learning\n", "is"])) { stub in
      let script = try await DocumentScript(document, provider: stub)
      let fences = document.fences("bash")
      func output(_ fragment: String) throws -> String {
        let fence = try #require(fences.first { $0.text.contains(fragment) }, "no command '\(fragment)'")
        return try #require(script.outputs[fence.line])
      }
      #expect(try EventStream(output("curl ")).text == "Machine learning\nis")
      #expect(try output("run --input") == "Machine learning\nis\n")
      #expect(try output("--sandbox").contains("This answer comes from the sandbox."))
      #expect(try output("model-compose check").hasSuffix("no problems\n"))
      #expect(try output("model-compose plan").contains("\"Bearer ••••\""))
      #expect(try output("model-compose up").contains("Web UI  http://127.0.0.1:"))
      // By curl and by the command line; all else must call nobody.
      #expect(stub.requests.count == 2)
      for request in stub.requests {
        #expect(request.header("authorization") == "Bearer your-actual-openai-api-key")
        #expect(try prompt(of: request) == "Explain machine learning in simple terms")
        #expect(try request.json["temperature"] == .number("0.7"))
      }
    }
  }

  @Test func commandsOfTheReadmeWork() async throws {
    let document = try MarkdownDocument("README.md")
    try await withStubProvider(Scenario(fault: .serverError)) { stub in
      let script = try await DocumentScript(document, provider: stub) { $0.hasPrefix("./scripts/") }
      for (fence, next) in zip(document.fences, document.fences.dropFirst())
      where fence.language == "bash" && next.language == "text" {
        #expect(script.outputs[fence.line] == next.text, "README.md:\(next.line)")
      }
      let outputs = script.outputs.values
      #expect(outputs.contains { $0.hasSuffix(sandboxAnswer(to: "Explain machine learning in simple terms") + "\n") })
      #expect(outputs.contains { $0.hasPrefix("workflow __workflow__ — Chat with OpenAI GPT-4o") })
      #expect(outputs.contains { $0.contains("API     http://127.0.0.1:") })
      #expect(stub.requests.isEmpty)
    }
  }

  @Test func scriptsOfTheReadmeAreThere() throws {
    let commands = try MarkdownDocument("README.md").fences("bash").flatMap { $0.text.split(separator: "\n") }
    let scripts = commands.filter { $0.hasPrefix("./scripts/") }
    #expect(!scripts.isEmpty)
    for script in scripts {
      #expect(access(Files.repository + script.dropFirst(1).prefix { $0 != " " }, X_OK) == 0, "\(script)")
    }
  }

  @Test(arguments: MarkdownDocument.all) func jsonIsJSON(_ path: String) throws {
    for fence in try MarkdownDocument(path).fences("json") {
      // An ellipsis stands for a value where there is one too many to show.
      #expect(throws: Never.self, "\(path):\(fence.line)") {
        try TestJSON(fence.text.replacing(": …", with: ": 0").replacing(":…", with: ":0"))
      }
    }
  }

  /// A whole file, or fields of the action that take the place of the example's.
  @Test(arguments: ["README.md"] + MarkdownDocument.examples) func yamlIsRight(_ path: String) async throws {
    for fence in try MarkdownDocument(path).fences("yaml") {
      let example = Files.repository + "/" + Files.folder(of: path) + "/model-compose.yml"
      let isWhole = fence.text.contains(/(?m)^(workflow|component)s?:/)
      let text = isWhole ? fence.text : try replacingActionFields(of: example, with: fence.text)
      try await withTemporaryFolder { folder in
        try folder.write(text, to: "model-compose.yml")
        let check = try await run(
          program(
            ["check", "--format", "concise", "--fail-on", "note", "-e", "OPENAI_API_KEY=unused"], in: folder.path))
        #expect(check.status == 0 && check.standardOutput == "", "\(path):\(fence.line): \(check)")
        guard !isWhole else { return }
        try await withStubProvider(Scenario()) { stub in
          let outcome = try await run(
            program(["run", "--set", "prompt=Hi"], environment: ChatExample.environment(stub), in: folder.path))
          #expect(outcome.standardOutput == "Hello, world!\n", "\(outcome)")
          let request = try #require(stub.requests.first).json
          #expect(request["messages"]?[0]?["role"] == .string("system") && request["max_tokens"] == .number("1000"))
          #expect(
            request["messages"]?[0]?["content"]
              == .string("You are a helpful assistant specialized in technical explanations."))
          #expect(request["messages"]?[1]?["content"] == .string("Hi"))
        }
      }
    }
  }

  @Test(arguments: MarkdownDocument.examples) func inputsAreTheOnesOfTheFile(_ path: String) async throws {
    let tables = try MarkdownDocument(path).tables
    let headings: Set = ["Input Parameters", "입력 매개변수"]
    let table = try #require(tables.first { headings.contains($0.heading) }, "\(path) has no table of the inputs")
    let folder = Files.repository + "/" + Files.folder(of: path)
    let outcome = try await run(program(["plan", "--format", "json"] + ExampleTests.arguments(folder), in: folder))
    let inputs = try #require(TestJSON(outcome.standardOutput)["workflows"]?[0]?["inputs"]?.array)
    let actual = inputs.map { input in
      let isRequired = input["required"] == .boolean(true)
      let value: String? = if case .number(let text) = input["default"] { text } else { input["default"]?.string }
      return ["`\(input["name"]?.string ?? "")`", input["type"]?.string ?? "", isRequired ? "yes" : "no", value ?? "-"]
    }
    let words = ["Yes": "yes", "No": "no", "예": "yes", "아니오": "no"]
    #expect(table.rows.dropFirst().map { [$0[0], $0[1], words[$0[2]] ?? $0[2], $0[3]] } == actual)
  }

  /// The example's file with the fragment's fields in place of those of its action.
  private func replacingActionFields(of file: String, with fragment: String) throws -> String {
    let names = fragment.matches(of: /(?m)^([a-z_]+):/).map { String($0.1) }
    let lines = String(decoding: try Files.read(file), as: UTF8.self).split(separator: "\n")
    let start = try #require(lines.firstIndex(of: "  action:"))
    var kept = Array(lines[...start])
    var isReplaced = false
    for line in lines[(start + 1)...] {
      if let field = line.wholeMatch(of: /[ ]{4}([a-z_]+):.*/) { isReplaced = names.contains(String(field.1)) }
      if !isReplaced { kept.append(line) }
    }
    kept += fragment.split(separator: "\n").map { "    " + $0 }
    return kept.joined(separator: "\n") + "\n"
  }
}
