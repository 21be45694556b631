/// Reads one JSON text (RFC 8259) as a value.
///
/// As the language's JSON does, it also takes `NaN`, `Infinity` and `-Infinity`, keeps large integers exactly, reads
/// `1e400` as infinity and `-0` as the integer 0, and lets the last of equal keys win. Half surrogates in `\u` escapes
/// become U+FFFD. A byte order mark, more than 512 levels and integers of more than 4300 digits are errors.
///
/// - Throws: what is wrong first, with its place.
package func parseJSON(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONError) -> Value {
  var cursor = JSONCursor(bytes)
  cursor.skipBlanks()
  let value = try cursor.value(depth: 0)
  try cursor.finish()
  return value
}

/// The same, of bytes in an array.
package func parseJSON(_ bytes: [UInt8]) throws(JSONError) -> Value {
  try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) in try parseJSON(buffer) }
}

/// The same, of borrowed bytes.
package func parseJSON(_ bytes: Span<UInt8>) throws(JSONError) -> Value {
  try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) in try parseJSON(buffer) }
}

/// The same, of a text.
package func parseJSON(_ text: String) throws(JSONError) -> Value { try parseJSON(text.utf8.span) }

extension JSONCursor {
  /// Reads the value that begins here.
  mutating func value(depth: Int) throws(JSONError) -> Value {
    switch next {
    case UInt8(ascii: "\""): return .text(try text(of: try string()))
    case UInt8(ascii: "{"):
      var object = OrderedObject()
      try members(depth: depth + 1) { (cursor, key) throws(JSONError) in
        let name = try cursor.text(of: key)
        object[name] = try cursor.value(depth: depth + 1)
      }
      return .object(object)
    case UInt8(ascii: "["):
      var list: [Value] = []
      try elements(depth: depth + 1) { (cursor) throws(JSONError) in list.append(try cursor.value(depth: depth + 1)) }
      return .list(list)
    case UInt8(ascii: "t"):
      try word("true")
      return .boolean(true)
    case UInt8(ascii: "f"):
      try word("false")
      return .boolean(false)
    case UInt8(ascii: "n"):
      try word("null")
      return .null
    default: return value(of: try number())
    }
  }
}
