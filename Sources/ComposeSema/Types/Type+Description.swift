extension Type: CustomStringConvertible {
  /// How a type is written in messages, plans and `# revealed:`.
  package var description: String {
    switch self {
    case .any: "any"
    case .never: "never"
    case .null: "null"
    case .boolean: "boolean"
    case .integer: "integer"
    case .number: "number"
    case .text: "text"
    case .bytes: "bytes"
    case .choice(let names): names.map { "\"\($0)\"" }.joined(separator: " | ")
    case .list(let element): "list<\(element)>"
    case .object(let object): object.description
    case .media(let kind): kind
    case .stream(let element, let fragmented): "stream<\(element), \(fragmented ? "fragmented" : "items")>"
    case .encoded(let encoding): "encoded<\(encoding.rawValue)>"
    case .union(let members): members.map(\.description).joined(separator: " | ")
    }
  }
}

extension ObjectType: CustomStringConvertible {
  /// Long objects are cut after six members: a message is no place for a schema.
  package var description: String {
    if members.isEmpty, let rest { return rest == .any ? "object" : "map<\(rest)>" }
    var parts = members.prefix(6).map { "\($0.name): \($0.type)" }
    if members.count > 6 || rest != nil { parts.append("…") }
    return "object{\(parts.joined(separator: ", "))}"
  }
}
