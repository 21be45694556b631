/// Checks a document against the few keywords of JSON Schema that our schemas use; another keyword is a fault.
package struct SchemaCheck {
  private let schema: JSONText

  package init(_ schema: JSONText) { self.schema = schema }

  /// One line for each place where the document does not follow the schema.
  package func faults(in document: JSONText) -> [String] { faults(in: document, schema, at: "") }

  private func faults(in value: JSONText, _ schema: JSONText, at path: String) -> [String] {
    var faults: [String] = []
    let properties = schema["properties"]
    for keyword in schema.members {
      switch keyword.name {
      case "$schema", "$id", "$defs", "title", "description", "properties", "pattern", "format", "examples": break
      case "$ref":
        let name = keyword.value.text?.split(separator: "/").last.map(String.init) ?? ""
        guard let target = self.schema["$defs"]?[name] else { return ["\(path): no definition '\(name)'"] }
        faults += self.faults(in: value, target, at: path)
      case "type":
        let types = keyword.value.text.map { [$0] } ?? keyword.value.elements.compactMap(\.text)
        let actual = typeName(value)
        if !types.contains(actual), !(actual == "integer" && types.contains("number")) {
          faults.append("\(path): is not \(types.joined(separator: " or "))")
        }
      case "const": if keyword.value != value { faults.append("\(path): is not the constant") }
      case "enum": if !keyword.value.elements.contains(value) { faults.append("\(path): is none of the names") }
      case "minimum":
        if case .number(let least) = keyword.value, case .number(let number) = value,
          Int(number) ?? .min < Int(least) ?? .max
        {
          faults.append("\(path): is below \(least)")
        }
      case "required":
        for name in keyword.value.elements.compactMap(\.text) where value[name] == nil {
          faults.append("\(path): lacks '\(name)'")
        }
      case "additionalProperties":
        for member in value.members where properties?[member.name] == nil {
          if keyword.value == .boolean(false) {
            faults.append("\(path): has the unknown '\(member.name)'")
          } else {
            faults += self.faults(in: member.value, keyword.value, at: "\(path)/\(member.name)")
          }
        }
      case "oneOf":
        let results = keyword.value.elements.map { self.faults(in: value, $0, at: path) }
        if results.count(where: \.isEmpty) != 1 {
          faults += results.flatMap { $0 } + ["\(path): is not one of the forms"]
        }
      case "minProperties", "maxProperties":
        guard case .number(let text) = keyword.value, let limit = Int(text) else { return ["\(path): bad limit"] }
        let count = value.members.count
        if keyword.name == "minProperties" ? count < limit : count > limit {
          faults.append("\(path): has \(count) members")
        }
      case "items":
        for (index, element) in value.elements.enumerated() {
          faults += self.faults(in: element, keyword.value, at: "\(path)/\(index)")
        }
      default: faults.append("unknown keyword '\(keyword.name)' in the schema")
      }
    }
    for member in value.members {
      if let property = properties?[member.name] {
        faults += self.faults(in: member.value, property, at: "\(path)/\(member.name)")
      }
    }
    // The documented order is part of the format: reports are compared as text.
    if let properties {
      let known = properties.members.map(\.name)
      let order = value.members.compactMap { known.firstIndex(of: $0.name) }
      if order != order.sorted() { faults.append("\(path): members are not in the documented order") }
    }
    return faults
  }

  private func typeName(_ value: JSONText) -> String {
    switch value {
    case .null: "null"
    case .boolean: "boolean"
    case .number(let text): text.contains(".") ? "number" : "integer"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }
}
