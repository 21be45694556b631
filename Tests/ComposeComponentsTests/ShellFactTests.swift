import ComposeBasic
import ComposeComponents
import ComposeRuntime
import ComposeTestSupport
import Testing

/// Runs what `Fixtures/components/shell.jsonl` records of the reference, and compares.
@Suite struct ShellFactTests {
  @Test func commandsGiveWhatTheReferenceGives() async throws {
    let fixture = try #require(Fixture.all(in: "components", extension: "jsonl").first { $0.name == "shell" })
    let rows = try fixture.bytes.split(separator: UInt8(ascii: "\n"))
    #expect(rows.count >= 200)
    for (index, row) in rows.enumerated() {
      let fact = try parseJSON(Array(row))
      var component = OrderedObject([("type", .text("shell"))])
      if case .object(let fields) = fact.member("component") { for (key, value) in fields { component[key] = value } }
      component["action"] = fact.member("action")
      let text = Value.object([
        "component": .object(component), "workflow": .object(["job": .object(["input": .text("${input}")])]),
      ])
      let outcome = try await Self.outcome(ComposeText(Self.yaml(text)), fact.member("input"))
      var expected = OrderedObject()
      for key in ["result", "chunks", "error"] {
        if case .object(let object) = fact, let value = object[key] { expected[key] = value }
      }
      #expect(
        outcome.jsonText == Value.object(expected).jsonText, "line \(index + 1): \(fact.member("action").jsonText)")
    }
  }

  /// JSON with all but ASCII written as YAML escapes it: some of it would be a line break there.
  private static func yaml(_ value: Value) -> String {
    var text = ""
    for scalar in value.jsonText.unicodeScalars {
      let digits = String(scalar.value, radix: 16)
      text += scalar.isASCII ? String(scalar) : "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
    }
    return text
  }

  /// The result, the chunks of a stream, or that there was an error.
  private static func outcome(_ file: ComposeText, _ input: Value) async -> Value {
    do throws(RuntimeError) {
      let value = try await file.run(input)
      guard case .stream(let stream) = value else { return .object(["result": value]) }
      var chunks: [Value] = []
      while let chunk = try await stream.next() { chunks.append(chunk) }
      return .object(["chunks": .list(chunks)])
    } catch {
      return .object(["error": .boolean(true)])
    }
  }
}
