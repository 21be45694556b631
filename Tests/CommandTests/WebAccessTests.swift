import ComposeTestSupport
import Testing

/// The page for everybody: by keyboard, in both languages and themes, on phones, for screen readers.
@Suite(.enabled(if: Browser.isAvailable), .serialized) struct WebAccessTests {
  @Test func theModulesDoWhatTheySay() async throws {
    try await withPage(at: "everything") { browser, _, _ in
      let failures = try await browser.run(file: "modules.js")
      #expect(failures == .array([]))
    }
  }

  @Test(arguments: [("light", "en"), ("light", "ko"), ("dark", "en"), ("dark", "ko")])
  func looksRightOnEveryWidth(_ theme: String, _ language: String) async throws {
    try await withPage(at: "everything", Scenario(["A draft"]), Scenario(["Sent."])) { browser, _, _ in
      try await choose(theme, language, browser)
      for (name, workflow) in [("form", "everything"), ("questions", "approval")] {
        try await browser.run("location.hash = '\(workflow)'")
        if workflow == "approval" {
          try await browser.type("Tea", into: "#field-topic")
          try await browser.click("#run-button")
          try await waitForState("interrupted", browser)
        }
        for (width, height) in [(360, 740), (768, 1024), (1440, 900)] {
          try await browser.resize(width: width, height: height)
          #expect(try await browser.run(file: "overflow.js") == .array([]), "\(name) \(width)")
          #expect(try await browser.run(file: "contrast.js") == .array([]), "\(name) \(width)")
          #expect(try await browser.run(file: "names.js") == .array([]), "\(name) \(width)")
          try await screenshot(browser, "\(name)-\(theme)-\(language)-\(width)")
        }
      }
    }
  }

  @Test func theWholeWayByKeyboard() async throws {
    try await withPage(at: "everything") { browser, stub, _ in
      // Another workflow by search: there are too few for one here, so the list has the focus.
      try await browser.run("document.activeElement.blur()")
      try await browser.press("/")
      #expect(try await browser.run("return document.activeElement.dataset.workflow") == .string("everything"))
      try await browser.press("\(Browser.Key.down)\(Browser.Key.down)")
      try await browser.press(Browser.Key.enter)
      #expect(try await browser.run("return document.activeElement.id") == .string("field-topic"))
      #expect(try await browser.run("return location.hash") == .string("#approval"))
      try await browser.press("Tea\(Browser.Key.control)\(Browser.Key.enter)")
      try await waitForState("interrupted", browser)
      try await browser.press(Browser.Key.escape)
      try await waitForState("stopped", browser)
      #expect(stub.requests.count == 1)
      try await browser.run("document.activeElement.blur()")
      try await browser.press("?")
      #expect(try await browser.run("return document.querySelector('#keys-dialog').open") == .boolean(true))
      try await screenshot(browser, "keys")
      try await browser.press(Browser.Key.escape)
      #expect(try await browser.run("return document.querySelector('#keys-dialog').open") == .boolean(false))
    }
  }

  @Test func everythingIsReachedByTab() async throws {
    try await withPage(at: "everything") { browser, _, _ in
      try await browser.run("document.activeElement.blur(); scrollTo(0, 0)")
      var reached: Set<String> = []
      for _ in 0..<60 {
        try await browser.press(Browser.Key.tab)
        let id = try await browser.run("return document.activeElement.closest('[id]')?.id ?? ''").string ?? ""
        reached.insert(id)
        // What has the focus is to be seen.
        let outline = try await browser.run(
          "const e = document.activeElement; return e === document.body || e.matches(':focus-visible')")
        #expect(outline == .boolean(true), "\(id)")
      }
      let wanted: Set<String> = [
        "skip", "api-button", "language-button", "theme-button", "keys-button", "history-browser", "field-prompt",
        "field-heat", "field-size", "field-loud", "field-options", "field-names", "run-button", "copy-curl",
      ]
      #expect(wanted.subtracting(reached) == [])
    }
  }

  @Test func whatIsTouchedIsLargeEnough() async throws {
    try await withPage(at: "everything") { browser, _, _ in
      try await browser.resize(width: 360, height: 740)
      let small = try await browser.run(
        """
        const controls = [...document.querySelectorAll('main button, header button, main select, main textarea')];
        return controls.filter((each) => each.checkVisibility() && !each.closest('#steps, #output'))
          .filter((each) => each.getBoundingClientRect().height < 40 || each.getBoundingClientRect().width < 36)
          .map((each) => each.id || each.className);
        """)
      #expect(small == .array([]))
    }
  }

  @Test func choicesAreRemembered() async throws {
    try await withPage(at: "everything") { browser, _, _ in
      try await choose("dark", "ko", browser)
      try await reload(browser)
      #expect(try await browser.attribute("data-theme", of: "html") == "dark")
      #expect(try await browser.attribute("lang", of: "html") == "ko")
      #expect(try await browser.text(of: "#run-button span") == "워크플로우 실행")
    }
  }

  private func choose(_ theme: String, _ language: String, _ browser: Browser) async throws {
    for _ in 0..<(theme == "dark" ? 2 : 1) { try await browser.click("#theme-button") }
    #expect(try await browser.attribute("data-theme", of: "html") == theme)
    if try await browser.attribute("lang", of: "html") != language { try await browser.click("#language-button") }
    #expect(try await browser.attribute("lang", of: "html") == language)
  }
}
