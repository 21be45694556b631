import ComposeBasic
import ComposeRuntime

/// An element of XML, as far as its value needs it.
struct XMLElement {
  /// `name`, or `{namespace}name`.
  let tag: String
  let attributes: [(name: String, value: String)]
  var children: [XMLElement] = []
  /// What stands before the first child.
  var text = ""

  /// The element as a value: its attributes with `@`, its children by their tags, its text as `#text`, or the text
  /// alone when there is nothing else.
  var value: Value {
    var node = OrderedObject()
    for attribute in attributes { node["@" + attribute.name] = .text(attribute.value) }
    var groups: [(tag: String, values: [Value])] = []
    var places: [[UInt8]: Int] = [:]
    for child in children {
      if let place = places[Array(child.tag.utf8)] {
        groups[place].values.append(child.value)
      } else {
        places[Array(child.tag.utf8)] = groups.count
        groups.append((child.tag, [child.value]))
      }
    }
    for group in groups { node[group.tag] = group.values.count == 1 ? group.values[0] : .list(group.values) }
    let text = text.withoutBlanks
    if text.isEmpty { return .object(node) }
    if node.isEmpty { return .text(text) }
    node["#text"] = .text(text)
    return .object(node)
  }
}

/// Reads XML with libexpat.
///
/// It is a class because the library calls back with its address. One reads one text, on one thread.
final class XMLReading {
  /// The text's only element; without its content when that is not asked for.
  private(set) var root: XMLElement?
  private(set) var isTooDeep = false
  private var open: [XMLElement] = []
  private var depth = 0
  private var isFailed = false
  private let keepsContent: Bool

  /// Deeper elements become no value: it is built by recursion.
  private static let maximumDepth = 512

  private init(keepsContent: Bool) { self.keepsContent = keepsContent }

  /// - Parameter keepsContent: whether children and texts are wanted, and not only what the element is.
  /// - Returns: The text's element; `nil` when it is not well-formed.
  /// - Throws: when there is no library, or the elements nest too deep for a value.
  static func element(of text: String, keepsContent: Bool) throws(TextParserFault) -> XMLElement? {
    let library = try ExpatLibrary.load()
    let reading = XMLReading(keepsContent: keepsContent)
    let bytes = Array(text.utf8)
    guard bytes.count < Int32.max, let parser = library.create("utf-8", CChar(bitPattern: UInt8(ascii: "}"))) else {
      throw TextParserFault("text", "is too long to be read as XML")
    }
    defer { library.free(parser) }
    library.setUserData(parser, Unmanaged.passUnretained(reading).toOpaque())
    library.setElementHandler(parser, { XMLReading.of($0)?.start($1, $2) }, { data, _ in XMLReading.of(data)?.end() })
    library.setTextHandler(parser, { XMLReading.of($0)?.text($1, $2) })
    library.setDefaultHandler(parser, { XMLReading.of($0)?.other($1, $2) })
    let isRead = bytes.withUnsafeBytes { buffer in
      library.parse(parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count), 1) == 1
    }
    guard isRead, !reading.isFailed else { return nil }
    if reading.isTooDeep { throw TextParserFault("text", "has XML that nests deeper than \(maximumDepth) elements") }
    return reading.root
  }

  private static func of(_ data: UnsafeMutableRawPointer?) -> XMLReading? {
    data.map { Unmanaged<XMLReading>.fromOpaque($0).takeUnretainedValue() }
  }

  // MARK: Events

  private func start(_ name: ExpatLibrary.Name?, _ attributes: UnsafePointer<ExpatLibrary.Name?>?) {
    depth += 1
    guard keepsContent || depth == 1 else { return }
    if depth > Self.maximumDepth {
      isTooDeep = true
      return
    }
    var pairs: [(name: String, value: String)] = []
    var index = 0
    while let attribute = attributes?[index], let value = attributes?[index + 1] {
      pairs.append((Self.name(attribute), String(cString: value)))
      index += 2
    }
    open.append(XMLElement(tag: name.map(Self.name) ?? "", attributes: pairs))
  }

  private func end() {
    defer { depth -= 1 }
    guard (keepsContent || depth == 1) && depth <= Self.maximumDepth, let element = open.popLast() else { return }
    if open.isEmpty {
      root = element
    } else {
      open[open.count - 1].children.append(element)
    }
  }

  private func text(_ text: ExpatLibrary.Name?, _ count: Int32) {
    guard keepsContent, depth <= Self.maximumDepth, let text, let last = open.indices.last,
      open[last].children.isEmpty
    else { return }
    let bytes = UnsafeRawBufferPointer(start: text, count: Int(count))
    open[last].text += String(decoding: bytes, as: UTF8.self)
  }

  /// An entity that is declared nowhere comes here where the library does not know whether it is an error.
  private func other(_ text: ExpatLibrary.Name?, _ count: Int32) {
    if let text, count > 2, text[0] == CChar(bitPattern: UInt8(ascii: "&")) { isFailed = true }
  }

  /// The library puts a brace between a namespace and a name.
  private static func name(_ name: ExpatLibrary.Name) -> String {
    let text = String(cString: name)
    return text.utf8.contains(UInt8(ascii: "}")) ? "{" + text : text
  }
}
