import ComposeTestSupport
import Testing

@Suite(.enabled(if: Browser.isAvailable)) struct BrowserTests {
  @Test func drivesAPage() async throws {
    try await withTemporaryFolder { folder in
      let page = try folder.write(
        """
        <!doctype html><title>Page</title><input id="name"><button class="go" onclick="greet()">Go</button><p></p>
        <script>function greet() {
          const text = 'Hello, ' + document.querySelector('#name').value;
          setTimeout(() => { document.querySelector('p').textContent = text; console.error('greeted'); }, 50);
        }</script>
        """, to: "page.html")
      try await withBrowser { browser in
        try await browser.open("file://" + page)
        #expect(try await browser.title == "Page")
        try await browser.type("\"Ada\" ü", into: "#name")
        try await browser.click("button.go")
        try await browser.wait(until: "document.querySelector('p').textContent != ''")
        #expect(try await browser.text(of: "p") == "Hello, \"Ada\" ü")
        #expect(try await browser.attribute("id", of: "input") == "name")
        #expect(try await browser.attribute("none", of: "input") == nil)
        #expect(try await browser.run("return {a: [1, null, true]}") == TestJSON(#"{"a":[1,null,true]}"#))
        let errors = try await browser.consoleErrors()
        #expect(errors.count == 1 && errors[0].contains("greeted"))
        let picture = folder.path + "/page.png"
        try await browser.screenshot(to: picture)
        #expect(try Files.read(picture).starts(with: [0x89, 0x50, 0x4E, 0x47]))
        await #expect(throws: TestSupportError.self) { try await browser.run("return missing.name") }
      }
    }
  }
}
