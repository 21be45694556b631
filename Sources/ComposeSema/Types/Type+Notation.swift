extension Type {
  /// Reads a type as ``description`` writes it; `nil` when the text is no type.
  ///
  /// ```
  /// text | null      list<integer>      object{id: text, …}      map<text>      stream<bytes, items>
  /// ```
  ///
  /// An object that ends in `…` may have other members, and a name like a known one is a misspelling.
  package init?(notation: String) {
    var reader = TypeReader(notation)
    guard let type = reader.readUnion(), reader.isAtEnd else { return nil }
    self = type
  }
}

/// Reads one type from left to right.
private struct TypeReader {
  private var rest: Substring

  init(_ text: String) { rest = text[...] }

  var isAtEnd: Bool { rest.allSatisfy { $0 == " " } }

  mutating func readUnion() -> Type? {
    guard var members = readSingle().map({ [$0] }) else { return nil }
    while take("|") {
      guard let member = readSingle() else { return nil }
      members.append(member)
    }
    return .union(of: members)
  }

  private mutating func readSingle() -> Type? {
    skipBlanks()
    if take("\"") {
      let name = rest.prefix { $0 != "\"" }
      rest = rest.dropFirst(name.count)
      return take("\"") ? .choice([String(name)]) : nil
    }
    let name = readName()
    switch name {
    case "any": return .any
    case "never": return .never
    case "null": return .null
    case "boolean": return .boolean
    case "integer": return .integer
    case "number": return .number
    case "text": return .text
    case "bytes": return .bytes
    case "image", "audio", "video", "model-3d", "file": return .media(name)
    case "list": return readArgument().map { .list($0) }
    case "map": return readArgument().map { .object(ObjectType([], rest: $0)) }
    case "stream": return readStream()
    case "encoded": return readEncoding()
    case "object": return take("{") ? readMembers() : .someObject
    default: return nil
    }
  }

  private mutating func readArgument() -> Type? {
    guard take("<"), let type = readUnion(), take(">") else { return nil }
    return type
  }

  private mutating func readStream() -> Type? {
    guard take("<"), let element = readUnion(), take(",") else { return nil }
    let sort = readName()
    guard ["fragmented", "items"].contains(sort), take(">") else { return nil }
    return .stream(element, fragmented: sort == "fragmented")
  }

  private mutating func readEncoding() -> Type? {
    guard take("<"), let encoding = Type.Encoding(rawValue: readName()), take(">") else { return nil }
    return .encoded(encoding)
  }

  private mutating func readMembers() -> Type? {
    var members: [ObjectType.Member] = []
    var isOpen = false
    while !take("}") {
      if take("…") {
        isOpen = true
        continue
      }
      let name = readName()
      guard !name.isEmpty, take(":"), let type = readUnion() else { return nil }
      members.append(ObjectType.Member(name, type))
      _ = take(",")
    }
    return .object(ObjectType(members, rest: isOpen ? .any : nil, reportsMisspellings: isOpen))
  }

  private mutating func readName() -> String {
    skipBlanks()
    let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
    rest = rest.dropFirst(name.count)
    return String(name)
  }

  private mutating func take(_ character: Character) -> Bool {
    skipBlanks()
    guard rest.first == character else { return false }
    rest = rest.dropFirst()
    return true
  }

  private mutating func skipBlanks() { rest = rest.drop { $0 == " " } }
}
