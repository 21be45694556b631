import ComposeBasic
import ComposeComponents
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

/// Runs every line of `Fixtures/components/TYPE.jsonl` (see `scripts/component-vectors`) as a file with one component,
/// with the fields in the file and as expressions over the input.
@Suite struct ComponentVectorTests {
  private static let types = ["text-parser", "text-splitter", "vector-processor"]

  @Test(arguments: types)
  func sameAsReference(_ type: String) async throws {
    let vectors = try ComponentVector.all(of: type)
    #expect(vectors.count >= 200)
    var differences: [String] = []
    for vector in vectors {
      for way in vector.ways {
        let got = await outcome(of: vector, type: type, way: way)
        if let difference = vector.difference(from: got, way: way) {
          differences.append("\(vector.id) \(way): \(difference)")
        }
      }
    }
    #expect(differences.isEmpty, "\(differences.count) of them:\n\(differences.prefix(20).joined(separator: "\n"))")
  }

  /// What a run gives, with streams as lists; or why it fails, which may be found before it runs.
  private func outcome(of vector: ComponentVector, type: String, way: String) async -> ComponentVector.Outcome {
    var action = vector.action
    if way == "input" {
      for (name, _) in action where !ComponentVector.fixedFields.contains(name) {
        action[name] = .text("${input.fields.\(name)}")
      }
    }
    let text = """
      components:
        - id: it
          type: \(type)
          action: \(YAMLText.of(.object(action)))
      workflow:
        jobs:
          - id: call
            component: it
            input: {fields: "${input.fields as json}"}
      """
    var sources = SourceSet()
    sources.add(path: "model-compose.yml", bytes: Array(text.utf8))
    let compilation = compile(sources.files, in: sources, environment: Environment(), catalog: .builtIn)
    guard let plan = compilation.plan, let workflow = plan.defaultWorkflow else {
      return .failure(compilation.diagnostics.sorted().first { $0.severity == .error }?.message ?? "no plan")
    }
    let host = ComponentRegistry(services: Services(transport: RecordedTransport("", executor: VirtualTime())))
    if let refusal = refusals(of: [workflow], in: plan, host: host).first {
      return .failure("refused: \(refusal.message)")
    }
    do throws(RuntimeError) {
      let input = Value.object(["fields": .object(way == "input" ? vector.action : [:])])
      let value = try await Interpreter(plan: plan, host: host).run(workflow, input: input, as: Run(id: "RUN"))
      return .result(try await drained(value))
    } catch {
      return .failure(error.message)
    }
  }

  private func drained(_ value: Value) async throws(RuntimeError) -> Value {
    switch value {
    case .list(let list):
      var values: [Value] = []
      for element in list { values.append(try await drained(element)) }
      return .list(values)
    case .stream(let stream):
      try stream.take()
      var chunks: [Value] = []
      while let chunk = try await stream.next() { chunks.append(try await drained(chunk)) }
      return .object(["stream": .list(chunks)])
    default: return value
    }
  }
}

/// One call of an action, with what comes out of it.
struct ComponentVector: Sendable {
  enum Outcome {
    case result(Value)
    case failure(String)
  }

  let id: String
  let action: OrderedObject
  let ways: [String]
  private let row: OrderedObject

  /// Fields that stand in the file in any case.
  static let fixedFields: Set = ["method", "language", "separators", "json_schema", "output"]

  static func all(of type: String) throws -> [ComponentVector] {
    try Files.read("\(Files.repository)/Fixtures/components/\(type).jsonl").split(separator: UInt8(ascii: "\n")).map {
      line in
      guard case .object(let row) = try parseJSON(Array(line)), case .text(let id)? = row["id"],
        case .object(let action)? = row["action"], case .list(let ways)? = row["ways"]
      else { throw TestSupportError("the lines of \(type) have one that is no vector") }
      return ComponentVector(id: id, action: action, ways: ways.compactMap(\.text), row: row)
    }
  }

  /// What is not as it should be.
  func difference(from outcome: Outcome, way: String) -> String? {
    var isRefused = false
    if case .list(let refused)? = row["refused"] { isRefused = refused.contains { $0.text == way } }
    switch outcome {
    case .failure(let message):
      if row["error"] != nil || isRefused { return nil }
      return "fails with \"\(message)\", and should give \(wanted.shortened)"
    case .result(let value):
      if row["error"] != nil && row["instead"] == nil {
        return "gives \(value.jsonText.shortened), and should fail: \(row["error"]?.jsonText.shortened ?? "")"
      }
      if isRefused { return "gives \(value.jsonText.shortened), and should be refused" }
      let same = value.jsonText == wanted || isClose(value)
      return same ? nil : "gives \(value.jsonText.shortened), and should give \(wanted.shortened)"
    }
  }

  private var expected: Value {
    let result = row["instead"] ?? row["result"] ?? .null
    // A run reads streams inside its result: pieces of text become one text.
    if case .list(let list) = result { return .list(list.map(\.read)) }
    return result
  }

  private var wanted: String { expected.jsonText }

  /// Whether the values differ only in numbers, and in these by no more than the tolerance.
  private func isClose(_ value: Value) -> Bool {
    guard let tolerance = row["tolerance"]?.number else { return false }
    return value.isClose(to: expected, within: tolerance * max(expected.greatest, .leastNonzeroMagnitude))
  }
}

extension Value {
  fileprivate var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  fileprivate var number: Double? {
    if case .number(let number) = self { number } else { nil }
  }

  /// A stream as it stands in a result.
  fileprivate var read: Value {
    guard case .object(let object) = self, object.count == 1, case .list(let chunks)? = object["stream"] else {
      return self
    }
    let texts = chunks.compactMap(\.text)
    return texts.count == chunks.count ? .text(texts.joined()) : .list(chunks)
  }

  /// The greatest magnitude of the numbers in it.
  fileprivate var greatest: Double {
    switch self {
    case .number(let number): number.isFinite ? number.magnitude : 0
    case .list(let list): list.map(\.greatest).max() ?? 0
    case .object(let object): object.map(\.value.greatest).max() ?? 0
    default: 0
    }
  }

  fileprivate func isClose(to other: Value, within difference: Double) -> Bool {
    switch (self, other) {
    case (.number(let left), .number(let right)):
      return left == right || (left.isNaN && right.isNaN) || (left - right).magnitude <= difference
    case (.list(let left), .list(let right)):
      return left.count == right.count && zip(left, right).allSatisfy { $0.isClose(to: $1, within: difference) }
    case (.object(let left), .object(let right)):
      return left.keys == right.keys
        && zip(left, right).allSatisfy { $0.value.isClose(to: $1.value, within: difference) }
    default: return jsonText == other.jsonText
    }
  }
}

extension String {
  fileprivate var shortened: String { count > 300 ? prefix(300) + "…" : self }
}

/// Values as YAML 1.1 writes them in one line.
private enum YAMLText {
  static func of(_ value: Value) -> String {
    switch value {
    case .text(let text): return quoted(text)
    case .number(let number):
      if number.isNaN { return ".nan" }
      if number.isInfinite { return number < 0 ? "-.inf" : ".inf" }
      let text = value.jsonText
      // Without a point it would be a text.
      guard let exponent = text.firstIndex(of: "e"), !text.contains(".") else { return text }
      return text[..<exponent] + ".0" + text[exponent...]
    case .list(let list): return "[" + list.map(of).joined(separator: ", ") + "]"
    case .object(let object):
      return "{" + object.map { quoted($0.key) + ": " + of($0.value) }.joined(separator: ", ") + "}"
    default: return value.jsonText
    }
  }

  private static func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "\"", "\\": return "\\\(scalar)"
      case " "..."~": return String(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }
    }
    return "\"" + escaped.joined() + "\""
  }
}
