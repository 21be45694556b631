import ComposeTestSupport
import Testing

/// What goes into a run, and where its result goes.
@Suite struct RunOptionTests {
  static let inputs: [(arguments: [String], standardInput: String?, prompt: String)] = [
    (["--input", #"{"prompt": "a b"}"#], nil, "a b"),
    (["-i", #"{"prompt": "short"}"#], nil, "short"),
    ([#"--input={"prompt": "equals"}"#], nil, "equals"),
    (["--input", "@question.json"], nil, "from a file ü"),
    (["--input", "-"], #"{"prompt": "from a pipe"}"#, "from a pipe"),
    (["--set", "prompt=a=b"], nil, "a=b"),
    (["--set", "prompt="], nil, ""),
    (["--set", "prompt=one", "--set", "prompt=two"], nil, "two"),
    (["--set", "prompt=wins", "--input", #"{"prompt": "loses"}"#], nil, "wins"),
    (["--input", #"{"prompt": 7}"#], nil, "7"),
  ]

  @Test(arguments: inputs.indices) func takesInput(_ index: Int) async throws {
    let row = Self.inputs[index]
    try await withStubProvider(Scenario()) { stub in
      try await withTemporaryFolder { folder in
        try folder.write(#"{"prompt": "from a file \u00fc"}"#, to: "question.json")
        let outcome = try await run(
          program(
            ["run", "-f", ChatExample.file] + row.arguments, environment: ChatExample.environment(stub),
            in: folder.path, input: row.standardInput.map { .text($0) } ?? .none))
        #expect(outcome.status == 0 && outcome.standardOutput == "Hello, world!\n", "\(outcome)")
        #expect(outcome.standardError == "")
        #expect(try prompt(of: try #require(stub.requests.first)) == row.prompt)
      }
    }
  }

  @Test func convertsInputs() async throws {
    try await withStubProvider(Scenario()) { stub in
      let arguments = ["--set", "prompt=x", "--set", "temperature=0.25"]
      #expect(try await run(chatRun(stub, arguments)).status == 0)
      #expect(try await run(chatRun(stub)).status == 0)
      #expect(try stub.requests.map { try $0.json["temperature"] } == [.number("0.25"), .number("0.7")])
      let request = try #require(stub.requests.first)
      #expect(request.method == "POST" && request.path == "/v1/chat/completions")
      #expect(request.header("authorization") == "Bearer \(ChatExample.key)")
      #expect(try request.json["stream"] == .boolean(true))
    }
  }

  /// The file can be named before and behind the command, in each spelling.
  @Test(arguments: [
    ["-f", ChatExample.file, "run", "--set", "prompt=x"], ["run", "--set", "prompt=x", "-f", ChatExample.file],
    ["--file", ChatExample.file, "run", "--set", "prompt=x"],
    ["--file=\(ChatExample.file)", "run", "--set", "prompt=x"],
    ["run", "--file=\(ChatExample.file)", "--set", "prompt=x"],
    ["-e", "A=b", "-f", ChatExample.file, "run", "__workflow__", "--set", "prompt=x"],
  ])
  func takesTheFile(_ arguments: [String]) async throws {
    try await withStubProvider(Scenario()) { stub in
      let outcome = try await run(program(arguments, environment: ChatExample.environment(stub)))
      #expect(outcome.status == 0 && outcome.standardOutput == "Hello, world!\n", "\(outcome)")
    }
  }

  @Test func laysFilesOverEachOther() async throws {
    try await withStubProvider(Scenario()) { stub in
      try await withTemporaryFolder { folder in
        let other = try folder.write("component: {action: {body: {model: other-model}}}\n", to: "other.yml")
        let outcome = try await run(chatRun(stub, ["-f", other, "--set", "prompt=x"]))
        #expect(outcome.status == 0, "\(outcome)")
        let request = try #require(stub.requests.first)
        #expect(try request.json["model"] == .string("other-model"))
        #expect(try prompt(of: request) == "x")
      }
    }
  }

  @Test func readsTheFileOfTheFolder() async throws {
    try await withStubProvider(Scenario()) { stub in
      for name in ["model-compose.yml", "model-compose.yaml"] {
        try await withTemporaryFolder { folder in
          try Files.write(Files.read(ChatExample.file), to: folder.path + "/" + name)
          let outcome = try await run(
            program(["run", "--set", "prompt=x"], environment: ChatExample.environment(stub), in: folder.path))
          #expect(outcome.standardOutput == "Hello, world!\n", "\(outcome)")
        }
      }
    }
  }

  @Test func writesTheResultToAFile() async throws {
    try await withStubProvider(Scenario(["one\n", "two"])) { stub in
      try await withTemporaryFolder { folder in
        let file = try folder.write("something longer that was there before", to: "answer.txt")
        for option in ["-o", "--output"] {
          let outcome = try await run(chatRun(stub, ["--set", "prompt=x", option, file]))
          #expect(outcome.status == 0 && outcome.standardOutput == "" && outcome.standardError == "", "\(outcome)")
          #expect(try folder.read("answer.txt") == "one\ntwo")
        }
      }
    }
  }

  @Test func keepsAnOldResultWhenTheInputIsWrong() async throws {
    try await withStubProvider(Scenario()) { stub in
      try await withTemporaryFolder { folder in
        let file = try folder.write("old", to: "answer.txt")
        #expect(try await run(chatRun(stub, ["-o", file])).status == 2)
        #expect(try folder.read("answer.txt") == "old")
      }
    }
  }

  @Test(arguments: [["a", "b\n"], ["a", "b"], ["a\n", "\nb", "\n\n"]])
  func endsATextWithOneNewline(_ deltas: [String]) async throws {
    try await withStubProvider(Scenario(deltas)) { stub in
      let text = deltas.joined()
      let outcome = try await run(chatRun(stub))
      #expect(outcome.standardOutput == (text.hasSuffix("\n") ? text : text + "\n"))
    }
  }

  @Test func passesCharactersCutByTheNetwork() async throws {
    try await withStubProvider(Scenario(["한", "국어 ", "👩‍👩‍👧", "\"\\\u{1}"], framing: .singleBytes)) { stub in
      let outcome = try await run(chatRun(stub))
      #expect(outcome.standardOutput == "한국어 👩‍👩‍👧\"\\\u{1}\n")
    }
  }

  @Test func summarisesOnATerminalOnly() async throws {
    try await withStubProvider(Scenario()) { stub in
      let outcome = try await run(chatRun(stub, terminal: .standardError))
      #expect(outcome.status == 0 && outcome.standardOutput == "Hello, world!\n")
      #expect(outcome.standardError.contains(/4 chunks in [0-9.]+ s, the first after [0-9.]+ s/))
      #expect(try await run(chatRun(stub)).standardError == "")
    }
  }
}
