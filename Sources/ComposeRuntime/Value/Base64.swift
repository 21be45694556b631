/// Base64 with the standard alphabet (RFC 4648, section 4).
package enum Base64 {
  /// The text for bytes, padded and on one line.
  package static func encode(_ bytes: [UInt8]) -> String {
    String(unsafeUninitializedCapacity: (bytes.count + 2) / 3 * 4) { text in
      var length = 0
      var position = 0
      while position < bytes.count {
        let rest = bytes.count - position
        let second = rest > 1 ? bytes[position + 1] : 0
        let third = rest > 2 ? bytes[position + 2] : 0
        let group = UInt32(bytes[position]) << 16 | UInt32(second) << 8 | UInt32(third)
        text[length] = alphabet[Int(group >> 18)]
        text[length + 1] = alphabet[Int(group >> 12 & 63)]
        text[length + 2] = rest > 1 ? alphabet[Int(group >> 6 & 63)] : padding
        text[length + 3] = rest > 2 ? alphabet[Int(group & 63)] : padding
        length += 4
        position += 3
      }
      return length
    }
  }

  /// The bytes of a text, read leniently: characters outside of the alphabet are passed over, and so is everything
  /// behind complete padding.
  ///
  /// - Throws: a `value` error when it is not ASCII or its end is missing.
  package static func decode(_ text: String) throws(RuntimeError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count / 4 * 3)
    var bits: UInt32 = 0
    var digits = 0
    var pads = 0
    var isComplete = false
    for byte in text.utf8 {
      if byte >= 0x80 { throw RuntimeError(.value, "\(quotedForError(.text(text))) is not base64: it is not ASCII") }
      if isComplete { continue }
      if byte == padding {
        pads += digits >= 2 ? 1 : 0
        isComplete = digits >= 2 && digits + pads >= 4
        continue
      }
      let digit = values[Int(byte)]
      if digit == noDigit { continue }
      pads = 0
      bits = bits << 6 | UInt32(digit)
      digits = (digits + 1) % 4
      if digits != 1 { bytes.append(UInt8(truncatingIfNeeded: bits >> unusedBits[digits])) }
    }
    if digits != 0, !isComplete {
      throw RuntimeError(.value, "\(quotedForError(.text(text))) is not base64: its end is missing", fault: .base64)
    }
    return bytes
  }

  private static let padding = UInt8(ascii: "=")
  private static let noDigit: UInt8 = 0xFF
  /// How many of the bits read so far belong to a later byte, by the number of digits in the group.
  private static let unusedBits: [UInt32] = [0, 6, 4, 2]

  private static let alphabet: [UInt8] = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: noDigit, count: 128)
    for (value, digit) in alphabet.enumerated() { values[Int(digit)] = UInt8(value) }
    return values
  }()
}
