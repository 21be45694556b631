import ComposeBasic
import ComposeRuntime

/// Makes rules of a JSON Schema, and checks on the way that it is one.
struct JSONSchemaBuilder {
  /// The schema with all its parts.
  let document: Value
  let isDraft7: Bool
  /// References whose target is still to be built.
  var open: Set<String> = []
  var targets: [String: JSONSchema] = [:]
  private var depth = 0

  init(document: Value) throws(JSONSchemaFault) {
    self.document = document
    guard case .object(let root) = document, let draft = root["$schema"] else {
      isDraft7 = false
      return
    }
    let name = String(try draft.schemaText("$schema").drop { $0 == "#" }.prefix { $0 != "#" })
    switch name {
    case "https://json-schema.org/draft/2020-12/schema": isDraft7 = false
    case "http://json-schema.org/draft-07/schema": isDraft7 = true
    default: throw JSONSchemaFault(message: "is of the draft '\(name)', which is not read", isUnsupported: true)
    }
  }

  mutating func schema(_ value: Value, isRoot: Bool = false) throws(JSONSchemaFault) -> JSONSchema {
    depth += 1
    defer { depth -= 1 }
    guard depth < 128 else { throw JSONSchemaFault(message: "nests deeper than 128 schemas", isUnsupported: true) }
    switch value {
    case .boolean(let answer): return .always(answer)
    case .object(let object):
      if isDraft7, let reference = object["$ref"] { return try self.reference(reference) }
      var rules: [JSONSchemaRule] = []
      for (word, value) in object { try add(word, value, isRoot, to: &rules) }
      try addTogether(object, to: &rules)
      return .rules(rules)
    default: throw JSONSchemaFault(message: "has \(value.kindName) where a schema must be")
    }
  }

  /// What a pointer leads to (RFC 6901); `nil` when there is nothing.
  func part(at pointer: String) -> Value? {
    var value = document
    for step in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
      let name = String(step).unescapedPointerStep
      switch value {
      case .object(let object):
        guard let member = object[name] else { return nil }
        value = member
      case .list(let list):
        guard let index = Int(name), list.indices.contains(index) else { return nil }
        value = list[index]
      default: return nil
      }
    }
    return value
  }

  // MARK: Words

  private mutating func add(
    _ word: String, _ value: Value, _ isRoot: Bool, to rules: inout [JSONSchemaRule]
  ) throws(JSONSchemaFault) {
    switch word {
    case "type": rules.append(.types(try value.schemaTypes()))
    case "enum": rules.append(.anyOfValues(try value.schemaList(word)))
    case "const": rules.append(.anyOfValues([value]))
    case "minimum": rules.append(.number(.minimum, try value.schemaNumber(word)))
    case "maximum": rules.append(.number(.maximum, try value.schemaNumber(word)))
    case "exclusiveMinimum": rules.append(.number(.exclusiveMinimum, try value.schemaNumber(word)))
    case "exclusiveMaximum": rules.append(.number(.exclusiveMaximum, try value.schemaNumber(word)))
    case "multipleOf":
      let number = try value.schemaNumber(word)
      guard number.isPositive else { throw JSONSchemaFault(message: "has a 'multipleOf' that is not above zero") }
      rules.append(.number(.multipleOf, number))
    case "pattern": rules.append(.pattern(try pattern(try value.schemaText(word))))
    case "uniqueItems": if try value.schemaBoolean(word) { rules.append(.uniqueItems) }
    case "required": rules.append(.required(try value.schemaNames(word)))
    case "propertyNames": rules.append(.memberNames(try schema(value)))
    case "allOf": rules.append(.all(try schemas(value, word)))
    case "anyOf": rules.append(.any(try schemas(value, word)))
    case "oneOf": rules.append(.one(try schemas(value, word)))
    case "not": rules.append(.not(try schema(value)))
    case "$ref": rules.append(.all([try reference(value)]))
    case "dependentRequired" where !isDraft7:
      for (name, names) in try value.schemaObject(word) {
        rules.append(.requiredWith(name, try names.schemaNames(word)))
      }
    case "dependentSchemas" where !isDraft7:
      for (name, value) in try value.schemaObject(word) { rules.append(.schemaWith(name, try schema(value))) }
    case "dependencies" where isDraft7:
      for (name, value) in try value.schemaObject(word) {
        if case .list = value {
          rules.append(.requiredWith(name, try value.schemaNames(word)))
        } else {
          rules.append(.schemaWith(name, try schema(value)))
        }
      }
    case "$defs", "definitions": for (_, value) in try value.schemaObject(word) { _ = try schema(value) }
    case "$schema": if !isRoot { throw unsupported(word) }
    case "$id":
      _ = try value.schemaText(word)
      if !isRoot { throw unsupported(word) }
    case "unevaluatedItems", "unevaluatedProperties", "$dynamicRef", "$dynamicAnchor", "$anchor", "$vocabulary":
      if !isDraft7 { throw unsupported(word) }
    case "title", "description", "$comment", "format", "contentEncoding", "contentMediaType":
      _ = try value.schemaText(word)
    case "deprecated", "readOnly", "writeOnly": _ = try value.schemaBoolean(word)
    case "examples": _ = try value.schemaList(word)
    default: break
    }
  }

  /// Words that mean something only together.
  private mutating func addTogether(
    _ object: OrderedObject, to rules: inout [JSONSchemaRule]
  ) throws(JSONSchemaFault) {
    if let range = try range(object, "minLength", "maxLength") { rules.append(.length(range)) }
    if let range = try range(object, "minItems", "maxItems") { rules.append(.itemCount(range)) }
    if let range = try range(object, "minProperties", "maxProperties") { rules.append(.memberCount(range)) }
    try addItems(object, to: &rules)
    if let value = object["contains"] {
      let range = isDraft7 ? nil : try range(object, "minContains", "maxContains")
      let least = isDraft7 || object["minContains"] == nil ? 1 : range?.lowerBound ?? 1
      let most = range?.upperBound ?? .max
      let contained = try schema(value)
      // No number is enough and not too much.
      rules.append(least <= most ? .contains(contained, least...most) : .not(.rules([.types(["array"])])))
    }
    if ["properties", "patternProperties", "additionalProperties"].contains(where: { object[$0] != nil }) {
      var members: [[UInt8]: JSONSchema] = [:]
      for (name, value) in try object["properties"]?.schemaObject("properties") ?? [:] {
        members[Array(name.utf8)] = try schema(value)
      }
      var patterns: [(pattern: RegularExpression, schema: JSONSchema)] = []
      for (name, value) in try object["patternProperties"]?.schemaObject("patternProperties") ?? [:] {
        patterns.append((try pattern(name), try schema(value)))
      }
      let rest = try object["additionalProperties"].map { (value) throws(JSONSchemaFault) in try schema(value) }
      rules.append(.members(members, patterns: patterns, rest: rest ?? .always(true)))
    }
    if let condition = object["if"] {
      let condition = try schema(condition)
      let then = try object["then"].map { (value) throws(JSONSchemaFault) in try schema(value) }
      let otherwise = try object["else"].map { (value) throws(JSONSchemaFault) in try schema(value) }
      rules.append(.condition(condition, then: then ?? .always(true), otherwise: otherwise ?? .always(true)))
    }
  }

  private mutating func addItems(
    _ object: OrderedObject, to rules: inout [JSONSchemaRule]
  ) throws(JSONSchemaFault) {
    if isDraft7, case .list? = object["items"], let items = object["items"] {
      let first = try schemas(items, "items")
      let rest = try object["additionalItems"].map { (value) throws(JSONSchemaFault) in try schema(value) }
      rules.append(.items(first: first, rest: rest ?? .always(true)))
      return
    }
    let prefix = isDraft7 ? nil : object["prefixItems"]
    guard prefix != nil || object["items"] != nil else { return }
    let first = try prefix.map { (value) throws(JSONSchemaFault) in try schemas(value, "prefixItems") }
    let rest = try object["items"].map { (value) throws(JSONSchemaFault) in try schema(value) }
    rules.append(.items(first: first ?? [], rest: rest ?? .always(true)))
  }

  // MARK: Parts

  private mutating func reference(_ value: Value) throws(JSONSchemaFault) -> JSONSchema {
    let text = try value.schemaText("$ref")
    guard text == "#" || text.hasPrefix("#/") else {
      throw JSONSchemaFault(message: "refers to '\(text)'; only references into itself are read", isUnsupported: true)
    }
    let pointer = String(text.dropFirst())
    if targets[pointer] == nil { open.insert(pointer) }
    return .reference(pointer)
  }

  private mutating func schemas(_ value: Value, _ word: String) throws(JSONSchemaFault) -> [JSONSchema] {
    let list = try value.schemaList(word)
    guard !list.isEmpty else { throw JSONSchemaFault(message: "has an empty '\(word)'") }
    var schemas: [JSONSchema] = []
    for value in list { schemas.append(try schema(value)) }
    return schemas
  }

  private func pattern(_ text: String) throws(JSONSchemaFault) -> RegularExpression {
    do throws(RegularExpressionError) {
      return try RegularExpression(text)
    } catch {
      throw JSONSchemaFault(message: "has the pattern '\(text)', which \(error.description)")
    }
  }

  private func range(
    _ object: OrderedObject, _ least: String, _ most: String
  ) throws(JSONSchemaFault) -> ClosedRange<Int>? {
    if object[least] == nil, object[most] == nil { return nil }
    let lower = try object[least]?.schemaCount(least) ?? 0
    let upper = try object[most]?.schemaCount(most) ?? .max
    // Nothing is long enough and not too long.
    return lower <= upper ? lower...upper : Int.max...Int.max
  }

  private func unsupported(_ word: String) -> JSONSchemaFault {
    JSONSchemaFault(message: "has '\(word)', which is not carried out by this version", isUnsupported: true)
  }
}

extension String {
  /// A step of a pointer in a URI: `~1` is `/`, `~0` is `~`, and percent signs are read.
  fileprivate var unescapedPointerStep: String {
    var bytes: [UInt8] = []
    var rest = utf8[...]
    while let byte = rest.popFirst() {
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.split(separator: "~1", omittingEmptySubsequences: false).joined(separator: "/")
      .split(separator: "~0", omittingEmptySubsequences: false).joined(separator: "~")
  }
}
