import ComposeTestSupport
import Testing

/// The form of the page: each kind of input, and what the person at it can get wrong.
@Suite(.enabled(if: Browser.isAvailable), .serialized) struct WebFormTests {
  @Test func everyKindOfInputArrives() async throws {
    try await withPage(at: "everything") { browser, stub, _ in
      try await fillEverything(browser)
      try await screenshot(browser, "form")
      try await browser.click("#run-button")
      try await waitForState("done", browser)
      let request = try #require(stub.requests.first)
      #expect(try prompt(of: request) == "Hi\nyou")
      let wanted = """
        {"title":"Untitled","count":4,"weight":0.5,"heat":1.5,"voice":"onyx","size":"large","loud":true,\
        "options":{"a":[1,2.5]},"names":["Bob","Ada",{"n":1}],"scores":[1.5,7.0]}
        """
      let values = try request.json["values"]
      #expect(try values == TestJSON(wanted), "\(String(decoding: request.body, as: UTF8.self))")
    }
  }

  @Test func saysWhatIsWrongWhereItIs() async throws {
    try await withPage(at: "everything") { browser, stub, _ in
      try await browser.type("{\"a\":", into: "#field-options")
      // Found while typing; what is still empty is not complained about.
      try await browser.wait(until: "!document.querySelector('#field-options-problem').hidden")
      #expect(try await browser.attribute("hidden", of: "#field-prompt-problem") != nil)
      try await browser.type("x", into: "#field-scores textarea")
      try await browser.click("#run-button")
      #expect(try await browser.run("return document.activeElement.id") == .string("field-prompt"))
      for name in ["prompt", "size", "options", "scores"] {
        #expect(try await browser.attribute("aria-invalid", of: "#field-\(name)") == "true", "\(name)")
        #expect(try await !browser.text(of: "#field-\(name)-problem").isEmpty, "\(name)")
      }
      #expect(stub.requests.isEmpty)
      try await screenshot(browser, "form-problems")
    }
  }

  @Test func draftsOutliveAReload() async throws {
    try await withPage(at: "everything") { browser, _, _ in
      try await fillEverything(browser)
      try await browser.click("#workflow-list [data-workflow=approval]")
      try await browser.type("Tea", into: "#field-topic")
      try await reload(browser)
      #expect(try await value(of: "#field-topic", browser) == "Tea")
      try await browser.click("#workflow-list [data-workflow=everything]")
      #expect(try await value(of: "#field-prompt", browser) == "Hi\nyou")
      #expect(try await value(of: "#field-size input:checked", browser) == "large")
      #expect(try await browser.run("return document.querySelector('#field-loud').checked") == .boolean(true))
      #expect(try await entries(of: "names", browser) == #"["Bob","Ada","{\"n\": 1}"]"#)
      try await browser.click("#clear-button")
      #expect(try await value(of: "#field-prompt", browser) == "")
      #expect(try await value(of: "#field-count", browser) == "3")
    }
  }

  @Test func aPictureIsShownAndSent() async throws {
    try await withPage(at: "picture") { browser, stub, _ in
      try await browser.type("What is it?", into: "#field-prompt")
      try await drop("picture.png", type: "image/png", browser)
      try await browser.wait(until: "document.querySelector('#field-picture img.preview')?.naturalWidth === 1")
      #expect(try await browser.text(of: "#field-picture .file-name") == "picture.png")
      try await screenshot(browser, "picture")
      try await browser.click("#run-button")
      try await waitForState("done", browser)
      #expect(try stub.requests.first?.json["picture"]?.string == pixel)
      // What is dropped must be a picture.
      try await browser.click("#field-picture .files button")
      try await drop("notes.txt", type: "text/plain", browser)
      try await browser.click("#run-button")
      #expect(try await browser.text(of: "#field-picture-problem").contains("notes.txt"))
      #expect(stub.requests.count == 1)
    }
  }

  @Test func theCommandDoesWhatTheButtonDoes() async throws {
    try await withPage(at: "everything") { browser, stub, _ in
      try await fillEverything(browser)
      try await browser.click("#run-button")
      try await waitForState("done", browser)
      try await browser.click("#api-button")
      let command = try await browser.run("return document.querySelector('#api-curl').textContent").string ?? ""
      #expect(try await browser.attribute("href", of: "#api-schema-link")?.hasSuffix("/everything/schema") == true)
      try await screenshot(browser, "api")
      let outcome = try await run(ProgramLaunch("/bin/sh", ["-c", command]))
      #expect(outcome.status == 0, "\(outcome)")
      let bodies = try stub.requests.map { try $0.json }
      #expect(bodies.count == 2 && bodies[0] == bodies[1])
    }
  }

  @Test(arguments: ["/bin/sh", "/bin/bash"]) func aLongCommandWorks(shell: String) async throws {
    try await withPage(at: "everything") { browser, stub, _ in
      try await fillEverything(browser)
      try await browser.run(
        #"""
        navigator.clipboard.writeText = async (text) => { window.copied = text; };
        const area = document.querySelector("#field-prompt");
        area.value = `It's \\ "한국어" $HOME\nEND\n`.repeat(12_000);
        area.dispatchEvent(new Event("input", { bubbles: true }));
        """#)
      try await browser.click("#run-button")
      try await waitForState("done", browser)
      // All of it in one element would take the browser half a minute.
      try await browser.click("#api-button")
      #expect(try await browser.run("return document.querySelector('#api-curl').textContent.length") == .number("4000"))
      #expect(try await browser.text(of: "#api-curl-rest").contains("more characters"))
      try await browser.click("#api-copy-curl")
      try await browser.wait(until: "window.copied")
      try await runCopied(in: shell, browser)
      let bodies = try stub.requests.map { try $0.json }
      #expect(bodies.count == 2 && bodies[0] == bodies[1])
    }
  }

  @Test func longFieldsBesideAFileWork() async throws {
    try await withPage(at: "picture") { browser, stub, _ in
      try await browser.run(
        #"""
        window.long = `It's \\ "한국어" $HOME\n`.repeat(12_000);
        return Promise.all([import("/curl.js"), import("/request.js")]).then(([{ curlCommand }, { RunRequest }]) => {
          const picture = new File(["x"], "x.txt", { type: "image/png" });
          const pairs = [["prompt", window.long], ["more", window.long], ["picture", picture]];
          const url = new URL("api/workflows/runs", location.href).href;
          window.copied = curlCommand(url, new RunRequest("picture", pairs), {});
        });
        """#)
      try await runCopied(in: "/bin/sh", browser)
      let request = try #require(stub.requests.first)
      #expect(try request.json["picture"]?.string == "eA==")
      let long = try await browser.run("return window.long").string
      #expect(try prompt(of: request) == long)
    }
  }

  /// Runs the command that was copied, in a folder with the file `x.txt`.
  private func runCopied(in shell: String, _ browser: Browser) async throws {
    let command = try await browser.run("return window.copied").string ?? ""
    try await withTemporaryFolder { folder in
      try folder.write("x", to: "x.txt")
      let script = try folder.write(command, to: "command.sh")
      let outcome = try await run(ProgramLaunch(shell, [script], workingDirectory: folder.path))
      #expect(outcome.status == 0, "\(outcome)")
    }
  }
}

// MARK: Filling

/// Gives every kind of input a value.
func fillEverything(_ browser: Browser) async throws {
  try await browser.type("Hi\nyou", into: "#field-prompt")
  try await browser.clear("#field-count")
  try await browser.type("4", into: "#field-count")
  try await browser.run(
    """
    const slider = document.querySelector('#field-heat');
    slider.value = '1.5';
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    const menu = document.querySelector('#field-voice');
    menu.value = 'onyx';
    menu.dispatchEvent(new Event('input', { bubbles: true }));
    document.querySelector('#field-size input[value=large]').click();
    document.querySelector('#field-loud').click();
    """)
  #expect(try await browser.text(of: ".range-line output") == "1.5")
  try await browser.type(#"{"a": [1, 2.5]}"#, into: "#field-options")
  // Enter makes the next entry, Alt and an arrow move it.
  try await browser.type(
    "Ada\(Browser.Key.enter)Bob\(Browser.Key.alt)\(Browser.Key.up)", into: "#field-names textarea")
  #expect(try await entries(of: "names", browser) == #"["Bob","Ada"]"#)
  try await browser.click("#field-names .add")
  try await browser.press(#"{"n": 1}"#)
  try await browser.type("1.5\(Browser.Key.enter)7", into: "#field-scores textarea")
}

private func value(of selector: String, _ browser: Browser) async throws -> String? {
  try await browser.run("return document.querySelector('\(selector)').value").string
}

private func entries(of name: String, _ browser: Browser) async throws -> String? {
  try await browser.run(
    "return JSON.stringify([...document.querySelectorAll('#field-\(name) textarea')].map((each) => each.value))"
  ).string
}

/// One pixel as PNG.
private let pixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

private func drop(_ name: String, type: String, _ browser: Browser) async throws {
  try await browser.run(
    """
    const bytes = Uint8Array.from(atob('\(pixel)'), (letter) => letter.charCodeAt(0));
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([bytes], '\(name)', { type: '\(type)' }));
    const zone = document.querySelector('#field-picture .drop');
    zone.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    """)
}
