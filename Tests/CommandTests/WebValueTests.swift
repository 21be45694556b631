import ComposeTestSupport
import Testing

/// What comes back from a run, as the page shows it: numbers, bytes, pictures and tables of a text, failures.
@Suite(.enabled(if: Browser.isAvailable), .serialized) struct WebValueTests {
  @Test func numbersStayAsTheyWereWritten() async throws {
    let answer = #"{"id":12345678901234567890,"f":1.0}"#
    try await withPage(at: "everything", .answer(answer)) { browser, stub, _ in
      try await fillEverything(browser)
      try await browser.clear("#field-options")
      try await browser.type(#"{"a": [1.0, 12345678901234567890]}"#, into: "#field-options")
      try await browser.click("#run-button")
      try await waitForState("done", browser)
      #expect(try await shownNumbers(browser) == ["12345678901234567890", "1.0"])
      try await reload(browser)
      try await browser.click("#history-list .entry")
      try await waitForState("done", browser)
      #expect(try await shownNumbers(browser) == ["12345678901234567890", "1.0"])
      try await browser.click("#history-list .repeat")
      try await browser.wait(until: "document.querySelectorAll('#history-list li').length === 2")
      try await waitForState("done", browser)
      #expect(stub.requests.count == 2)
      for request in stub.requests {
        let body = String(decoding: request.body, as: UTF8.self)
        #expect(body.contains(/1\.0, ?12345678901234567890/), "\(body)")
      }
    }
  }

  @Test func bytesThatAreAPictureAreShown() async throws {
    let drawing = #"<svg xmlns="http://www.w3.org/2000/svg" width="7" height="5"><rect width="7" height="5"/></svg>"#
    try await withPage(at: "drawing", .answer(drawing, contentType: "image/svg+xml")) { browser, _, _ in
      try await browser.click("#run-button")
      try await waitForState("done", browser)
      for again in [false, true] {
        if again {
          try await reload(browser)
          try await browser.click("#history-list .entry")
          try await waitForState("done", browser)
        }
        try await browser.wait(until: "document.querySelector('#output .media img')?.naturalWidth === 7")
        #expect(try await browser.attribute("download", of: "#output .media-download") == "image.svg")
      }
      // The other download names the file by its run.
      let name = try await browser.run(
        """
        return new Promise((resolve) => {
          HTMLAnchorElement.prototype.click = function () { resolve(this.download); };
          document.querySelector("#download-result").click();
        });
        """)
      #expect(name.string?.hasSuffix(".svg") == true)
    }
  }

  @Test func aTextLoadsNothing() async throws {
    let text = "# Tea\n\n- **green**\n- black\n\n![leaf](leaf) ![icon](/favicon.svg)\n"
    try await withChatService(Scenario([text])) { service, _ in
      try await withPage(service) { browser in
        try await browser.type("Hi", into: "#field-prompt")
        try await browser.click("#run-button")
        try await waitForState("done", browser)
        #expect(try await browser.text(of: ".output-body p") == "leaf icon")
        let loaded = try await browser.run(
          "return performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/leaf'))")
        #expect(loaded == .boolean(false))
      }
    }
  }

  @Test func tablesKeepWordsWhole() async throws {
    let head = "| Column | Another | Somewhat longer | Description | Availability | Recommendation | Considerations |"
    let row = "| a | b | c | d | e | f | many words that want to have room |"
    let table = "\(head)\n|---|---|---|---|---|---|---|\n\(row)\n"
    try await withChatService(Scenario([table])) { service, _ in
      try await withPage(service) { browser in
        try await browser.resize(width: 1280, height: 900)
        try await browser.type("Hi", into: "#field-prompt")
        try await browser.click("#run-button")
        try await waitForState("done", browser)
        let broken = try await browser.run(
          """
          const table = document.querySelector(".output-body table");
          return [...table.querySelectorAll("th, td")].flatMap((cell) => {
            const text = cell.firstChild;
            return [...text.data.matchAll(/\\S+/g)].filter(({ 0: word, index }) => {
              const range = new Range();
              range.setStart(text, index);
              range.setEnd(text, index + word.length);
              return range.getClientRects().length > 1;
            }).map(String);
          });
          """)
        #expect(broken == .array([]))
        #expect(try await browser.run(file: "overflow.js") == .array([]))
        try await screenshot(browser, "table")
      }
    }
  }

  @Test func aFailureStandsAtTheTopOnPhones() async throws {
    try await withChatService(Scenario(fault: .unauthorized)) { service, _ in
      try await withPage(service) { browser in
        try await browser.resize(width: 360, height: 740)
        try await browser.type("Hi", into: "#field-prompt")
        try await browser.click("#run-button")
        try await waitForState("failed", browser)
        #expect(try await browser.run("return document.querySelector('.frame').offsetHeight") == .number("0"))
        #expect(try await browser.run(file: "overflow.js") == .array([]))
        #expect(try await browser.consoleErrors().allSatisfy { $0.contains("Failed to load resource") })
        try await screenshot(browser, "failed-360")
      }
    }
  }

  @Test func anErrorSaysOnlyWhatItKnows() async throws {
    try await withService(["--sandbox"]) { service in
      try await withPage(service) { browser in
        let texts = try await browser.run(
          """
          return Promise.all([import("/api.js"), import("/error-panel.js")])
            .then(async ([{ fetchJSON, fieldsOf }, { showError }]) => {
              const unknown = await fetchJSON("tasks/01ARZ3NDEKTSV4RRFFQ69G5FAV").catch(fieldsOf);
              const errors = [unknown, { code: "value", message: "No." }, { code: "value", message: "No.", line: 3 }];
              return errors.map((error) => {
                const element = document.createElement("div");
                showError(element, error);
                return element.textContent;
              });
            });
          """)
        let all = try #require(texts.array).map { $0.string ?? "" }
        #expect(all.count == 3)
        #expect(all[0].contains("unknown-task") && all[0].contains("started anew") && !all[0].contains("404"))
        #expect(!all[1].contains("this line") && all[2].contains("this line"))
        #expect(try await browser.consoleErrors().allSatisfy { $0.contains("Failed to load resource") })
      }
    }
  }
}

/// The numbers of a JSON output, in their order.
private func shownNumbers(_ browser: Browser) async throws -> [String] {
  let script = "return [...document.querySelectorAll('#output .json-number')].map((each) => each.textContent)"
  return try await browser.run(script).array?.map { $0.string ?? "" } ?? []
}
