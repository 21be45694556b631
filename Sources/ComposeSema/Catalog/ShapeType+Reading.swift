import ComposeBasic

extension ShapeType {
  /// Reads a type without blanks, as shape files write it; `nil` when it is none.
  init?(written text: String) {
    var reader = ShapeTypeReader(text: Array(text.utf8))
    guard let type = reader.union(), reader.isAtEnd else { return nil }
    self = type
  }
}

/// Reads types: `union := member ("|" member)*`, `member := "$"? base bounds? "?"?`.
private struct ShapeTypeReader {
  let text: [UInt8]
  var position = 0

  init(text: [UInt8]) { self.text = text }

  var isAtEnd: Bool { position == text.count }

  mutating func union() -> ShapeType? {
    var members: [ShapeType] = []
    repeat {
      guard let member = member() else { return nil }
      if case .union(let inner) = member { members += inner } else { members.append(member) }
    } while skip("|")
    return members.count == 1 ? members[0] : .union(members)
  }

  private mutating func member() -> ShapeType? {
    let isRendered = skip("$")
    guard var type = base() else { return nil }
    if isRendered { type = .rendered(type) }
    return skip("?") ? .union([type, .null]) : type
  }

  private mutating func base() -> ShapeType? {
    let name = word()
    if skip("<") { return generic(name) }
    if position < text.count, text[position] == UInt8(ascii: "(") {
      guard let arguments = arguments() else { return nil }
      switch name {
      case "one-of": return .choice(arguments.isEmpty ? [] : arguments.split(separator: ",").map(String.init))
      case "ref": return .reference(arguments)
      case "integer", "exact-integer", "number":
        guard let bounds = ShapeBounds(written: arguments) else { return nil }
        return simple(name).map { .bounded($0, bounds) }
      default: return nil
      }
    }
    return name.isEmpty ? nil : simple(name)
  }

  private mutating func generic(_ name: String) -> ShapeType? {
    var elements: [ShapeType] = []
    repeat {
      guard let element = union() else { return nil }
      elements.append(element)
    } while skip(",")
    guard skip(">") else { return nil }
    var type: ShapeType
    switch name {
    case "list" where elements.count == 1: type = .list(elements[0])
    case "set" where elements.count == 1: type = .unique(.list(elements[0]))
    case "map" where elements.count == 1: type = .map(elements[0])
    case "tuple": type = .tuple(elements)
    default: return nil
    }
    if position < text.count, text[position] == UInt8(ascii: "(") {
      guard let bounds = arguments().flatMap(ShapeBounds.init) else { return nil }
      type = .bounded(type, bounds)
    }
    return type
  }

  private func simple(_ name: String) -> ShapeType? {
    Self.simpleTypes[name] ?? .named(name)
  }

  private static let simpleTypes: [String: ShapeType] = {
    var types: [String: ShapeType] = [
      "any": .any, "null": .null, "boolean": .boolean, "integer": .integer, "exact-integer": .exactInteger,
      "number": .number, "text": .text, "port": .port, "object": .openObject, "tag": .tag,
    ]
    for kind in ValueKind.allCases { types[kind.rawValue] = .kind(kind) }
    return types
  }()

  private mutating func word() -> String {
    let start = position
    while position < text.count, !Self.delimiters.contains(text[position]) { position += 1 }
    return String(decoding: text[start..<position], as: UTF8.self)
  }

  /// The text between the brackets at the position.
  private mutating func arguments() -> String? {
    guard let end = text[position...].firstIndex(of: UInt8(ascii: ")")) else { return nil }
    let inner = String(decoding: text[(position + 1)..<end], as: UTF8.self)
    position = end + 1
    return inner
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard position < text.count, text[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private static let delimiters = ByteSet("|<>(),?$".utf8)
}

extension ShapeBounds {
  /// Reads `1..10`, `1..`, `..10`, `>0` or `3`.
  fileprivate init?(written text: String) {
    if text.hasPrefix(">") {
      guard let lower = Double(text.dropFirst()) else { return nil }
      self.init(lower: lower, upper: nil, excludesLower: true)
      return
    }
    if let exact = Double(text) {
      self.init(lower: exact, upper: exact)
      return
    }
    guard let dots = text[...].firstPlace(of: "..") else { return nil }
    let lower = Double(text[..<dots])
    let upper = Double(Substring(text.utf8[dots...].dropFirst(2)))
    guard lower != nil || upper != nil else { return nil }
    self.init(lower: lower, upper: upper)
  }
}
