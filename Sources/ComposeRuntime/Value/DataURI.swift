/// The bytes of a `data:` URI (RFC 2397).
///
/// The data are base64 if `base64` is one of the parts before the comma, otherwise percent-encoded.
///
/// - Throws: a `value` error when it is no such URI, or the base64 is broken.
package func decodeDataURI(_ text: String) throws(RuntimeError) -> [UInt8] {
  guard text.hasPrefix("data:"), let comma = text.utf8.firstIndex(of: UInt8(ascii: ",")) else {
    throw RuntimeError(.value, "\(quotedForError(.text(text))) is not a data URI")
  }
  let parts = text[..<comma].dropFirst("data:".count).split(separator: ";")
  let data = String(text[text.utf8.index(after: comma)...])
  return parts.contains("base64") ? try Base64.decode(data) : percentDecoded(data)
}

/// Replaces `%XX`; a `%` without two hexadecimal digits stays.
private func percentDecoded(_ text: String) -> [UInt8] {
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

private func hexadecimalValue(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}
