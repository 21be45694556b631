import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeTestSupport
import Testing

/// The published behaviour of schema inference: one row a line, with a configuration and the schemas of its workflows,
/// or the class of the error with which the reference stops.
@Suite struct SchemaConformanceTests {
  @Test func everyRow() throws {
    let bytes = try Files.read(Files.repository + "/Fixtures/conformance/schema.jsonl")
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    #expect(lines.count > 100)
    var unused = Set(SchemaCorrection.all.map(\.row))
    for line in lines {
      let row = try JSONText.read(Array(line))
      let id = try #require(row["id"]?.text)
      unused.remove(id)
      check(try outcome(of: row), of: row, id, try TestJSON(Array(line)))
    }
    #expect(unused == [], "corrections of rows that do not exist")
  }

  private enum Outcome {
    case refused(codes: [String])
    case schema(String)
  }

  private func outcome(of row: JSONText) throws -> Outcome {
    var json = JSONWriter()
    json.append(try #require(row["config"]))
    let compilation = compile(json.text)
    let errors = compilation.diagnostics.all.filter { $0.severity == .error }
    if !errors.isEmpty { return .refused(codes: errors.map(\.code.id)) }
    return .schema(schemaJSON(of: compilation.program))
  }

  private func check(_ outcome: Outcome, of row: JSONText, _ id: String, _ values: TestJSON) {
    let correction = SchemaCorrection.all.first { $0.row == id }
    let isMet =
      switch outcome {
      case .refused: row["error"] != nil
      case .schema(let text): (try? TestJSON(text)) == values["expected"]
      }
    guard let correction else {
      #expect(isMet, "\(id): \(outcome)")
      return
    }
    if isMet {
      #expect(correction.isPending, "\(id) is met: take the correction off the list")
      return
    }
    switch (outcome, correction.ours) {
    case (.refused(let codes), .refused(let code)): #expect(codes == [code], "\(id)")
    case (.schema(let actual), .schema(let expected)): #expect(actual == expected, "\(id)")
    case (_, _): Issue.record("\(id): \(outcome)")
    }
  }
}

extension JSONWriter {
  /// Appends a value that was read.
  fileprivate mutating func append(_ value: JSONText) {
    switch value {
    case .null: null()
    case .boolean(let flag): boolean(flag)
    case .number(let text): raw(text)
    case .string(let text): string(text)
    case .array(let elements):
      array { json in
        for element in elements { json.append(element) }
      }
    case .object(let members):
      object { json in
        for member in members {
          json.key(member.name)
          json.append(member.value)
        }
      }
    }
  }
}
