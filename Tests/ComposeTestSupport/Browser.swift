import ComposeBasic
import Glibc

/// A headless Chromium, driven through Debian's `chromedriver` (W3C WebDriver). Use it through ``withBrowser(_:)``.
///
/// Elements are named by CSS selectors; one that is not there yet is waited for.
package struct Browser: Sendable {
  private let port: Int
  private let session: String

  /// Whether the driver is installed, for `.enabled(if:)`.
  package static var isAvailable: Bool { access(driverPath, X_OK) == 0 }

  static let driverPath = "/usr/bin/chromedriver"

  fileprivate init(port: Int) async throws(TestSupportError) {
    self.port = port
    let arguments = [
      "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--window-size=1280,900",
    ]
    var json = JSONWriter(.compact)
    json.object { json in
      json.object(
        "capabilities",
        { json in
          json.object(
            "alwaysMatch",
            { json in
              json.member("browserName", "chrome")
              json.object(
                "goog:chromeOptions",
                { json in
                  json.array("args", { json in for argument in arguments { json.string(argument) } })
                })
              json.object("goog:loggingPrefs", { $0.member("browser", "ALL") })
              json.object("timeouts", { $0.member("implicit", 10_000) })
            })
        })
    }
    let value = try await command("POST", "/session", json.text, port: port)
    guard let session = value["sessionId"]?.string else { throw TestSupportError("no session: \(value)") }
    self.session = session
  }

  // MARK: Pages

  /// Loads a page and waits for its `load` event.
  package func open(_ url: String) async throws(TestSupportError) { try await post("/url", ["url": url]) }

  package var title: String {
    get async throws(TestSupportError) { try await get("/title").string ?? "" }
  }

  // MARK: Elements

  /// The driver's name of the first element.
  package func find(_ selector: String) async throws(TestSupportError) -> String {
    let value = try await post("/element", ["using": "css selector", "value": selector])
    // The key is the constant "web element identifier" of the WebDriver recommendation, section 12.
    guard let id = value["element-6066-11e4-a52e-4f735466cecf"]?.string else {
      throw TestSupportError("no element '\(selector)': \(value)")
    }
    return id
  }

  package func click(_ selector: String) async throws(TestSupportError) {
    try await post("/element/\(find(selector))/click")
  }

  /// Types behind what is there already.
  package func type(_ text: String, into selector: String) async throws(TestSupportError) {
    try await post("/element/\(find(selector))/value", ["text": text])
  }

  package func clear(_ selector: String) async throws(TestSupportError) {
    try await post("/element/\(find(selector))/clear")
  }

  /// The text as it is shown.
  package func text(of selector: String) async throws(TestSupportError) -> String {
    try await get("/element/\(find(selector))/text").string ?? ""
  }

  /// `nil` when the element has no such attribute.
  package func attribute(_ name: String, of selector: String) async throws(TestSupportError) -> String? {
    try await get("/element/\(find(selector))/attribute/\(name)").string
  }

  /// Types where the focus is, as a keyboard does. Keys without a character are named by ``Key``.
  package func press(_ keys: String) async throws(TestSupportError) {
    let held = keys.filter { Key.modifiers.contains(String($0)) }
    var json = JSONWriter(.compact)
    json.object { json in
      json.array("actions") { json in
        json.object { json in
          json.member("type", "key")
          json.member("id", "keyboard")
          json.array("actions") { json in
            for key in keys {
              stroke("keyDown", key, &json)
              if !held.contains(key) { stroke("keyUp", key, &json) }
            }
            for key in held.reversed() { stroke("keyUp", key, &json) }
          }
        }
      }
    }
    _ = try await command("POST", "/session/\(session)/actions", json.text, port: port)
  }

  private func stroke(_ type: String, _ key: Character, _ json: inout JSONWriter) {
    json.object { json in
      json.member("type", type)
      json.member("value", String(key))
    }
  }

  /// Keys that have no character of their own. Control and Alt hold until the end of what is pressed.
  package enum Key {
    package static let control = "\u{E009}"
    package static let alt = "\u{E00A}"
    package static let tab = "\u{E004}"
    package static let enter = "\u{E007}"
    package static let escape = "\u{E00C}"
    package static let up = "\u{E013}"
    package static let down = "\u{E015}"

    fileprivate static let modifiers: Set<String> = [control, alt]
  }

  // MARK: The window

  /// Sets the size that the page sees, smaller than any window can be.
  package func resize(width: Int, height: Int) async throws(TestSupportError) {
    try await emulate("Emulation.setDeviceMetricsOverride") { json in
      json.member("width", width)
      json.member("height", height)
      json.member("deviceScaleFactor", 1)
      json.member("mobile", false)
    }
  }

  /// One command of the browser's own protocol.
  private func emulate(
    _ name: String, _ parameters: (inout JSONWriter) -> Void
  ) async throws(TestSupportError) {
    var json = JSONWriter(.compact)
    json.object { json in
      json.member("cmd", name)
      json.object("params", parameters)
    }
    _ = try await command("POST", "/session/\(session)/goog/cdp/execute", json.text, port: port)
  }

  // MARK: Scripts

  /// Runs the body of a JavaScript function in the page; its result is what it returns.
  @discardableResult
  package func run(_ script: String) async throws(TestSupportError) -> TestJSON {
    var json = JSONWriter(.compact)
    json.object { json in
      json.member("script", script)
      json.array("args", { _ in })
    }
    return try await command("POST", "/session/\(session)/execute/sync", json.text, port: port)
  }

  /// Runs the script of a fixture; its result is what it returns.
  @discardableResult
  package func run(file: String) async throws(TestSupportError) -> TestJSON {
    try await run(String(decoding: try Files.read(Files.repository + "/Fixtures/page/" + file), as: UTF8.self))
  }

  /// Waits until a JavaScript expression is true in the page.
  package func wait(until condition: String, atMost limit: Duration = .seconds(300)) async throws(TestSupportError) {
    let end = ContinuousClock.now + limit
    while true {
      let value = try await run("return Boolean(\(condition))")
      if value == .boolean(true) { return }
      guard ContinuousClock.now < end, !Task.isCancelled else {
        let page = try await run("return document.body ? document.body.innerText : ''").string ?? ""
        throw TestSupportError("waited in vain until \(condition); the page says:\n\(page)")
      }
      // A page cannot call back: there is nothing to wait for but time.
      try? await Task.sleep(for: .milliseconds(25))
    }
  }

  // MARK: Evidence

  /// Writes what is to be seen as a PNG file.
  package func screenshot(to path: String) async throws(TestSupportError) {
    try Files.write(decodeBase64(try await get("/screenshot").string ?? ""), to: path)
  }

  /// The console's errors, failed loads among them, since the last call.
  package func consoleErrors() async throws(TestSupportError) -> [String] {
    let entries = try await post("/se/log", ["type": "browser"]).array ?? []
    return entries.filter { $0["level"]?.string == "SEVERE" }.map { $0["message"]?.string ?? "" }
  }

  // MARK: Commands

  private func get(_ path: String) async throws(TestSupportError) -> TestJSON {
    try await command("GET", "/session/\(session)\(path)", nil, port: port)
  }

  @discardableResult
  private func post(_ path: String, _ members: [String: String] = [:]) async throws(TestSupportError) -> TestJSON {
    var json = JSONWriter(.compact)
    json.object { json in
      for (name, value) in members.sorted(by: { $0.key < $1.key }) { json.member(name, value) }
    }
    return try await command("POST", "/session/\(session)\(path)", json.text, port: port)
  }

  fileprivate func quit() async { _ = try? await command("DELETE", "/session/\(session)", nil, port: port) }
}

/// Runs the body with a fresh browser, and ends the browser and its driver afterwards.
package func withBrowser<Result>(_ body: (Browser) async throws -> Result) async throws -> Result {
  for _ in 0..<4 {
    do {
      return try await withOneDriver(body)
    } catch is DriverDidNotStart {
      continue
    }
  }
  return try await withOneDriver(body)
}

/// The driver lets the system choose a port for IPv4 and then wants the same one for IPv6, where it may be taken.
private struct DriverDidNotStart: Error {}

private func withOneDriver<Result>(_ body: (Browser) async throws -> Result) async throws -> Result {
  try await withTemporaryFolder { folder in
    // The browser keeps its profile there, and nothing in the home folder.
    let launch = ProgramLaunch(
      Browser.driverPath, ["--port=0"], environment: ["HOME": folder.path, "TMPDIR": folder.path])
    return try await withProgram(launch) { driver in
      guard let greeting = try? await driver.waitForOutput(containing: "successfully on port ") else {
        throw DriverDidNotStart()
      }
      guard let match = greeting.firstMatch(of: /successfully on port ([0-9]+)/), let port = Int(match.1) else {
        throw TestSupportError("the driver names no port: \(greeting)")
      }
      let browser = try await Browser(port: port)
      do {
        let result = try await body(browser)
        await browser.quit()
        return result
      } catch {
        // Not cancelled with the test, or the browser would live on.
        await Task { await browser.quit() }.value
        throw error
      }
    }
  }
}

/// One command to the driver; its `value`.
private func command(
  _ method: String, _ path: String, _ body: String?, port: Int
) async throws(TestSupportError) -> TestJSON {
  let answer = try await rawExchange(method, path, port: port, body: body, atMost: .seconds(300))
  guard let value = try TestJSON(answer.body)["value"] else { throw TestSupportError("no value: \(answer.body)") }
  guard answer.status == 200 else {
    throw TestSupportError("\(value["error"]?.string ?? "error"): \(value["message"]?.string ?? answer.body)")
  }
  return value
}

/// RFC 4648, section 4; other characters are skipped.
func decodeBase64(_ text: String) -> [UInt8] {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var values = [UInt8?](repeating: nil, count: 256)
  for (value, letter) in alphabet.enumerated() { values[Int(letter)] = UInt8(value) }
  var bytes: [UInt8] = []
  var bits: UInt32 = 0
  var count = 0
  for letter in text.utf8 {
    guard let value = values[Int(letter)] else { continue }
    bits = bits << 6 | UInt32(value)
    count += 6
    if count >= 8 {
      count -= 8
      bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
    }
  }
  return bytes
}
