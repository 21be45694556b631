/// What is special about the mappings of one shape, where other checks than those of shapes look at it.
package enum ShapeFact: Hashable, Sendable {
  /// A field that is rendered, with the roots that are there besides those that others see.
  case sees(field: String, roots: [String: Type])
  /// What the mapping declares listens on its `host` and `port`, but for one value of a field.
  case listens(unless: ShapeTag?)
  /// Each workflow that callers see becomes a tool.
  case servesTools
  /// There may be several of the same type in one file; the reference keeps one of each.
  case repeats
  /// A field with commands, which may be scripts of a shell.
  case script(field: String)
  /// A field whose members become the query of a request.
  case query(field: String)
  /// The schemes that an address in a field may have, the usual one first.
  case schemes(field: String, [String])
  /// A field with the path of what must be there before anything runs.
  case mustExist(field: String)
  /// A field with a date and time of day, and one with the time zone in which it is meant.
  case moment(field: String, zone: String)
  /// A field with the beginning of all paths that are served: what the reference hands to its web framework.
  case prefix(field: String)
  /// An HTTP request is sent; the fields by what they say of it.
  case request(fields: [RequestRole: String])
  /// The request is sent again until the work is done: how long is waited between two, and in all, unless the fields of
  /// these names say it.
  case polls(interval: String, intervalField: String, limit: String, limitField: String)
  /// A server is connected to by name and port, perhaps only with one value of a field.
  case connects(host: String, port: String, when: ShapeTag?)
  /// A field with commands that are run.
  case commands(field: String)
  /// A field with the path of a file that is read, on this machine.
  case reads(field: String, base: String?)
  /// A field with the path of a file that is written, on this machine.
  case writes(field: String, base: String?)
  /// A field that limits how often the component runs the other one that it calls.
  case limitsCalls(field: String)

  /// What a field says of an HTTP request.
  package enum RequestRole: String, Hashable, Sendable {
    /// The whole address, which comes before `base` and `path`.
    case url
    /// Of the component: the beginning of the address.
    case base
    /// Of the component: the port of a server on this machine.
    case port
    /// Of the component: the beginning of the path.
    case prefix
    case path
    case method
    case headers
    case body
    case limits
  }

  /// The field that it is about.
  package var field: String? {
    switch self {
    case .sees(let field, _), .script(let field), .query(let field), .schemes(let field, _), .mustExist(let field),
      .moment(let field, _), .prefix(let field), .commands(let field), .reads(let field, _), .writes(let field, _),
      .limitsCalls(let field):
      field
    case .listens: "port"
    case .connects(let host, _, _): host
    case .servesTools, .repeats, .request, .polls: nil
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
    case "repeats" where words.isEmpty: [.repeats]
    case "script" where words.count == 1: [.script(field: words[0])]
    case "query" where !words.isEmpty: words.map { .query(field: $0) }
    case "schemes" where words.count > 1: [.schemes(field: words[0], Array(words.dropFirst()))]
    case "must-exist" where !words.isEmpty: words.map { .mustExist(field: $0) }
    case "moment" where words.count == 2: [.moment(field: words[0], zone: words[1])]
    case "prefix" where words.count == 1: [.prefix(field: words[0])]
    case "request": request(words).map { [$0] }
    case "polls": polling(words).map { [$0] }
    case "connects": connection(words).map { [$0] }
    case "commands" where !words.isEmpty: words.map { .commands(field: $0) }
    case "reads": path(words).map { [.reads(field: $0.field, base: $0.base)] }
    case "writes": path(words).map { [.writes(field: $0.field, base: $0.base)] }
    case "limits-calls" where words.count == 1: [.limitsCalls(field: words[0])]
    default: nil
    }
  }

  /// `url=endpoint path method`; a word alone is a role and its field.
  private static func request(_ words: [String]) -> ShapeFact? {
    var fields: [RequestRole: String] = [:]
    for word in words {
      let sides = word.split(separator: "=", maxSplits: 1).map(String.init)
      guard let name = sides.first, let role = RequestRole(rawValue: name), let field = sides.last else { return nil }
      fields[role] = field
    }
    return fields.isEmpty ? nil : .request(fields: fields)
  }

  /// `host port`, or `host port when mode=server`.
  private static func connection(_ words: [String]) -> ShapeFact? {
    if words.count == 2 { return .connects(host: words[0], port: words[1], when: nil) }
    let sides = words.count == 4 && words[2] == "when" ? words[3].split(separator: "=").map(String.init) : []
    guard sides.count == 2 else { return nil }
    return .connects(host: words[0], port: words[1], when: ShapeTag(field: sides[0], value: sides[1]))
  }

  /// `path`, or `path in base_path`: the field of the component with the folder in which the path lies.
  private static func path(_ words: [String]) -> (field: String, base: String?)? {
    if words.count == 1 { return (words[0], nil) }
    return words.count == 3 && words[1] == "in" ? (words[0], words[2]) : nil
  }

  /// `interval=5s timeout=300s`.
  private static func polling(_ words: [String]) -> ShapeFact? {
    let pairs = words.map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
    guard pairs.count == 2, pairs.allSatisfy({ $0.count == 2 }) else { return nil }
    return .polls(interval: pairs[0][1], intervalField: pairs[0][0], limit: pairs[1][1], limitField: pairs[1][0])
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

  /// The field with a date and time of day, and that with its time zone.
  var moment: (time: String, zone: String)? {
    for case .moment(let time, let zone) in facts { return (time, zone) }
    return nil
  }

  /// Whether what the mapping declares listens on its port.
  func listens(_ hasValue: (ShapeTag) -> Bool) -> Bool {
    for case .listens(let exception) in facts { return !(exception.map(hasValue) ?? false) }
    return false
  }
}
