import ComposeSema

/// Types as JSON, whole: what messages print leaves out members of long objects.
extension Type {
  var document: JSONDocument {
    func named(_ name: String, _ type: Type) -> JSONDocument { .object([name: type.document]) }
    return switch self {
    case .any, .never, .null, .boolean, .integer, .number, .text, .bytes: .text(description)
    case .choice(let names): .object(["choice": .list(names.map(JSONDocument.text))])
    case .list(let element): named("list", element)
    case .object(let object): object.document
    case .media(let kind): .object(["media": .text(kind)])
    case .stream(let element, let fragmented):
      .object(["stream": element.document, "fragmented": .boolean(fragmented)])
    case .encoded(let encoding): .object(["encoded": .text(encoding.rawValue)])
    case .union(let members): .object(["union": .list(members.map(\.document))])
    }
  }

  init?(_ document: JSONDocument) {
    switch document {
    case .text(let name):
      guard let type = Self.plain.first(where: { $0.description == name }) else { return nil }
      self = type
    case .object(let members):
      guard let first = members.first else { return nil }
      self.init(named: first.name, first.value, in: document)
    case .null, .boolean, .number, .list: return nil
    }
  }

  private static let plain: [Type] = [.any, .never, .null, .boolean, .integer, .number, .text, .bytes]

  private init?(named name: String, _ value: JSONDocument, in document: JSONDocument) {
    let type: Type? =
      switch name {
      case "choice": value.list.map { .choice($0.compactMap(\.text)) }
      case "list": Type(value).map { .list($0) }
      case "members": ObjectType(document).map { .object($0) }
      case "media": value.text.map { .media($0) }
      case "stream": Type(value).map { .stream($0, fragmented: document["fragmented"]?.boolean ?? false) }
      case "encoded": value.text.flatMap(Encoding.init(rawValue:)).map { .encoded($0) }
      case "union": value.list.map { .union($0.compactMap { Type($0) }) }
      default: nil
      }
    guard let type else { return nil }
    self = type
  }
}

extension ObjectType {
  fileprivate var document: JSONDocument {
    .object([
      "members": .list(members.map { .object(["name": .text($0.name), "type": $0.type.document]) }),
      "rest": rest?.document, "reports_misspellings": reportsMisspellings ? .boolean(true) : nil,
    ])
  }

  fileprivate init?(_ document: JSONDocument) {
    guard let list = document["members"]?.list else { return nil }
    self.init(
      list.compactMap { member in
        guard let name = member["name"]?.text, let type = member["type"].flatMap({ Type($0) }) else { return nil }
        return Member(name, type)
      },
      rest: document["rest"].flatMap { Type($0) },
      reportsMisspellings: document["reports_misspellings"]?.boolean ?? false)
  }
}
