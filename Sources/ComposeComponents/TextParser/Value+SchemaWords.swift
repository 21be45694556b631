import ComposeRuntime

/// What the words of a JSON Schema may hold. Each throws when it holds something else: the schema is none then.
extension Value {
  func schemaText(_ word: String) throws(JSONSchemaFault) -> String {
    guard case .text(let text) = self else { throw wrong(word, "text") }
    return text
  }

  func schemaBoolean(_ word: String) throws(JSONSchemaFault) -> Bool {
    guard case .boolean(let boolean) = self else { throw wrong(word, "true or false") }
    return boolean
  }

  func schemaList(_ word: String) throws(JSONSchemaFault) -> [Value] {
    guard case .list(let list) = self else { throw wrong(word, "a list") }
    return list
  }

  func schemaObject(_ word: String) throws(JSONSchemaFault) -> OrderedObject {
    guard case .object(let object) = self else { throw wrong(word, "an object") }
    return object
  }

  func schemaNumber(_ word: String) throws(JSONSchemaFault) -> Value {
    switch self {
    case .integer, .bigInteger, .number: return self
    default: throw wrong(word, "a number")
    }
  }

  /// A number of things: an integer from zero on, which may be written with a fraction of zero.
  func schemaCount(_ word: String) throws(JSONSchemaFault) -> Int {
    switch self {
    case .integer(let count) where count >= 0: return count
    case .number(let number) where number >= 0 && number.rounded() == number:
      return Int(exactly: number) ?? .max
    case .bigInteger(let digits) where !digits.hasPrefix("-"): return .max
    default: throw wrong(word, "a count")
    }
  }

  /// A list of different texts.
  func schemaNames(_ word: String) throws(JSONSchemaFault) -> [String] {
    var names: [String] = []
    for value in try schemaList(word) { names.append(try value.schemaText(word)) }
    guard Set(names.map { Array($0.utf8) }).count == names.count else {
      throw wrong(word, "a list without repetitions")
    }
    return names
  }

  func schemaTypes() throws(JSONSchemaFault) -> [String] {
    let types: [String]
    if case .text(let type) = self { types = [type] } else { types = try schemaNames("type") }
    let known = ["null", "boolean", "integer", "number", "string", "array", "object"]
    if types.isEmpty { throw wrong("type", "a type") }
    if let unknown = types.first(where: { !known.contains($0) }) {
      throw JSONSchemaFault(message: "has the unknown type '\(unknown)'")
    }
    return types
  }

  /// Whether a number is above zero.
  var isPositive: Bool {
    switch self {
    case .integer(let value): value > 0
    case .bigInteger(let digits): !digits.hasPrefix("-")
    case .number(let value): value > 0
    default: false
    }
  }

  private func wrong(_ word: String, _ wanted: String) -> JSONSchemaFault {
    JSONSchemaFault(message: "has \(kindName) as '\(word)', which must be \(wanted)")
  }
}
