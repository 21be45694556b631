import ComposeTestSupport
import Testing

/// Opens the page, waits until it is ready, and fails afterwards when there were errors in the console.
func withPage<Result>(
  _ service: Service, at workflow: String = "", body: (Browser) async throws -> Result
) async throws -> Result {
  try await withBrowser { browser in
    try await browser.open(service.page + (workflow.isEmpty ? "" : "#" + workflow))
    try await waitForState("idle", browser)
    let result = try await body(browser)
    #expect(try await browser.consoleErrors() == [])
    return result
  }
}

/// The workflows of `Fixtures/page`, whose provider is a stub; the page shows the one with this id.
func withPage(
  at workflow: String, _ scenarios: Scenario..., body: (Browser, StubProvider, Service) async throws -> Void
) async throws {
  let stub = try StubProvider(scenarios.isEmpty ? [Scenario(["Fine."])] : scenarios)
  defer { stub.stop() }
  let file = Files.repository + "/Fixtures/page/model-compose.yml"
  try await withService(["-f", file], environment: ["OPENAI_BASE_URL": stub.baseURL]) { service in
    try await withPage(service, at: workflow) { browser in try await body(browser, stub, service) }
  }
}

func waitForState(_ state: String, _ browser: Browser) async throws {
  try await browser.wait(until: "document.querySelector('#status').dataset.state === '\(state)'")
}

/// The output without the switches beside it.
func shownOutput(_ browser: Browser) async throws -> String {
  try await browser.run("return document.querySelector('.output-body').textContent").string ?? ""
}

/// Loads the page again.
func reload(_ browser: Browser) async throws {
  try await browser.run("location.reload()")
  try await waitForState("idle", browser)
}

func screenshot(_ browser: Browser, _ name: String) async throws {
  try await browser.screenshot(to: Files.repository + "/.build/screenshots/\(name).png")
}
