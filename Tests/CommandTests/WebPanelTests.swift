import ComposeTestSupport
import Testing

/// The parts of the page that show results, in a real browser: what the files of `Fixtures/webui` say comes out.
@Suite(.enabled(if: Browser.isAvailable), .serialized) struct WebPanelTests {
  @Test(arguments: [("markdown", 70), ("job-states", 14), ("svg", 10)])
  func showsWhatTheFixturesSay(name: String, least: Int) async throws {
    let folder = Files.repository + "/Fixtures/webui/"
    let cases = String(decoding: try Files.read(folder + "\(name).json"), as: UTF8.self)
    let check = String(decoding: try Files.read(folder + "check-\(name).js"), as: UTF8.self)
    try await withService(["--sandbox"]) { service in
      try await withPage(service) { browser in
        #expect(try await browser.run("return (\(cases)).length >= \(least)") == .boolean(true))
        let failures = try await browser.run("const cases = \(cases);\n\(check)")
        #expect(failures.array == [])
        // The drawings try what the page's policy forbids, and it says so.
        if name == "svg" { #expect(try await browser.consoleErrors().allSatisfy { $0.contains("Security Policy") }) }
      }
    }
  }

  /// Whatever a text says, no element of it runs anything or leads anywhere but to the web or to a mail program.
  @Test func neverMakesATextRun() async throws {
    try await withService(["--sandbox"]) { service in
      try await withPage(service) { browser in
        let found = try await browser.run(
          """
          return Promise.all([import("/markdown/blocks.js"), import("/markdown/render.js")])
            .then(([{ parseBlocks }, { render }]) => {
              const parts = ["<script>", "</script>", "<img src=x onerror=alert(1)>", "[", "]", "(", ")", "![", "](",
                "javascript:", "data:text/html,", "data:image/png;base64,AA", "/x", "https://x.y", "<", ">",
                '"', "'", "`", "```", "\\n", "\\n\\n", "|", "|---|", "[r]: ", "&#106;", "&lt;", "\\\\", "\\t",
                "\\u0000", "\\u2028", "- ", "> ", "*", "_", "www."];
              const elements = new Set(["P", "H1", "H2", "H3", "H4", "H5", "H6", "UL", "OL", "LI", "INPUT", "BLOCKQUOTE",
                "HR", "BR", "PRE", "CODE", "EM", "STRONG", "DEL", "A", "SPAN", "IMG", "TABLE", "THEAD", "TBODY", "TR",
                "TH", "TD", "FIGURE", "FIGCAPTION", "BUTTON"]);
              const isSafe = (element) => elements.has(element.tagName)
                && !element.getAttributeNames().some((name) => name.startsWith("on") || name === "style")
                && (element.tagName !== "A" || /^(https?|mailto):$/.test(element.protocol))
                && (element.tagName !== "IMG" || element.src.startsWith("data:image/png;base64,"));
              let seed = 1;
              const next = (limit) => {
                seed = (seed * 1103515245 + 12345) & 0x7fffffff;
                return (seed >> 8) % limit;
              };
              let count = 0;
              for (let round = 0; round < 3000; round += 1) {
                let text = "";
                for (let length = 3 + next(20); length > 0; length -= 1) text += parts[next(parts.length)];
                const { blocks, definitions } = parseBlocks(text);
                const element = document.createElement("div");
                element.append(...blocks.map((block) => render(block, definitions)));
                const all = [...element.querySelectorAll("*")];
                count += all.length;
                if (!all.every(isSafe)) return `${JSON.stringify(text)} becomes ${element.innerHTML}`;
              }
              return count > 5000 ? "" : `only ${count} elements`;
            });
          """)
        #expect(found == .string(""))
      }
    }
  }

  @Test func drawsTheMarkdownOfAStream() async throws {
    let pieces = ["# Tea\n\n- **gr", "een**\n- black\n\n<script>al", "ert(1)</script>\n"]
    try await withChatService(Scenario(pieces)) { service, _ in
      try await withPage(service) { browser in
        try await browser.type("Hi", into: "#field-prompt")
        try await browser.click("#run-button")
        try await waitForState("done", browser)
        #expect(try await browser.text(of: ".output-body h1") == "Tea")
        #expect(try await browser.text(of: ".output-body li strong") == "green")
        #expect(try await browser.text(of: ".output-body > div > p") == "<script>alert(1)</script>")
        #expect(try await browser.run("return document.querySelector('.output-body script')") == .null)
        try await screenshot(browser, "markdown")
        try await browser.click(".switch button:last-child")
        #expect(try await shownOutput(browser) == pieces.joined())
      }
    }
  }

  @Test func saysWhereAFailureIsAndWhatToDo() async throws {
    try await withChatService(Scenario(fault: .unauthorized)) { service, _ in
      try await withPage(service) { browser in
        try await browser.type("Hi", into: "#field-prompt")
        try await browser.click("#run-button")
        try await waitForState("failed", browser)
        let text = try await browser.text(of: "#error")
        #expect(text.contains("provider") && text.contains("401") && text.contains("Check the API key"))
        #expect(text.contains(/model-compose\.yml:[0-9]+/))
        // The browser itself tells of every answer that is no success.
        #expect(try await browser.consoleErrors().allSatisfy { $0.contains("Failed to load resource") })
        try await screenshot(browser, "unauthorized")
      }
    }
  }
}
