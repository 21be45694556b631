import ComposeTestSupport
import Testing

/// `run` when the provider does not do its part: status 1, the reason, and all text that came before it.
@Suite struct ProviderFailureTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let fault: Scenario.Fault
    /// What standard error must contain.
    let says: [String]
    var output = ""
    var testDescription: String { name }
  }

  static let rows = [
    Row(
      name: "401", fault: .unauthorized,
      says: ["error[provider]: the provider answered 401: Incorrect API key provided: stub.", "model-compose.yml:"]),
    Row(
      name: "429", fault: .rateLimited(retryAfter: "2"),
      says: ["error[provider]: the provider answered 429: Rate limit reached for requests"]),
    Row(
      name: "500", fault: .serverError,
      says: ["error[provider]: the provider answered 500: The server had an error while processing your request."]),
    Row(
      name: "503 without JSON", fault: .answer(status: 503, body: "<html>Service Unavailable</html>"),
      says: ["error[provider]: the provider answered 503"]),
    Row(
      name: "a key in the message", fault: .answer(status: 401, body: "bad key \(ChatExample.key)!"),
      says: ["error[provider]: the provider answered 401"]),
    Row(
      name: "control characters in the message", fault: .answer(status: 400, body: "a\u{1B}[31mred\u{7}"),
      says: ["error[provider]: the provider answered 400"]),
    Row(
      name: "reset", fault: .reset(afterChunks: 2), says: ["error[connection]: "], output: "Hello, \n"),
    Row(
      name: "closed", fault: .closed(afterChunks: 2), says: ["error[connection]: "], output: "Hello, \n"),
    Row(
      name: "malformed event", fault: .malformed(afterChunks: 2),
      says: ["error[protocol]: ", "not valid JSON"], output: "Hello, \n"),
    Row(
      name: "error inside the stream", fault: .errorEvent(afterChunks: 2, message: "The model is overloaded"),
      says: ["error[provider]: ", "The model is overloaded"], output: "Hello, \n"),
    Row(name: "text instead of a stream", fault: .plainText("hello"), says: ["error[protocol]: ", "text/plain"]),
  ]

  @Test(arguments: rows) func namesTheReason(_ row: Row) async throws {
    try await withStubProvider(Scenario(fault: row.fault)) { stub in
      let outcome = try await run(chatRun(stub))
      #expect(outcome.status == 1, "\(outcome)")
      #expect(outcome.standardOutput == row.output)
      for text in row.says { #expect(outcome.standardError.contains(text), "\(outcome.standardError)") }
      #expect(!outcome.standardError.dropLast().contains("\n\n"), "more than one paragraph")
      #expect(!outcome.standardError.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
      expectNoLeak(outcome)
      #expect(stub.requests.count == 1, "a request is never repeated by itself")
    }
  }

  @Test func namesAnAddressThatRefuses() async throws {
    // Nobody listens there any more.
    let port = try await withStubProvider(Scenario()) { $0.port }
    try await expectRefusal(
      "http://127.0.0.1:\(port)/v1", "error[connection]: connection to 127.0.0.1:\(port) was refused")
  }

  @Test func namesAHostThatDoesNotExist() async throws {
    try await expectRefusal("http://no-such-host.invalid/v1", "error[connection]: host 'no-such-host.invalid'")
  }

  @Test func namesAnAddressThatIsNone() async throws {
    try await expectRefusal(
      "nonsense", "error[invalid-url]: 'base_url' must be a full address, but 'nonsense' has no scheme", status: 2)
  }

  private func expectRefusal(_ address: String, _ message: String, status: Int32 = 1) async throws {
    let outcome = try await run(
      program(
        ["run", "-f", ChatExample.file, "--set", "prompt=x"],
        environment: ["OPENAI_API_KEY": ChatExample.key, "OPENAI_BASE_URL": address]))
    #expect(outcome.status == status && outcome.standardOutput == "")
    #expect(outcome.standardError.contains(message), "\(outcome.standardError)")
    expectNoLeak(outcome)
  }
}
