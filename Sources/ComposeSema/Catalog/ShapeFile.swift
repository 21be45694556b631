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
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      reader.read(Substring(line), number: index + 1)
    }
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
      pending = ShapeDraft(name: String(line.dropFirst().prefix { $0 != "]" }))
      pending?.file = file
      pending?.summary = remark
    case UInt8(ascii: "@"):
      let name = String(word.dropFirst())
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
    let bytes = line.utf8
    var index = bytes.startIndex
    while let dash = bytes[index...].firstIndex(of: UInt8(ascii: "-")) {
      let next = bytes.index(after: dash)
      if next < bytes.endIndex, bytes[next] == UInt8(ascii: "-"), dash > bytes.startIndex,
        bytes[bytes.index(before: dash)] == UInt8(ascii: " ")
      {
        let behind = bytes.index(after: next)
        return (line[..<dash], String(line[behind...].drop { $0 == " " }))
      }
      index = next
    }
    return (line, nil)
  }
}

extension FieldShape {
  /// Reads `name!  type = default`.
  fileprivate convenience init?(words: [Substring], summary: String?) {
    guard words.count >= 2, let written = words.first else { return nil }
    let sides = words[1...].split(separator: "=", maxSplits: 1)
    guard let type = sides.first.flatMap({ ShapeType(written: $0.joined()) }) else { return nil }
    let isRequired = written.hasSuffix("!")
    self.init(
      name: String(isRequired ? written.dropLast() : written),
      type: type,
      isRequired: isRequired,
      fallback: sides.count > 1 ? sides[1].joined(separator: " ") : nil,
      summary: summary)
  }
}
