import ComposeBasic

/// A data file of the catalogue, read from its text (format: `docs/catalog.md`).
///
/// ```
/// # A comment line.
/// @directive words            -- A remark. Indented lines continue the words.
/// [Object]                    -- A remark.
/// name!  type = default       -- `!` marks a required field.
/// ```
package struct ShapeFile: Sendable {
  package private(set) var directives: [String: [String]] = [:]
  /// The objects as they are written: what they include and inherit is not added.
  package private(set) var objects: [String: ObjectShape] = [:]
  /// The names of the objects in the order of the file.
  package private(set) var names: [String] = []
  /// What the lines before the first object and directive say about the whole file.
  package private(set) var summary: String?
  /// What could not be read, with the line; empty for every file that ships.
  package private(set) var problems: [String] = []

  /// - Parameter name: the name of the file without its ending, which its objects carry.
  package init(_ text: String, name: String = "") {
    var reader = ShapeFileReader(file: name)
    for (index, line) in text.lines.enumerated() { reader.read(line, number: index + 1) }
    reader.close()
    directives = reader.directives
    objects = reader.objects
    names = reader.names
    summary = reader.summary
    problems = reader.problems
  }
}

/// The lines of a shape file, read one after the other.
private struct ShapeFileReader {
  let file: String
  var directives: [String: [String]] = [:]
  var objects: [String: ObjectShape] = [:]
  var names: [String] = []
  var summary: String?
  var problems: [String] = []
  private var pending: ShapeDraft?
  private var openDirective: String?

  init(file: String) { self.file = file }

  mutating func read(_ rawLine: Substring, number: Int) {
    guard let first = rawLine.utf8.first else { return }
    if first == UInt8(ascii: "#") {
      if number == 1 { summary = String(rawLine.dropFirst().drop { $0 == " " }) }
      return
    }
    let (line, remark) = Self.withoutRemark(rawLine)
    let words = line.words
    guard let word = words.first else { return }
    if let directive = openDirective, first == UInt8(ascii: " ") {
      directives[directive, default: []] += words.map(String.init)
      return
    }
    openDirective = nil
    switch first {
    case UInt8(ascii: "["):
      close()
      pending = ShapeDraft(name: String(Substring(line.utf8.dropFirst().prefix { $0 != UInt8(ascii: "]") })))
      pending?.file = file
      pending?.summary = remark
    case UInt8(ascii: "@"):
      let name = String(Substring(word.utf8.dropFirst()))
      let arguments = words.dropFirst().map(String.init)
      if pending == nil {
        directives[name, default: []] += arguments
        openDirective = name
      } else if pending?.apply(directive: name, arguments, remark: remark) == false {
        problems.append("line \(number): '\(rawLine)' is no directive of an object")
      }
    default:
      if pending != nil, let field = FieldShape(words: words, summary: remark) {
        pending?.fields.append(field)
      } else {
        problems.append("line \(number): '\(rawLine)' is neither a field, an object nor a directive")
      }
    }
  }

  mutating func close() {
    if let object = pending {
      if objects.updateValue(ObjectShape(object), forKey: object.name) == nil {
        names.append(object.name)
      } else {
        problems.append("[\(object.name)] is described twice")
      }
    }
    pending = nil
  }

  private static func withoutRemark(_ line: Substring) -> (text: Substring, remark: String?) {
    guard let blank = line.firstPlace(of: " --") else { return (line, nil) }
    return (line[..<blank], String(Substring(line.utf8[blank...].dropFirst(3)).trimmedStart))
  }
}

extension FieldShape {
  /// Reads `name!  type = default`.
  fileprivate convenience init?(words: [Substring], summary: String?) {
    guard words.count >= 2, let written = words.first?.utf8 else { return nil }
    let equals = words.firstIndex { $0.isBytes("=") } ?? words.endIndex
    guard equals > 1, let type = ShapeType(written: Self.joined(words[1..<equals])) else { return nil }
    let isRequired = written.last == UInt8(ascii: "!")
    self.init(
      name: String(Substring(isRequired ? written.dropLast() : written)),
      type: type,
      isRequired: isRequired,
      fallback: equals + 1 < words.endIndex ? Self.joined(words[(equals + 1)...], separator: " ") : nil,
      summary: summary)
  }
  /// Most texts are one word.
  private static func joined(_ words: ArraySlice<Substring>, separator: String = "") -> String {
    var text = words.first.map { String($0) } ?? ""
    for word in words.dropFirst() { text += separator + String(word) }
    return text
  }
}
