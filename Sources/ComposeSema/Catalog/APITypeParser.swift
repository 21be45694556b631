import ComposeBasic

/// Reads the type of a field of an API description.
///
/// ```
/// type   = single *("|" single)
/// single = name / "list<" type ">" / "map<" type ">" / "one-of(" word *("," word) ")" / ("integer" / "number") [range]
/// range  = "(" [number] ".." [number] ")"
/// ```
struct APITypeParser {
  /// What cannot be read, and how many bytes of the text stand before it.
  struct Problem: Error {
    let offset: Int
    let message: String
  }

  private let bytes: [UInt8]
  private var index = 0

  static func parse(_ text: some StringProtocol) throws(Problem) -> APIType {
    var parser = APITypeParser(bytes: Array(text.utf8))
    let type = try parser.union()
    guard parser.index == parser.bytes.count else {
      throw Problem(offset: parser.index, message: "the type ends before this")
    }
    return type
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func union() throws(Problem) -> APIType {
    var members = [try single()]
    while take("|") { members.append(try single()) }
    return members.count == 1 ? members[0] : .union(members)
  }

  private mutating func single() throws(Problem) -> APIType {
    skipBlanks()
    let start = index
    let name = word { $0.isWordByte }
    switch name {
    case "": throw Problem(offset: start, message: "a type is missing here")
    case "any": return .any
    case "null": return .null
    case "boolean": return .boolean
    case "text": return .text
    case "object": return .object
    case "integer": return .integer(try range())
    case "number": return .number(try range())
    case "list": return .list(try element())
    case "map": return .map(try element())
    case "one-of": return .choice(try words())
    default:
      if name.first?.isUppercase == true { return .named(name) }
      let known = ["any", "null", "boolean", "text", "object", "integer", "number", "list", "map", "one-of"]
      let meant = name == "string" || name == "str" ? "text" : CastTable.otherNames[name]
      let best = meant.flatMap { known.contains($0) ? $0 : nil } ?? suggestion(for: name, among: known)
      throw Problem(
        offset: start, message: "there is no type '\(name)'" + (best.map { "; did you mean '\($0)'?" } ?? ""))
    }
  }

  private mutating func element() throws(Problem) -> APIType {
    try expect("<")
    let element = try union()
    try expect(">")
    return element
  }

  private mutating func words() throws(Problem) -> [String] {
    try expect("(")
    var words: [String] = []
    repeat {
      skipBlanks()
      let start = index
      let text = word { !",)|".utf8.contains($0) }.trimmingBlanks
      if text.isEmpty { throw Problem(offset: start, message: "a word is missing here") }
      words.append(text)
    } while take(",")
    try expect(")")
    return words
  }

  private mutating func range() throws(Problem) -> APIRange {
    guard take("(") else { return APIRange() }
    let least = try bound()
    try expect("..")
    let most = try bound()
    try expect(")")
    return APIRange(least: least, most: most)
  }

  private mutating func bound() throws(Problem) -> Double? {
    skipBlanks()
    let start = index
    // Two dots are the range's own, so a dot belongs to the number only before a digit.
    var text: [UInt8] = []
    while index < bytes.count {
      let isPoint = bytes[index] == UInt8(ascii: ".") && index + 1 < bytes.count && isDigit(bytes[index + 1])
      guard isDigit(bytes[index]) || isPoint || bytes[index] == UInt8(ascii: "-") else { break }
      text.append(bytes[index])
      index += 1
    }
    if text.isEmpty { return nil }
    guard let number = Double(String(decoding: text, as: UTF8.self)) else {
      throw Problem(offset: start, message: "this is no number")
    }
    return number
  }

  // MARK: Characters

  private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

  private mutating func skipBlanks() { while index < bytes.count, bytes[index] == UInt8(ascii: " ") { index += 1 } }

  private mutating func word(_ belongs: (UInt8) -> Bool) -> String {
    let start = index
    while index < bytes.count, belongs(bytes[index]) { index += 1 }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private mutating func take(_ text: String) -> Bool {
    skipBlanks()
    guard bytes[index...].starts(with: text.utf8) else { return false }
    index += text.utf8.count
    skipBlanks()
    return true
  }

  private mutating func expect(_ text: String) throws(Problem) {
    guard take(text) else { throw Problem(offset: index, message: "'\(text)' is missing here") }
  }
}

extension UInt8 {
  fileprivate var isWordByte: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
