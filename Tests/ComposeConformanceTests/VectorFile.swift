import ComposeConformance
import ComposeRuntime
import ComposeTestSupport

/// One line of `Fixtures/conformance/KIND.jsonl`.
struct Vector: Sendable {
  let id: String
  let group: String
  let row: OrderedObject

  /// What is wanted, and what says so: the members that an evaluator is not given.
  static let resultNames: Set = [
    "expected", "expected_type", "expected_text", "expected_yaml", "yaml_error", "error",
  ]

  /// The members that an evaluator is given.
  var question: OrderedObject {
    OrderedObject(row.filter { !Self.resultNames.contains($0.key) }.map { ($0.key, $0.value) })
  }

  /// The members that it should answer with.
  var wanted: OrderedObject {
    OrderedObject(row.filter { Self.resultNames.contains($0.key) }.map { ($0.key, $0.value) })
  }

  /// Whether the reference gives the same each time it runs.
  var isPortable: Bool { row["portable"]?.isEqual(to: .boolean(false)) != true }

  /// What the row is about, on one line.
  var subject: String {
    let parts = ["template", "sources", "options", "text", "output", "response", "config"].compactMap {
      row[$0]?.jsonText
    }
    let text = parts.joined(separator: " ")
    return text.count > 240 ? text.prefix(240) + "…" : text
  }
}

/// The vectors of one kind, and where they are.
enum VectorFile {
  static let folder = Files.repository + "/Fixtures/conformance"

  static func path(_ kind: VectorKind) -> String { "\(folder)/\(kind.rawValue).jsonl" }

  /// The kinds that have a file.
  static var kinds: [VectorKind] { VectorKind.allCases.filter { Files.exists(path($0)) } }

  static func vectors(_ kind: VectorKind) throws -> [Vector] {
    try Files.read(path(kind)).split(separator: UInt8(ascii: "\n")).map { line in
      guard case .object(let row) = try parseJSON(Array(line)), case .text(let id)? = row["id"],
        case .text(let group)? = row["group"]
      else { throw TestSupportError("\(path(kind)) has a line that is no vector") }
      return Vector(id: id, group: group, row: row)
    }
  }
}
