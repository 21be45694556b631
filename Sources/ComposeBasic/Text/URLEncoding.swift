/// Percent-encoding (RFC 3986, section 2.1).
package enum URLEncoding {
  /// RFC 3986, section 2.3.
  package static let unreserved = ByteSet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
  /// What may stand in an address as it is (RFC 3986, section 2), the percent sign of an escape included.
  package static let address = unreserved.union(":/?#[]@!$&'()*+,;=%".utf8)

  /// The text with every other byte as `%XX`.
  package static func encode(_ text: String, keeping kept: ByteSet) -> String {
    // Most texts are what they were, and every request has one.
    if text.utf8.allSatisfy(kept.contains) { return text }
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if kept.contains(byte) {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension String {
  /// The same with `%2b` for `%2B`, as some write it.
  var lowercasingEscapes: String {
    var bytes = Array(utf8)
    var index = 0
    while index + 2 < bytes.count {
      guard bytes[index] == UInt8(ascii: "%") else {
        index += 1
        continue
      }
      for digit in index + 1...index + 2 where (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(bytes[digit]) {
        bytes[digit] |= 0x20
      }
      index += 3
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
