import ComposeTestSupport
import Testing

/// Runs in the background of the page, questions on the way, and what is left of runs.
@Suite(.enabled(if: Browser.isAvailable), .serialized) struct WebHistoryTests {
  @Test func aQuestionIsAnsweredInThePage() async throws {
    try await withPage(at: "approval", Scenario(["A draft"]), Scenario(["Sent."])) { browser, stub, _ in
      try await browser.type("Tea", into: "#field-topic")
      try await browser.click("#run-button")
      try await waitForState("interrupted", browser)
      #expect(try await browser.text(of: "#interrupt").contains("Send it?"))
      #expect(stub.requests.count == 1)
      try await screenshot(browser, "interrupted")
      try await browser.type("A better one\(Browser.Key.control)\(Browser.Key.enter)", into: "#interrupt textarea")
      try await waitForState("done", browser)
      let last = try #require(stub.requests.last)
      #expect(try prompt(of: last) == "Send A better one", "\(String(decoding: last.body, as: UTF8.self))")
      #expect(try await shownOutput(browser).contains("Sent."))
      #expect(try await browser.text(of: "#steps-count") == "2 of 2 done")
    }
  }

  @Test func aQuestionOutlivesThePage() async throws {
    try await withPage(at: "approval", Scenario(["A draft"]), Scenario(["Sent."])) { browser, _, _ in
      try await browser.type("Tea", into: "#field-topic")
      try await browser.click("#run-button")
      try await waitForState("interrupted", browser)
      try await reload(browser)
      try await browser.click("#history-service")
      try await browser.click("#history-list [data-state=interrupted] .entry")
      try await waitForState("interrupted", browser)
      try await browser.click("#stop-button")
      try await waitForState("stopped", browser)
      try await browser.wait(until: "document.querySelector('#history-list .entry-state').textContent === 'Stopped'")
    }
  }

  @Test func aQuestionStaysInTheHistory() async throws {
    try await withPage(at: "approval", Scenario(["A draft"]), Scenario(["Sent."])) { browser, _, _ in
      try await browser.type("Tea", into: "#field-topic")
      try await browser.click("#run-button")
      try await waitForState("interrupted", browser)
      // To open it and to leave again is no answer.
      for _ in 0..<2 {
        try await reload(browser)
        #expect(try await browser.text(of: "#history-list .entry-state") == "Needs an answer")
        try await browser.click("#history-list .entry")
        try await waitForState("interrupted", browser)
      }
      try await browser.type("Mine\(Browser.Key.control)\(Browser.Key.enter)", into: "#interrupt textarea")
      try await waitForState("done", browser)
      try await browser.wait(until: "document.querySelector('#history-list .entry-state').textContent === 'Done'")
      #expect(try await browser.run("return document.querySelectorAll('#history-list li').length") == .number("1"))
    }
  }

  @Test func aForgottenQuestionIsOver() async throws {
    try await withPage(at: "approval") { browser, _, _ in
      try await browser.run(
        """
        const record = { id: "1", taskId: "01ARZ3NDEKTSV4RRFFQ69G5FAV", workflowId: "approval", state: "interrupted" };
        localStorage.setItem("model-compose.history", JSON.stringify([record]));
        """)
      try await reload(browser)
      try await browser.click("#history-list .entry")
      try await waitForState("stopped", browser)
      try await browser.wait(until: "document.querySelector('#history-list .entry-state').textContent === 'Stopped'")
      // The browser itself tells of every answer that is no success.
      #expect(try await browser.consoleErrors().allSatisfy { $0.contains("Failed to load resource") })
    }
  }

  @Test func runsAreKeptAndRepeated() async throws {
    try await withPage(at: "everything", Scenario(["First"]), Scenario(["Second"])) { browser, stub, _ in
      try await fillEverything(browser)
      try await browser.click("#run-button")
      try await waitForState("done", browser)
      try await reload(browser)
      #expect(try await browser.text(of: "#history-list .what").hasPrefix("Hi"))
      try await browser.click("#clear-button")
      // Its whole result comes from the service.
      try await browser.click("#history-list .entry")
      try await waitForState("done", browser)
      #expect(try await shownOutput(browser).contains("First"))
      #expect(try await browser.text(of: "#total-time").contains(/[0-9]/))
      try await browser.click("#history-list .repeat")
      try await browser.wait(until: "document.querySelectorAll('#history-list li').length === 2")
      try await waitForState("done", browser)
      #expect(try await shownOutput(browser).contains("Second"))
      let bodies = try stub.requests.map { try $0.json }
      #expect(bodies.count == 2 && bodies[0] == bodies[1])
      try await screenshot(browser, "history")
      try await browser.click("#history-list .remove")
      try await browser.wait(until: "document.querySelectorAll('#history-list li').length === 1")
      // Neither Escape nor one Enter too many loses the runs.
      for key in [Browser.Key.escape, Browser.Key.enter] {
        try await browser.click("#history-clear")
        try await browser.wait(until: "document.activeElement.id === 'clear-no'")
        try await screenshot(browser, "clear")
        try await browser.press(key)
        try await browser.wait(until: "!document.querySelector('#clear-dialog').open")
        #expect(try await browser.run("return document.querySelectorAll('#history-list li').length") == .number("1"))
      }
      try await browser.click("#history-clear")
      try await browser.click("#clear-yes")
      try await browser.wait(until: "document.activeElement.id === 'history-browser'")
      #expect(try await browser.attribute("hidden", of: "#history-empty") == nil)
      #expect(try await browser.run("return localStorage.getItem('model-compose.history')") == .null)
    }
  }

  @Test func runsOfOthersAreShown() async throws {
    try await withPage(at: "approval", Scenario(["A draft"]), Scenario(["Sent."])) { browser, _, service in
      let body = #"{"workflow_id": "approval", "input": {"topic": "Tea"}, "wait_for_completion": false}"#
      #expect(try await service.exchange("POST", "/api/workflows/runs", body: body).status == 200)
      try await browser.click("#history-service")
      try await browser.click("#history-list .entry")
      try await waitForState("interrupted", browser)
      try await browser.type("Mine", into: "#interrupt textarea")
      try await browser.click("#interrupt .primary")
      try await waitForState("done", browser)
    }
  }

  @Test func asksForTheKeyAndKeepsItToItself() async throws {
    let keys = ["MODEL_COMPOSE_API_KEYS": "sesame"]
    try await withService(["--sandbox", "--sandbox-rate", "0"], environment: keys) { service in
      try await withBrowser { browser in
        try await browser.open(service.page)
        try await browser.wait(until: "document.querySelector('#key-dialog').open")
        try await browser.type("wrong\(Browser.Key.enter)", into: "#key-field")
        try await browser.wait(until: "document.querySelector('#key-message').dataset.text === 'keyRefused'")
        try await screenshot(browser, "key")
        try await browser.type("sesame\(Browser.Key.enter)", into: "#key-field")
        try await waitForState("idle", browser)
        try await browser.type("Hi\(Browser.Key.control)\(Browser.Key.enter)", into: "#field-prompt")
        try await waitForState("done", browser)
        #expect(try await shownOutput(browser) == sandboxAnswer(to: "Hi"))
        try await browser.click("#api-button")
        let command = try await browser.text(of: "#api-curl")
        #expect(command.contains("Bearer $KEY") && !command.contains("sesame"))
        let kept = try await browser.run("return location.href + JSON.stringify(localStorage)").string ?? "sesame"
        #expect(!kept.contains("sesame"))
      }
    }
  }

  @Test func saysThatTheServiceIsGone() async throws {
    try await withBrowser { browser in
      try await withService(["--sandbox"]) { service in
        try await browser.open(service.page)
        try await waitForState("idle", browser)
      }
      try await browser.type("Hi", into: "#field-prompt")
      try await browser.click("#run-button")
      try await waitForState("failed", browser)
      try await browser.wait(until: "!document.querySelector('#health-banner').hidden")
      try await screenshot(browser, "gone")
    }
  }
}
