/// What is special about the mappings of one shape, where other checks than those of shapes look at it.
package enum ShapeFact: Hashable, Sendable {
  /// A field that is rendered, with the roots that are there besides those that others see.
  case sees(field: String, roots: [String: Type])
  /// What the mapping declares listens on its `host` and `port`, but for one value of a field.
  case listens(unless: ShapeTag?)
  /// Each workflow that callers see becomes a tool.
  case servesTools
  /// A field with commands, which may be scripts of a shell.
  case script(field: String)
  /// A field whose members become the query of a request.
  case query(field: String)
  /// The schemes that an address in a field may have, the usual one first.
  case schemes(field: String, [String])
  /// A field with the path of what must be there before anything runs.
  case mustExist(field: String)

  /// A field with the beginning of all paths that are served: what the reference hands to its web framework.
  case prefix(field: String)

  /// The field that it is about.
  package var field: String? {
    switch self {
    case .sees(let field, _), .script(let field), .query(let field), .schemes(let field, _), .mustExist(let field),
      .prefix(let field):
      field
    case .listens: "port"
    case .servesTools: nil
    }
  }
}

extension ShapeFact {
  /// Reads the words of a directive; `nil` when there is no such directive with such words.
  static func read(_ directive: String, _ words: [String]) -> [ShapeFact]? {
    switch directive {
    case "sees": roots(words)
    case "listens": listening(words).map { [$0] }
    case "serves-tools" where words.isEmpty: [.servesTools]
    case "script" where words.count == 1: [.script(field: words[0])]
    case "query" where !words.isEmpty: words.map { .query(field: $0) }
    case "schemes" where words.count > 1: [.schemes(field: words[0], Array(words.dropFirst()))]
    case "must-exist" where !words.isEmpty: words.map { .mustExist(field: $0) }
    case "prefix" where words.count == 1: [.prefix(field: words[0])]
    default: nil
    }
  }

  /// Nothing, or `unless transport=stdio`.
  private static func listening(_ words: [String]) -> ShapeFact? {
    if words.isEmpty { return .listens(unless: nil) }
    let sides = words.count == 2 && words[0] == "unless" ? words[1].split(separator: "=").map(String.init) : []
    return sides.count == 2 ? .listens(unless: ShapeTag(field: sides[0], value: sides[1])) : nil
  }

  /// `input output of object{messages: list<any>}`, or fields alone.
  private static func roots(_ words: [String]) -> [ShapeFact]? {
    let fields = words.prefix { $0 != "of" }
    guard !fields.isEmpty else { return nil }
    var types: [String: Type] = [:]
    if fields.count < words.count {
      guard case .object(let object)? = Type(notation: words[(fields.count + 1)...].joined(separator: " ")) else {
        return nil
      }
      for member in object.members { types[member.name] = member.type }
    }
    return fields.map { .sees(field: $0, roots: types) }
  }
}

extension ObjectShape {
  /// The roots that a field of its own sees; `nil` when it is not said to be rendered.
  func roots(of name: String) -> [String: Type]? {
    for case .sees(name, let roots) in facts { return roots }
    return nil
  }

  /// The schemes that an address in a field may have.
  func schemes(of name: String) -> [String]? {
    for case .schemes(name, let schemes) in facts { return schemes }
    return nil
  }

  /// The field with commands, which may be scripts of a shell.
  var scriptField: String? {
    for case .script(let field) in facts { return field }
    return nil
  }

  /// Whether what the mapping declares listens on its port.
  func listens(_ hasValue: (ShapeTag) -> Bool) -> Bool {
    for case .listens(let exception) in facts { return !(exception.map(hasValue) ?? false) }
    return false
  }
}
