import ComposeBasic
import ComposeRuntime

/// Why a schema cannot be used. The message goes on from "the JSON Schema ", or from the name of the field.
struct JSONSchemaFault: Error {
  let message: String
  /// Whether it is a good schema with something in it that is not checked here.
  var isUnsupported = false
}

/// Checks values against a JSON Schema of draft 2020-12, or of draft 7 when it says so with `$schema`.
///
/// As in the reference, unknown words and `format` say nothing, patterns are Python's, and references lead to other
/// parts of the same schema. Not checked, and therefore refused, are `unevaluatedItems`, `unevaluatedProperties`,
/// `$dynamicRef`, `$anchor`, and `$id` anywhere but at the root.
struct JSONSchemaCheck: Sendable {
  private let root: JSONSchema
  private let targets: [String: JSONSchema]

  init(_ value: Value) throws(JSONSchemaFault) {
    var builder = try JSONSchemaBuilder(document: value)
    root = try builder.schema(value, isRoot: true)
    // A reference may lead to a part that has references of its own.
    while let pointer = builder.open.popFirst() {
      guard let part = builder.part(at: pointer) else { continue }
      builder.targets[pointer] = try builder.schema(part, isRoot: pointer.isEmpty)
    }
    targets = builder.targets
  }

  /// Whether the value is as the schema wants it.
  ///
  /// - Throws: when it cannot be told: a pattern takes too long, or references go round in a circle.
  func accepts(_ value: Value) throws(TextParserFault) -> Bool {
    try accepts(value, root, depth: 0)
  }

  func accepts(_ value: Value, _ schema: JSONSchema, depth: Int) throws(TextParserFault) -> Bool {
    guard depth < 256 else { throw TextParserFault("json_schema", "has references that go round in a circle") }
    switch schema {
    case .always(let answer): return answer
    case .reference(let pointer):
      guard let target = targets[pointer] else {
        throw TextParserFault("json_schema", "refers to '#\(pointer)', which is not there")
      }
      return try accepts(value, target, depth: depth + 1)
    case .rules(let rules):
      for rule in rules where !(try accepts(value, rule, depth: depth + 1)) { return false }
      return true
    }
  }
}
