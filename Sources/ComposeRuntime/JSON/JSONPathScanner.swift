/// One step into a JSON text.
package enum JSONPathStep: Hashable, Sendable {
  /// A member's key as UTF-8, so that it is compared without making a string.
  case key(utf8: [UInt8])
  /// Negative counts from the end.
  case index(Int)

  package static func key(_ name: String) -> JSONPathStep { .key(utf8: Array(name.utf8)) }
}

/// Finds the value at a path in a JSON text without building what stands beside it.
///
/// This is what a chunk of a streamed reply goes through. It gives what parsing the whole text and then following the
/// path gives, and it fails for the same texts: everything that is passed over is checked.
package struct JSONPathScanner: Sendable {
  package let path: [JSONPathStep]

  package init(_ path: [JSONPathStep]) { self.path = path }

  /// The value at the path, or null when it leads nowhere.
  ///
  /// - Throws: what is wrong with the text, at the path or elsewhere.
  package func value(in bytes: UnsafeBufferPointer<UInt8>) throws(JSONError) -> Value {
    var cursor = JSONCursor(bytes)
    cursor.skipBlanks()
    let value = try cursor.find(path, from: 0, depth: 0)
    try cursor.finish()
    return value
  }

  /// The same, of bytes in an array.
  package func value(in bytes: [UInt8]) throws(JSONError) -> Value {
    try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) in try value(in: buffer) }
  }

  /// The same, of borrowed bytes.
  package func value(in bytes: Span<UInt8>) throws(JSONError) -> Value {
    try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) in try value(in: buffer) }
  }
}

extension JSONCursor {
  /// Reads the value that begins here, and gives what stands in it at the rest of a path.
  fileprivate mutating func find(
    _ path: [JSONPathStep], from first: Int, depth: Int
  ) throws(JSONError) -> Value {
    guard first < path.count else { return try value(depth: depth) }
    switch (path[first], next) {
    case (.key(let wanted), UInt8(ascii: "{")):
      var found = Value.null
      try members(depth: depth + 1) { (cursor, key) throws(JSONError) in
        // No early end: a later member with the same key replaces this one.
        if try cursor.matches(key, wanted) {
          found = try cursor.find(path, from: first + 1, depth: depth + 1)
        } else {
          try cursor.skipValue(depth: depth + 1)
        }
      }
      return found
    case (.index(let wanted), UInt8(ascii: "[")) where wanted >= 0:
      var found = Value.null
      var index = 0
      try elements(depth: depth + 1) { (cursor) throws(JSONError) in
        if index == wanted {
          found = try cursor.find(path, from: first + 1, depth: depth + 1)
        } else {
          try cursor.skipValue(depth: depth + 1)
        }
        index += 1
      }
      return found
    case (.index(let wanted), UInt8(ascii: "[")):
      return try findFromEnd(wanted, path, from: first + 1, depth: depth)
    default:
      try skipValue(depth: depth)
      return .null
    }
  }

  /// The length is known only at the end, so the elements' places are noted and the right one is read again.
  private mutating func findFromEnd(
    _ wanted: Int, _ path: [JSONPathStep], from first: Int, depth: Int
  ) throws(JSONError) -> Value {
    var starts: [Int] = []
    try elements(depth: depth + 1) { (cursor) throws(JSONError) in
      starts.append(cursor.position)
      try cursor.skipValue(depth: depth + 1)
    }
    guard wanted >= -starts.count else { return .null }
    var again = self
    again.position = starts[starts.count + wanted]
    return try again.find(path, from: first, depth: depth + 1)
  }

  @inline(__always)
  private func matches(_ token: StringToken, _ wanted: [UInt8]) throws(JSONError) -> Bool {
    if token.hasEscapes { return try text(of: token).utf8.elementsEqual(wanted) }
    try check(token)
    guard token.end &- token.start == wanted.count else { return false }
    for offset in wanted.indices where bytes[token.start &+ offset] != wanted[offset] { return false }
    return true
  }
}
