import ComposeTestSupport

/// An element of an XML document read back; it knows the XML that we write and refuses all else.
struct XMLElement {
  let name: String
  private(set) var attributes: [String: String] = [:]
  private(set) var children: [XMLElement] = []
  /// The character data directly inside, joined.
  private(set) var text = ""

  static func read(_ document: String) throws(TestSupportError) -> XMLElement {
    var reader = XMLReader(rest: document.unicodeScalars[...])
    try reader.expect(#"<?xml version="1.0" encoding="UTF-8"?>"#)
    try reader.skipBlanks()
    let element = try reader.element()
    try reader.skipBlanks()
    guard reader.rest.isEmpty else { throw TestSupportError("text behind the document") }
    return element
  }

  fileprivate init(_ reader: inout XMLReader) throws(TestSupportError) {
    try reader.expect("<")
    name = try reader.name()
    while true {
      try reader.skipBlanks()
      if reader.take("/>") { return }
      if reader.take(">") { break }
      let attribute = try reader.name()
      try reader.expect("=\"")
      let value = try reader.data(until: "\"")
      try reader.expect("\"")
      guard attributes.updateValue(value, forKey: attribute) == nil else {
        throw TestSupportError("'\(attribute)' twice")
      }
    }
    while !reader.rest.starts(with: "</".unicodeScalars) {
      if reader.rest.first == "<" {
        children.append(try reader.element())
      } else {
        text += try reader.data(until: "<")
      }
    }
    try reader.expect("</\(name)>")
  }
}

private struct XMLReader {
  var rest: Substring.UnicodeScalarView

  mutating func element() throws(TestSupportError) -> XMLElement { try XMLElement(&self) }

  mutating func take(_ text: String) -> Bool {
    guard rest.starts(with: text.unicodeScalars) else { return false }
    rest = rest.dropFirst(text.unicodeScalars.count)
    return true
  }

  mutating func expect(_ text: String) throws(TestSupportError) {
    guard take(text) else { throw TestSupportError("'\(text)' expected before '\(String(rest.prefix(20)))'") }
  }

  mutating func skipBlanks() throws(TestSupportError) { rest = rest.drop { $0 == " " || $0 == "\n" } }

  mutating func name() throws(TestSupportError) -> String {
    let name = rest.prefix { ("a"..."z").contains($0) || $0 == "-" }
    guard !name.isEmpty else { throw TestSupportError("no name before '\(String(rest.prefix(20)))'") }
    rest = rest.dropFirst(name.count)
    return String(name)
  }

  mutating func data(until end: Unicode.Scalar) throws(TestSupportError) -> String {
    var text = ""
    while let scalar = rest.first, scalar != end {
      let isCharacter = scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
      let isBlank = scalar == "\n" || scalar == "\t"
      guard isCharacter || isBlank && end == "<", scalar != "<" else { throw TestSupportError("a raw '\(scalar)'") }
      if String(rest.prefix(3)) == "]]>" { throw TestSupportError("a raw ']]>'") }
      rest = rest.dropFirst()
      if scalar == "&" { text.unicodeScalars.append(try entity()) } else { text.unicodeScalars.append(scalar) }
    }
    return text
  }

  private mutating func entity() throws(TestSupportError) -> Unicode.Scalar {
    let name = String(rest.prefix { $0 != ";" })
    rest = rest.dropFirst(name.unicodeScalars.count + 1)
    let known: [String: Unicode.Scalar] = ["amp": "&", "lt": "<", "gt": ">", "quot": "\""]
    if let scalar = known[name] { return scalar }
    guard name.hasPrefix("#"), let value = UInt32(name.dropFirst()), let scalar = Unicode.Scalar(value),
      value >= 0x20 || [9, 10, 13].contains(value)
    else { throw TestSupportError("the reference '&\(name);'") }
    return scalar
  }
}
