package import ComposeBasic

/// A JSON text (RFC 8259) as a value, for files that the program wrote itself.
package indirect enum JSONDocument: Hashable, Sendable {
  case null
  case boolean(Bool)
  /// As it is spelled.
  case number(String)
  case text(String)
  case list([JSONDocument])
  /// In the order of the file; no two of a name.
  case object([JSONMember])

  package subscript(name: String) -> JSONDocument? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// An object of the members that have a value.
  static func object(_ members: KeyValuePairs<String, JSONDocument?>) -> JSONDocument {
    .object(members.compactMap { member in member.value.map { JSONMember(name: member.key, value: $0) } })
  }

  static func integer(_ value: Int) -> JSONDocument { .number(String(value)) }

  var text: String? { if case .text(let text) = self { text } else { nil } }

  var boolean: Bool? { if case .boolean(let value) = self { value } else { nil } }

  var integer: Int? { if case .number(let digits) = self { Int(digits) } else { nil } }

  var list: [JSONDocument]? { if case .list(let elements) = self { elements } else { nil } }

  /// Writes the value.
  package func append(to json: inout JSONWriter) {
    switch self {
    case .null: json.null()
    case .boolean(let value): json.boolean(value)
    case .number(let digits): json.raw(digits)
    case .text(let text): json.string(text)
    case .list(let elements):
      json.array { json in
        for element in elements { element.append(to: &json) }
      }
    case .object(let members):
      json.object { json in
        for member in members {
          json.key(member.name)
          member.value.append(to: &json)
        }
      }
    }
  }
}

/// `"name": value` of a JSON object.
package struct JSONMember: Hashable, Sendable {
  package var name: String
  package var value: JSONDocument

  package init(name: String, value: JSONDocument) {
    self.name = name
    self.value = value
  }
}

/// Layout, the order of members and how a number is spelled make no difference.
extension JSONDocument: CanonicallyWritable {
  package func write(into writer: inout CanonicalWriter) {
    switch self {
    case .null: writer.null()
    case .boolean(let value): writer.boolean(value)
    case .number(let text):
      if text.isDecimalDigits { writer.integer(digits: text) } else { writer.number(Double(text) ?? .nan) }
    case .text(let text): writer.text(text)
    case .list(let elements): writer.list(elements) { $1.write(into: &$0) }
    case .object(let members):
      writer.map(members.map { (key: $0.name, value: $0.value) }) { $1.write(into: &$0) }
    }
  }
}
