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
  ///
  /// - Parameter size: how many members it is likely to have if it is an object.
  mutating func value(depth: Int, size: Int = 4) throws(JSONError) -> Value {
    switch next {
    case UInt8(ascii: "\""): return .text(try text(of: try string()))
    case UInt8(ascii: "{"): return .object(try object(depth: depth + 1, size: size))
    case UInt8(ascii: "["): return .list(try list(depth: depth + 1))
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

  private mutating func object(depth: Int, size: Int) throws(JSONError) -> OrderedObject {
    var object = OrderedObject()
    var keys = KeyFilter()
    try members(depth: depth) { (cursor, key) throws(JSONError) in
      let name = try cursor.text(of: key)
      let isNew = keys.insertNew(key, in: cursor.bytes)
      if object.isEmpty { object.reserveCapacity(size) }
      let value = try cursor.value(depth: depth)
      if isNew { object.append(name, value) } else { object[name] = value }
    }
    return object
  }

  private mutating func list(depth: Int) throws(JSONError) -> [Value] {
    var list: [Value] = []
    var size = 4
    try elements(depth: depth) { (cursor) throws(JSONError) in
      let value = try cursor.value(depth: depth, size: size)
      // The elements of a list are usually alike.
      if case .object(let object) = value { size = min(object.count, 16) }
      list.append(value)
    }
    return list
  }
}

/// Tells most keys of an object from those before them, so that a look-up is rarely needed: a set of bits in which
/// every key has one (a Bloom filter with one hash function; Bloom, "Space/Time Trade-offs in Hash Coding", 1970).
private struct KeyFilter {
  private var bits: UInt64 = 0

  /// Whether the key is certainly not among those before it; it is afterwards.
  @inline(__always)
  mutating func insertNew(_ key: JSONCursor.StringToken, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    // An escape may spell the same key in another way, so nothing is certain from here on.
    if key.hasEscapes {
      bits = .max
      return false
    }
    var hash = UInt64(truncatingIfNeeded: key.end &- key.start) &* 0x9E37_79B9_7F4A_7C15
    if key.start < key.end {
      let middle = key.start &+ (key.end &- key.start) >> 1
      let letters = UInt64(bytes[key.start]) << 16 | UInt64(bytes[middle]) << 8 | UInt64(bytes[key.end &- 1])
      hash = (hash ^ letters) &* 0x9E37_79B9_7F4A_7C15
    }
    let bit: UInt64 = 1 << (hash >> 58)
    defer { bits |= bit }
    return bits & bit == 0
  }
}
