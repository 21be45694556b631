/// The parts of a `data:` URI (RFC 2397).
struct DataURI {
  /// What stands before the first `;`, if anything.
  let mediaType: String?
  let isBase64: Bool
  let data: Substring

  /// `nil` when the text is no such URI: without `data:` or comma, or with an empty part behind a `;`.
  init?(_ text: String) {
    let scheme = "data:"
    guard text.utf8.starts(with: scheme.utf8), let comma = text.utf8.firstIndex(of: UInt8(ascii: ",")) else {
      return nil
    }
    let head = text[text.utf8.index(text.startIndex, offsetBy: scheme.utf8.count)..<comma]
    let parts = head.split(separator: ";", omittingEmptySubsequences: false)
    guard !parts.dropFirst().contains(where: \.isEmpty) else { return nil }
    mediaType = parts.first.flatMap { $0.isEmpty ? nil : String($0) }
    isBase64 = parts.contains("base64")
    data = text[text.utf8.index(after: comma)...]
  }
}

/// The bytes of a `data:` URI.
///
/// The data are base64 if `base64` is one of the parts before the comma, otherwise percent-encoded.
///
/// - Throws: a `value` error when it is no such URI, or the base64 is broken.
package func decodeDataURI(_ text: String) throws(RuntimeError) -> [UInt8] {
  guard let uri = DataURI(text) else {
    throw RuntimeError(.value, "\(quotedForError(.text(text))) is not a data URI")
  }
  return uri.isBase64 ? try Base64.decode(String(uri.data)) : percentDecoded(String(uri.data))
}

/// The bytes of a text after `%XX` is replaced; a `%` without two hexadecimal digits stays (RFC 3986, section 2.1).
package func percentDecoded(_ text: String) -> [UInt8] {
  let bytes = Array(text.utf8)
  var decoded: [UInt8] = []
  decoded.reserveCapacity(bytes.count)
  var position = 0
  while position < bytes.count {
    if bytes[position] == UInt8(ascii: "%"), position + 2 < bytes.count,
      let high = hexadecimalValue(bytes[position + 1]), let low = hexadecimalValue(bytes[position + 2])
    {
      decoded.append(high << 4 | low)
      position += 3
    } else {
      decoded.append(bytes[position])
      position += 1
    }
  }
  return decoded
}

/// The value of a hexadecimal digit.
func hexadecimalValue(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}
