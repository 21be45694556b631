/// A data file of the catalogue, read from its text (format: `docs/catalog.md`).
///
/// ```
/// # A comment line.
/// @directive words            -- A remark. Indented lines continue the words.
/// [Object]
/// name!  type = default       -- `!` marks a required field.
/// ```
package struct ShapeFile: Sendable {
  package private(set) var directives: [String: [String]] = [:]
  package private(set) var objects: [String: ObjectShape] = [:]
  /// What could not be read, with the line; empty for every file that ships.
  package private(set) var problems: [String] = []

  package init(_ text: String) {
    var pending: PendingObject?
    var openDirective: String?
    for (index, rawLine) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let (line, summary) = Self.withoutRemark(rawLine)
      let words = line.split(separator: " ").map(String.init)
      guard let first = words.first, !first.hasPrefix("#") else { continue }
      if let directive = openDirective, rawLine.hasPrefix(" ") {
        directives[directive, default: []] += words
        continue
      }
      openDirective = nil
      if first.hasPrefix("[") {
        close(&pending)
        pending = PendingObject(name: String(line.dropFirst().prefix { $0 != "]" }))
      } else if first.hasPrefix("@") {
        let name = String(first.dropFirst())
        if pending != nil {
          if pending?.apply(directive: name, Array(words.dropFirst())) == false {
            problems.append("line \(index + 1): '\(rawLine)' is no directive of an object")
          }
        } else {
          directives[name, default: []] += words.dropFirst()
          openDirective = name
        }
      } else if let field = Self.field(words, summary: summary), pending != nil {
        pending?.fields.append(field)
      } else {
        problems.append("line \(index + 1): '\(rawLine)' is neither a field, an object nor a directive")
      }
    }
    close(&pending)
  }

  private mutating func close(_ pending: inout PendingObject?) {
    if let object = pending { objects[object.name] = object.shape }
    pending = nil
  }

  private struct PendingObject {
    let name: String
    var fields: [FieldShape] = []
    var isOpen = false
    var exactlyOne: [String] = []
    var includes: [String] = []
    var needsOfComponent: [String: String] = [:]
    var callsComponent = false

    init(name: String) { self.name = name }

    /// Returns whether there is such a directive.
    mutating func apply(directive: String, _ words: [String]) -> Bool {
      switch directive {
      case "open": isOpen = true
      case "exactly-one": exactlyOne = words
      case "include": includes += words
      case "calls-component": callsComponent = true
      case "needs-of-component" where words.count == 2: needsOfComponent[words[0]] = words[1]
      default: return false
      }
      return true
    }

    var shape: ObjectShape {
      ObjectShape(
        name: name, fields: fields, isOpen: isOpen, exactlyOne: exactlyOne, includes: includes,
        needsOfComponent: needsOfComponent, callsComponent: callsComponent)
    }
  }

  private static func withoutRemark(_ line: Substring) -> (text: Substring, summary: String?) {
    let words = line.split(separator: " ", omittingEmptySubsequences: false)
    guard let dash = words.firstIndex(of: "--") else { return (line, nil) }
    return (
      Substring(words[..<dash].joined(separator: " ")),
      words[(dash + 1)...].joined(separator: " ")
    )
  }

  private static func field(_ words: [String], summary: String?) -> FieldShape? {
    guard words.count >= 2 else { return nil }
    let isRequired = words[0].hasSuffix("!")
    let sides = words[1...].split(separator: "=", maxSplits: 1)
    guard let type = sides.first.flatMap({ shapeType($0.joined()) }) else { return nil }
    return FieldShape(
      name: isRequired ? String(words[0].dropLast()) : words[0],
      type: type,
      isRequired: isRequired,
      fallback: sides.count > 1 ? sides[1].joined(separator: " ") : nil,
      summary: summary)
  }

  /// Reads a type without blanks. Union members cannot contain `|` themselves, as no type of ours needs it.
  private static func shapeType(_ text: String) -> ShapeType? {
    let members = splitOutsideBrackets(text, at: "|")
    if members.count > 1 {
      let types = members.compactMap(shapeType)
      return types.count == members.count ? .union(types) : nil
    }
    if text.hasPrefix("$") { return shapeType(String(text.dropFirst())).map { .rendered($0) } }
    if let inner = argument(of: "list", "<", ">", in: text) { return shapeType(inner).map { .list($0) } }
    if let inner = argument(of: "map", "<", ">", in: text) { return shapeType(inner).map { .map($0) } }
    if let inner = argument(of: "one-of", "(", ")", in: text) {
      return .choice(inner.split(separator: ",").map(String.init))
    }
    if let inner = argument(of: "ref", "(", ")", in: text) { return .reference(inner) }
    return switch text {
    case "": nil
    case "any": .any
    case "null": .null
    case "boolean": .boolean
    case "integer": .integer
    case "number": .number
    case "text": .text
    case "duration": .duration
    case "port": .port
    case "object": .openObject
    default: .named(text)
    }
  }

  private static func argument(of name: String, _ open: String, _ close: String, in text: String) -> String? {
    guard text.hasPrefix(name + open), text.hasSuffix(close) else { return nil }
    return String(text.dropFirst(name.count + 1).dropLast())
  }

  private static func splitOutsideBrackets(_ text: String, at separator: Character) -> [String] {
    var parts = [""]
    var depth = 0
    for character in text {
      if character == "<" || character == "(" { depth += 1 }
      if character == ">" || character == ")" { depth -= 1 }
      if character == separator, depth == 0 {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts
  }
}
