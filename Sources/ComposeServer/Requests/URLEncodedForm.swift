import ComposeRuntime

/// A body of `application/x-www-form-urlencoded` (URL standard, section 5.1).
enum URLEncodedForm {
  /// - Throws: the first field that cannot be read.
  static func fields(of body: [UInt8]) throws(ErrorAnswer) -> FormFields {
    var fields = FormFields()
    for pair in body.split(separator: UInt8(ascii: "&")) {
      let end = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
      let name = try text(pair[..<end])
      // Nothing has such a name, and some programs end a form with `=`.
      if name.isEmpty { continue }
      try fields.append(.text(try text(pair[end...].dropFirst())), named: name)
    }
    return fields
  }

  private static func text(_ bytes: ArraySlice<UInt8>) throws(ErrorAnswer) -> String {
    let spaced = bytes.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
    guard let encoded = String(validating: spaced, as: UTF8.self), let text = percentDecoded(encoded[...]) else {
      throw .invalidBody("a field is no percent-encoded UTF-8 text")
    }
    return text
  }
}
