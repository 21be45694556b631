import ComposeTestSupport
import Testing

/// The example that most tests run.
enum ChatExample {
  static let folder = Files.repository + "/examples/openai-chat-completions-stream"
  static let file = folder + "/model-compose.yml"
  /// Must not come out anywhere but in the request.
  static let key = "sk-test-4f9c2b7d81e6"

  static func environment(_ stub: StubProvider) -> [String: String] {
    ["OPENAI_API_KEY": key, "OPENAI_BASE_URL": stub.baseURL]
  }
}

/// The program in a folder that holds nothing for it, unless another one is named.
func program(
  _ arguments: [String], environment: [String: String] = [:], in folder: String = "/",
  input: ProgramLaunch.Input = .none, terminal: ProgramLaunch.Terminal = .none
) throws -> ProgramLaunch {
  ProgramLaunch(
    try modelComposePath(), arguments, environment: environment, workingDirectory: folder, input: input,
    terminal: terminal)
}

/// `run` of the chat example against a stub.
func chatRun(
  _ stub: StubProvider, _ arguments: [String] = ["--set", "prompt=Hi"], input: ProgramLaunch.Input = .none,
  terminal: ProgramLaunch.Terminal = .none
) throws -> ProgramLaunch {
  try program(
    ["run", "-f", ChatExample.file] + arguments, environment: ChatExample.environment(stub), input: input,
    terminal: terminal)
}

/// The prompt in the body of a chat completion request.
func prompt(of request: RecordedRequest) throws -> String? {
  let messages = try request.json["messages"]?.array ?? []
  return messages.last?["content"]?.string
}

/// Fails on what must never be shown, whatever went wrong.
func expectNoLeak(_ outcome: RunningProgram.Outcome, sourceLocation: SourceLocation = #_sourceLocation) {
  #expect(outcome.signal == nil, "\(outcome)", sourceLocation: sourceLocation)
  for text in [outcome.standardOutput, outcome.standardError] {
    expectNoLeak(text, sourceLocation: sourceLocation)
  }
}

/// Fails on what must never be shown, whatever went wrong.
func expectNoLeak(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
  for secret in [ChatExample.key, "Fatal error", "Stack dump", ".swift:", "RuntimeError(", "HTTPError("] {
    #expect(!text.contains(secret), "\(text)", sourceLocation: sourceLocation)
  }
}
