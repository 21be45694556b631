/// Writes JSON (RFC 8259) in the order in which it is told, so that equal values give equal bytes.
///
/// Every JSON that leaves the process goes through this writer. It keeps the nesting itself: the caller opens and
/// closes containers and names members, and commas and indentation follow.
package struct JSONWriter: Sendable {
  /// Whether line breaks and indentation are written.
  package enum Layout: Sendable {
    /// Everything on one line, no blanks.
    case compact
    /// Two blanks of indentation, one member a line.
    case indented
  }

  package private(set) var bytes: [UInt8] = []
  private let layout: Layout
  private var counts: [Int] = []
  private var followsKey = false

  package init(_ layout: Layout = .indented) { self.layout = layout }

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  // MARK: Containers

  package mutating func object(_ body: (inout JSONWriter) -> Void) { container("{", "}", body) }

  package mutating func array(_ body: (inout JSONWriter) -> Void) { container("[", "]", body) }

  /// An object as a member.
  package mutating func object(_ name: String, _ body: (inout JSONWriter) -> Void) {
    key(name)
    object(body)
  }

  /// An array as a member.
  package mutating func array(_ name: String, _ body: (inout JSONWriter) -> Void) {
    key(name)
    array(body)
  }

  package mutating func key(_ name: String) {
    separate()
    appendQuoted(name)
    bytes.append(UInt8(ascii: ":"))
    if layout == .indented { bytes.append(UInt8(ascii: " ")) }
    followsKey = true
  }

  // MARK: Scalars

  package mutating func string(_ value: String) {
    separate()
    appendQuoted(value)
  }

  package mutating func integer(_ value: Int) { raw(String(value)) }

  package mutating func boolean(_ value: Bool) { raw(value ? "true" : "false") }

  package mutating func null() { raw("null") }

  /// Appends text that is JSON already, such as a number in its source spelling.
  package mutating func raw(_ json: String) {
    separate()
    bytes.append(contentsOf: json.utf8)
  }

  // MARK: Members

  package mutating func member(_ name: String, _ value: String) {
    key(name)
    string(value)
  }

  /// Leaves the member out when there is no value.
  package mutating func member(_ name: String, optional value: String?) {
    guard let value else { return }
    member(name, value)
  }

  package mutating func member(_ name: String, _ value: Int) {
    key(name)
    integer(value)
  }

  package mutating func member(_ name: String, _ value: Bool) {
    key(name)
    boolean(value)
  }

  // MARK: Layout

  private mutating func container(_ open: Unicode.Scalar, _ close: Unicode.Scalar, _ body: (inout JSONWriter) -> Void) {
    separate()
    bytes.append(UInt8(ascii: open))
    counts.append(0)
    body(&self)
    if counts.removeLast() > 0 { breakLine() }
    bytes.append(UInt8(ascii: close))
  }

  private mutating func separate() {
    if followsKey {
      followsKey = false
      return
    }
    guard let count = counts.last else { return }
    if count > 0 { bytes.append(UInt8(ascii: ",")) }
    counts[counts.count - 1] += 1
    breakLine()
  }

  private mutating func breakLine() {
    guard layout == .indented else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: counts.count * 2))
  }

  private mutating func appendQuoted(_ value: String) { JSONWriter.appendQuoted(value, to: &bytes) }

  /// The text as a JSON string with its quotes; what is not ASCII stays as it is.
  package static func appendQuoted(_ value: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    // Most texts have nothing to escape.
    let isPlain = value.utf8.span.withUnsafeBufferPointer { text in
      for byte in text where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return false }
      bytes.append(contentsOf: text)
      return true
    }
    if isPlain { return bytes.append(UInt8(ascii: "\"")) }
    for byte in value.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "\"")])
      case UInt8(ascii: "\\"): bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "\\")])
      case 0x08: bytes.append(contentsOf: Array("\\b".utf8))
      case 0x09: bytes.append(contentsOf: Array("\\t".utf8))
      case 0x0A: bytes.append(contentsOf: Array("\\n".utf8))
      case 0x0C: bytes.append(contentsOf: Array("\\f".utf8))
      case 0x0D: bytes.append(contentsOf: Array("\\r".utf8))
      case 0..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        bytes.append(contentsOf: Array("\\u00".utf8))
        bytes.append(digits[Int(byte >> 4)])
        bytes.append(digits[Int(byte & 15)])
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
