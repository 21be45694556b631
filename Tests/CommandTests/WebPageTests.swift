import ComposeTestSupport
import Testing

/// The Web UI in a real browser.
@Suite(.enabled(if: Browser.isAvailable), .serialized) struct WebPageTests {
  @Test func showsTheTextAsItGrows() async throws {
    try await withChatService(Scenario(["one ", "two ", "three"], pacing: .gated)) { service, stub in
      try await withPage(service) { browser in
        #expect(try await browser.text(of: "#run-button") == "Run Workflow")
        #expect(try await browser.attribute("hidden", of: "#sandbox-banner") != nil)
        try await browser.type("What is \"it\"? ü", into: "#field-prompt")
        try await browser.clear("#field-temperature")
        try await browser.type("0.2", into: "#field-temperature")
        try await browser.click("#run-button")
        // The stub holds each piece back until the one before it is to be seen.
        for (count, text) in ["one ", "one two ", "one two three"].enumerated() {
          stub.release()
          try await browser.wait(until: "document.querySelector('.output-body').textContent === '\(text)'")
          #expect(stub.chunkTimes().count == count + 1)
          if count == 1 { try await screenshot(browser, "streaming") }
        }
        try await waitForState("done", browser)
        #expect(try await browser.text(of: "#time-to-first-token").contains(/[0-9]/))
        #expect(try await browser.run("return document.querySelector('#error').hidden") == .boolean(true))
        let request = try #require(stub.requests.first)
        #expect(try prompt(of: request) == "What is \"it\"? ü" && request.json["temperature"] == .number("0.2"))
        try await screenshot(browser, "done")
      }
    }
  }

  @Test func stopEndsTheRequest() async throws {
    try await withChatService(Scenario(["one ", "two "], pacing: .gated)) { service, stub in
      try await withPage(service) { browser in
        try await startRun(browser, stub)
        try await waitForState("streaming", browser)
        try await browser.click("#stop-button")
        try await waitForState("stopped", browser)
        let aborts = try await stub.waitForAborts()
        #expect(aborts.map(\.chunks) == [1])
        #expect(try await shownOutput(browser) == "one ")
        try await screenshot(browser, "stopped")
      }
    }
  }

  @Test func closingThePageEndsTheRequest() async throws {
    try await withChatService(Scenario(["one ", "two "], pacing: .gated)) { service, stub in
      try await withPage(service) { browser in
        try await startRun(browser, stub)
        try await browser.open("about:blank")
        try await stub.waitForAborts()
      }
    }
  }

  @Test func showsAFailureAndWhatCameBefore() async throws {
    let fault = Scenario.Fault.errorEvent(afterChunks: 2, message: "The model is overloaded")
    try await withChatService(Scenario(fault: fault)) { service, _ in
      try await withPage(service) { browser in
        try await browser.type("Hi", into: "#field-prompt")
        try await browser.click("#run-button")
        try await waitForState("failed", browser)
        #expect(try await shownOutput(browser) == "Hello, ")
        #expect(try await browser.text(of: "#error").contains("The model is overloaded"))
        try await screenshot(browser, "failed")
      }
    }
  }

  @Test func refusesToRunWithoutAPrompt() async throws {
    try await withChatService(Scenario()) { service, stub in
      try await withPage(service) { browser in
        try await browser.click("#run-button")
        try await browser.wait(
          until: "document.querySelector('#field-prompt').matches('[aria-invalid=true], :invalid')")
        #expect(stub.requests.isEmpty)
      }
    }
  }

  @Test func aSliderSendsANumber() async throws {
    let example = String(decoding: try Files.read(ChatExample.file), as: UTF8.self)
    let text = example.replacing(
      "input.temperature as number | 0.7", with: "input.temperature as slider/0,2,0.5 | 0.5")
    #expect(text != example)
    let stub = try StubProvider([Scenario()])
    defer { stub.stop() }
    try await withTemporaryFolder { folder in
      let file = try folder.write(text, to: "model-compose.yml")
      try await withService(["-f", file], environment: ChatExample.environment(stub)) { service in
        try await withPage(service) { browser in
          try await browser.type("Hi", into: "#field-prompt")
          #expect(try await browser.text(of: ".range-line output") == "0.5")
          _ = try await browser.run(
            """
            const slider = document.querySelector('#field-temperature');
            slider.value = '1.5';
            slider.dispatchEvent(new Event('input', { bubbles: true }));
            """)
          #expect(try await browser.text(of: ".range-line output") == "1.5")
          try await browser.click("#run-button")
          try await waitForState("done", browser)
          #expect(try stub.requests.first?.json["temperature"] == .number("1.5"))
          try await screenshot(browser, "slider")
        }
      }
    }
  }

  @Test func saysThatItIsASandbox() async throws {
    try await withService(["--sandbox", "--sandbox-rate", "0"]) { service in
      try await withPage(service) { browser in
        try await browser.wait(until: "!document.querySelector('#sandbox-banner').hidden")
        try await browser.type("Hi", into: "#field-prompt")
        try await browser.click("#run-button")
        try await waitForState("done", browser)
        #expect(try await shownOutput(browser) == sandboxAnswer(to: "Hi"))
        try await screenshot(browser, "sandbox")
      }
    }
  }
}

/// A run whose first piece is to be seen, and whose second one the stub holds back.
private func startRun(_ browser: Browser, _ stub: StubProvider) async throws {
  try await browser.type("Hi", into: "#field-prompt")
  try await browser.click("#run-button")
  stub.release()
  try await browser.wait(until: "document.querySelector('.output-body').textContent === 'one '")
}
