import ComposeTestSupport
import Testing

/// The three ways to run the example give the same text: the API by curl, the Web UI, and the command line.
@Suite(.enabled(if: Browser.isAvailable)) struct ThreeWaysTests {
  private static let question = "Explain machine learning in simple terms"

  @Test func againstAProvider() async throws {
    let pieces = ["Machine learning", " is:\n\n", "- *finding* <patterns>\n", "", "- 데이터 \"에서\" 🤖 ", " &c. "]
    try await withStubProvider(Scenario(pieces)) { stub in
      let texts = try await texts([], environment: ChatExample.environment(stub))
      #expect(texts == Array(repeating: pieces.joined(), count: 3))
      #expect(stub.requests.count == 3)
      let bodies = try stub.requests.map { try $0.json }
      #expect(Set(bodies).count == 1)
      #expect(try stub.requests.map { try prompt(of: $0) } == Array(repeating: Self.question, count: 3))
    }
  }

  @Test func inTheSandbox() async throws {
    let texts = try await texts(["--sandbox", "--sandbox-rate", "0"], environment: [:])
    #expect(texts == Array(repeating: sandboxAnswer(to: Self.question), count: 3))
  }

  /// What curl, the page and the command line show, without the newline at the end of the last.
  private func texts(_ options: [String], environment: [String: String]) async throws -> [String] {
    let input = #"{"prompt": "\#(Self.question)", "temperature": 0.7}"#
    let line = try await run(
      program(["run", "-f", ChatExample.file, "--input", input] + options, environment: environment))
    #expect(line.status == 0 && line.standardOutput.hasSuffix("\n"), "\(line)")
    return try await withService(options, environment: environment) { service in
      let curl = try await run(
        ProgramLaunch(
          "/usr/bin/curl",
          [
            "-sS", "-X", "POST", "http://localhost:\(service.port)/api/workflows/runs", "-H",
            "Content-Type: application/json", "-d", #"{"input": \#(input)}"#,
          ]))
      #expect(curl.status == 0, "\(curl)")
      let page = try await withPage(service) { browser in
        // The page would draw the text as Markdown.
        try await browser.run("localStorage.setItem('model-compose.text-mode', '\"source\"')")
        try await browser.type(Self.question, into: "#field-prompt")
        try await browser.click("#run-button")
        try await waitForState("done", browser)
        return try await shownOutput(browser)
      }
      return [EventStream(curl.standardOutput).text, page, String(line.standardOutput.dropLast())]
    }
  }
}
