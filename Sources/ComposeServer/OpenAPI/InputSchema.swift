import ComposeBasic
import ComposeSema

/// Writes what a workflow takes as the schema of a JSON value: exactly what the check of inputs and the conversions of
/// the file accept.
struct InputSchema {
  /// The value of `input`.
  static func append(_ inputs: [InputVariable], to json: inout JSONWriter) {
    let tree = InputTree(inputs)
    guard !tree.children.isEmpty else {
      guard let whole = inputs.first else { return reference("AnyInput", to: &json) }
      return append(whole, to: &json)
    }
    json.object { json in
      if tree.isRequired {
        json.member("type", "object")
      } else {
        types(["object", "null"], to: &json)
      }
      appendMembers(of: tree, to: &json)
    }
  }

  // MARK: Places

  private static func append(_ tree: InputTree, to json: inout JSONWriter) {
    switch (tree.variable, tree.children.isEmpty) {
    case (let variable?, true): append(variable, to: &json)
    case (let variable?, false):
      json.object { json in
        json.array("allOf") { json in
          append(variable, to: &json)
          appendContainer(tree, to: &json)
        }
      }
    case (nil, _): appendContainer(tree, to: &json)
    }
  }

  /// What has nothing that must be given may be any other value: looking into it gives null.
  private static func appendContainer(_ tree: InputTree, to json: inout JSONWriter) {
    json.object { json in
      if tree.isRequired { json.member("type", tree.isList ? "array" : "object") }
      if tree.isList {
        appendElements(of: tree, to: &json)
      } else {
        appendMembers(of: tree, to: &json)
      }
    }
  }

  private static func appendMembers(of tree: InputTree, to json: inout JSONWriter) {
    json.object("properties") { json in
      for child in tree.children {
        guard case .key(let name) = child.step else { continue }
        json.key(name)
        append(child.tree, to: &json)
      }
    }
    let required = tree.children.compactMap { child in
      if case .key(let name) = child.step, child.tree.isRequired { name } else { nil }
    }
    guard !required.isEmpty else { return }
    json.array("required") { json in for name in required { json.string(name) } }
  }

  private static func appendElements(of tree: InputTree, to json: inout JSONWriter) {
    var byPosition: [Int: InputTree] = [:]
    for child in tree.children {
      if case .index(let index) = child.step { byPosition[index] = child.tree }
    }
    // A schema names all positions before the one that it is about.
    let described = byPosition.filter { $0.key < 64 }
    json.array("prefixItems") { json in
      for index in 0...(described.keys.max() ?? 0) {
        if let child = described[index] { append(child, to: &json) } else { json.object { _ in } }
      }
    }
    if let last = byPosition.filter({ $0.value.isRequired }).keys.max() { json.member("minItems", last + 1) }
  }

  // MARK: One input

  static func append(_ input: InputVariable, to json: inout JSONWriter) {
    json.object { json in
      json.member("description", optional: input.description)
      appendDefault(of: input, to: &json)
      let isOptional = !input.isRequired
      if input.isList, !InputTree.isElsewhere(input) {
        if isOptional { types(["array", "null"], to: &json) } else { json.member("type", "array") }
        json.key("items")
        json.object { json in alternatives(of: input, orNull: true, to: &json) }
      } else {
        alternatives(of: input, orNull: isOptional, to: &json)
      }
    }
  }

  private static func appendDefault(of input: InputVariable, to json: inout JSONWriter) {
    guard let fallback = input.fallback, !fallback.isComputed, !InputTree.isElsewhere(input) else { return }
    // One that the conversion refuses would contradict the schema.
    switch (input.isList ? "list" : input.type, fallback.value) {
    case ("integer", .text), ("number", .text), ("slider", .text): return
    case ("list", .json(let text)) where !text.hasPrefix("["): return
    case ("list", .text), ("list", .integer), ("list", .number), ("list", .boolean): return
    case ("object", .json(let text)) where !text.hasPrefix("{"): return
    default: break
    }
    json.key("default")
    json.value(fallback.value)
  }

  private static func alternatives(of input: InputVariable, orNull: Bool, to json: inout JSONWriter) {
    let schemas = schemas(of: input) + (orNull ? [#"{"type":"null"}"#] : [])
    if schemas.count == 1, let name = component(for: input) {
      json.member("$ref", "#/components/schemas/\(name)")
    } else {
      json.array("anyOf") { json in for schema in schemas { json.raw(schema) } }
    }
  }

  private static func schemas(of input: InputVariable) -> [String] {
    switch InputTree.isElsewhere(input) ? "any" : input.type {
    case "select" where !input.options.isEmpty:
      var json = JSONWriter(.compact)
      json.object { json in json.values("enum", input.options) }
      return [json.text, ##"{"$ref":"#/components/schemas/OtherChoice"}"##]
    case "slider" where !input.isList: return slider(input.options)
    default: return [##"{"$ref":"#/components/schemas/\##(component(for: input) ?? "AnyInput")"}"##]
    }
  }

  /// A number within bounds. A boolean counts as 0 or 1.
  private static func slider(_ options: [SchemaValue]) -> [String] {
    let bounds = options.compactMap(\.numericValue)
    guard bounds.count >= 2 else { return [##"{"$ref":"#/components/schemas/NumberInput"}"##] }
    let range = bounds[0]...max(bounds[0], bounds[1])
    var json = JSONWriter(.compact)
    json.object { json in
      json.member("type", "number")
      json.key("minimum")
      json.raw(number(range.lowerBound))
      json.key("maximum")
      json.raw(number(range.upperBound))
    }
    let flags = [(0.0, "false"), (1, "true")].filter { range.contains($0.0) }.map(\.1)
    return [json.text] + (flags.isEmpty ? [] : [#"{"enum":[\#(flags.joined(separator: ","))]}"#])
  }

  private static func number(_ value: Double) -> String {
    Int(exactly: value).map { String($0) } ?? value.description
  }

  /// The component that says what the conversion takes; `nil` where it depends on the input.
  private static func component(for input: InputVariable) -> String? {
    if InputTree.isElsewhere(input) { return "AnyInput" }
    let isMedia = ["image", "audio", "video", "model-3d", "file"].contains(input.type)
    if isMedia || ["base64", "data-uri", "path", "url"].contains(input.format ?? "") {
      switch input.format {
      case "base64": return "Base64Text"
      case "data-uri": return "DataURI"
      case "url": return "FileURL"
      case "path": return "FilePath"
      default: return "FileInput"
      }
    }
    switch input.type {
    case "string", "text", "markdown": return "TextInput"
    case "integer": return "IntegerInput"
    case "number": return "NumberInput"
    case "slider": return input.isList || input.options.count < 2 ? "NumberInput" : nil
    case "boolean": return "BooleanInput"
    case "list": return "ListInput"
    case "object": return "ObjectInput"
    case "json": return "JSONInput"
    case "base64": return "EncodedInput"
    case "select" where !input.options.isEmpty: return nil
    default: return "AnyInput"
    }
  }

  private static func types(_ names: [String], to json: inout JSONWriter) {
    json.array("type") { json in for name in names { json.string(name) } }
  }

  private static func reference(_ name: String, to json: inout JSONWriter) {
    json.object { json in json.member("$ref", "#/components/schemas/\(name)") }
  }
}
