import ComposeBasic

/// An API description as its file writes it (format: `docs/api-descriptions.md`).
///
/// ```
/// @directive words
/// [Object]
/// @directive words
/// field!  type               -- A remark; `!` marks a field that must be given.
/// ```
package struct APIFile: Sendable {
  /// What is wrong with a line. Both numbers are 1-based, the column counts bytes.
  package struct Problem: Hashable, Sendable {
    package let line: Int
    package let column: Int
    package let message: String
  }

  package private(set) var directives: [String: [[String]]] = [:]
  package private(set) var objects: [String: APIObject] = [:]
  package private(set) var problems: [Problem] = []

  private var current: APIObject?
  /// The line on which each named object is used first.
  private var uses: [(name: String, line: Int, column: Int)] = []

  package init(_ text: String) {
    for (index, line) in text.lines.enumerated() { read(line, index + 1) }
    closeObject()
    checkWhole()
  }

  /// Only the directives above the first object, which say how a request of the API is recognised. Nothing is checked.
  init(headOf text: String) {
    for (index, line) in text.lines.enumerated() {
      if line.utf8.first == UInt8(ascii: "[") { break }
      read(line, index + 1)
    }
  }

  private mutating func read(_ rawLine: Substring, _ number: Int) {
    let line = Self.withoutRemark(rawLine)
    let words = line.words
    guard let first = words.first, !first.hasPrefix("#") else { return }
    let column = line.utf8.distance(from: line.startIndex, to: first.startIndex) + 1
    if first.hasPrefix("[") {
      openObject(first, words.count == 1, number, column)
    } else if first.hasPrefix("@") {
      directive(String(first.dropFirst()), words.dropFirst().map(String.init), number, column)
    } else {
      field(line, first, number, column)
    }
  }

  private static func withoutRemark(_ line: Substring) -> Substring {
    // A line break of Windows is two bytes.
    let line = line.utf8.last == UInt8(ascii: "\r") ? Substring(line.utf8.dropLast()) : line
    return (line.firstPlace(of: " -- ").map { line[..<$0] } ?? line).trimmedEnd
  }

  private mutating func report(_ message: String, _ line: Int, _ column: Int) {
    problems.append(Problem(line: line, column: column, message: message))
  }

  // MARK: Objects and fields

  private mutating func openObject(_ word: Substring, _ isAlone: Bool, _ line: Int, _ column: Int) {
    closeObject()
    guard word.hasSuffix("]"), word.count > 2, isAlone else {
      return report("an object begins with its name between brackets: [Name]", line, column)
    }
    let name = String(word.dropFirst().dropLast())
    if objects[name] != nil { report("the object '\(name)' is described twice", line, column) }
    current = APIObject(name: name)
  }

  private mutating func closeObject() {
    if let object = current { objects[object.name] = object }
    current = nil
  }

  private mutating func field(_ line: Substring, _ name: Substring, _ number: Int, _ column: Int) {
    guard current != nil else {
      return report("'\(name)' stands in no object: begin one with [request], [response] or [chunk]", number, column)
    }
    let rest = line[name.endIndex...].trimmedStart
    let offset = line.utf8.distance(from: line.startIndex, to: rest.startIndex)
    if rest.isEmpty { return report("the field '\(name)' has no type", number, column) }
    let isRequired = name.hasSuffix("!")
    let plain = String(isRequired ? name.dropLast() : name)
    if current?.field(plain) != nil { report("the field '\(plain)' is described twice", number, column) }
    do throws(APITypeParser.Problem) {
      let type = try APITypeParser.parse(rest)
      uses += type.names.map { ($0, number, offset + 1) }
      current?.fields.append(APIField(name: plain, type: type, isRequired: isRequired))
    } catch {
      report(error.message, number, offset + error.offset + 1)
    }
  }

  // MARK: Directives

  /// The directives of a file, and how many words each has at least.
  private static let fileDirectives = [
    "name": 1, "as-of": 1, "provider": 1, "match": 1, "elsewhere": 1, "elsewhere-header": 1, "method": 1, "body": 1,
    "headers": 1, "variables": 1, "stream-switch": 1, "answer": 1, "undescribed-answer": 2, "sandbox": 1,
  ]
  private static let objectDirectives = ["open", "loose", "extras", "instead"]

  private mutating func directive(_ name: String, _ words: [String], _ line: Int, _ column: Int) {
    guard current == nil else { return objectDirective(name, words, line, column) }
    guard let least = Self.fileDirectives[name] else {
      let best = suggestion(for: name, among: Self.fileDirectives.keys.sorted())
      return report(
        "there is no directive '@\(name)'" + (best.map { "; did you mean '@\($0)'?" } ?? ""), line, column)
    }
    if words.count < least { return report("'@\(name)' needs a value", line, column) }
    let choices = ["answer": ["json", "audio", "image", "video", "file"], "body": ["json", "multipart"]][name]
    if let choices, let wrong = words.first(where: { !choices.contains($0) }) {
      return report("'@\(name)' is \(choices.joined(separator: ", ")), not '\(wrong)'", line, column)
    }
    directives[name, default: []].append(words)
  }

  private mutating func objectDirective(_ name: String, _ words: [String], _ line: Int, _ column: Int) {
    switch name {
    case "open": current?.openness = .open
    case "loose": current?.openness = .loose
    case "extras": current?.extras.formUnion(words)
    case "instead" where words.count == 2: current?.instead[words[0]] = words[1]
    case "instead": report("'@instead' needs two names: another API's, and the one of this API", line, column)
    default:
      let best = suggestion(for: name, among: Self.objectDirectives)
      let isOfFile = Self.fileDirectives[name] != nil
      report(
        isOfFile
          ? "'@\(name)' belongs above the first object"
          : "there is no directive '@\(name)' of an object" + (best.map { "; did you mean '@\($0)'?" } ?? ""),
        line, column)
    }
  }

  // MARK: The whole file

  private mutating func checkWhole() {
    if directives["match"] == nil { report("'@match' is missing: no request would be recognised", 1, 1) }
    for use in uses where objects[use.name] == nil {
      let best = suggestion(for: use.name, among: objects.keys.sorted())
      report(
        "there is no object '\(use.name)'" + (best.map { "; did you mean '\($0)'?" } ?? ""), use.line, use.column)
    }
    let request = objects["request"]
    if let name = directives["stream-switch"]?.last?.first, let request, request.field(name) == nil {
      report("'@stream-switch' names '\(name)', which [request] does not have", 1, 1)
    }
    for name in Set(request?.instead.values.map(\.self) ?? []).sorted() where request?.field(name) == nil {
      report("'@instead' names '\(name)', which [request] does not have", 1, 1)
    }
    problems.sort { ($0.line, $0.column) < ($1.line, $1.column) }
  }
}
