import ComposeSema

extension Type {
  /// The whole type, with the members of objects by name: no order of a file shows.
  var canonicalText: String {
    switch self {
    case .list(let element): "list<\(element.canonicalText)>"
    case .stream(let element, let fragmented):
      "stream<\(element.canonicalText), \(fragmented ? "fragmented" : "items")>"
    case .union(let members): members.map(\.canonicalText).sorted().joined(separator: " | ")
    case .object(let object): object.canonicalText
    case .any, .never, .null, .boolean, .integer, .number, .text, .choice, .bytes, .media, .encoded: description
    }
  }
}

extension ObjectType {
  fileprivate var canonicalText: String {
    if members.isEmpty, let rest { return rest == .any ? "object" : "map<\(rest.canonicalText)>" }
    let parts = members.sorted { $0.name < $1.name }.map { "\($0.name): \($0.type.canonicalText)" }
    return "object{\((parts + (rest == nil ? [] : ["…"])).joined(separator: ", "))}"
  }
}
