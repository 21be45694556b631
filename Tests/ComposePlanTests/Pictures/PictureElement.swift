import ComposeTestSupport

/// An element of a picture read back; it knows the XML that we write and refuses all else.
struct PictureElement {
  let name: String
  private(set) var attributes: [String: String] = [:]
  private(set) var children: [PictureElement] = []
  /// The character data directly inside, joined.
  private(set) var text = ""

  static func read(_ document: String) throws(TestSupportError) -> PictureElement {
    var reader = Reader(rest: document.unicodeScalars[...])
    try reader.expect("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    let element = try PictureElement(&reader)
    guard String(reader.rest) == "\n" else { throw TestSupportError("text behind the document") }
    return element
  }

  /// This and all inside.
  var all: [PictureElement] { [self] + children.flatMap(\.all) }

  func integer(_ name: String) -> Int? { attributes[name].flatMap { Int($0) } }

  private init(_ reader: inout Reader) throws(TestSupportError) {
    try reader.expect("<")
    name = try reader.name()
    while !reader.take(">") {
      if reader.take("/>") { return }
      try reader.expect(" ")
      let attribute = try reader.name()
      try reader.expect("=\"")
      let value = try reader.data(until: "\"")
      try reader.expect("\"")
      guard attributes.updateValue(value, forKey: attribute) == nil else {
        throw TestSupportError("'\(attribute)' twice")
      }
    }
    while !reader.take("</\(name)>") {
      if reader.rest.first == "<" {
        children.append(try PictureElement(&reader))
      } else {
        text += try reader.data(until: "<")
      }
    }
  }

  private struct Reader {
    var rest: Substring.UnicodeScalarView

    mutating func take(_ text: String) -> Bool {
      guard rest.starts(with: text.unicodeScalars) else { return false }
      rest = rest.dropFirst(text.unicodeScalars.count)
      return true
    }

    mutating func expect(_ text: String) throws(TestSupportError) {
      guard take(text) else { throw TestSupportError("'\(text)' expected before '\(String(rest.prefix(20)))'") }
    }

    mutating func name() throws(TestSupportError) -> String {
      let name = rest.prefix { $0 == "-" || $0.isASCII && $0.properties.isAlphabetic || ("0"..."9").contains($0) }
      guard !name.isEmpty else { throw TestSupportError("no name before '\(String(rest.prefix(20)))'") }
      rest = rest.dropFirst(name.count)
      return String(name)
    }

    mutating func data(until end: Unicode.Scalar) throws(TestSupportError) -> String {
      var text = ""
      while let scalar = rest.first, scalar != end {
        let isCharacter = scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF || scalar == "\n"
        guard isCharacter, scalar != "<" else { throw TestSupportError("a raw '\(scalar)'") }
        if rest.starts(with: "]]>".unicodeScalars) { throw TestSupportError("a raw ']]>'") }
        rest = rest.dropFirst()
        text.unicodeScalars.append(scalar == "&" ? try entity() : scalar)
      }
      guard !rest.isEmpty else { throw TestSupportError("'\(end)' expected") }
      return text
    }

    private mutating func entity() throws(TestSupportError) -> Unicode.Scalar {
      let known: [(String, Unicode.Scalar)] = [
        ("amp;", "&"), ("lt;", "<"), ("gt;", ">"), ("quot;", "\""), ("#9;", "\t"), ("#10;", "\n"), ("#13;", "\r"),
      ]
      for (name, scalar) in known where take(name) { return scalar }
      throw TestSupportError("the reference '&\(String(rest.prefix(8)))'")
    }
  }
}
