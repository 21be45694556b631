/// How a text looks inside Base64 (RFC 4648, sections 4 and 5), such as in the credentials of `Authorization: Basic`.
enum Base64Forms {
  /// The characters that the text alone decides, for each of the three places where it may begin, in both alphabets.
  ///
  /// Of a short text they would be so few that they stand in other texts by chance: there are none then.
  static func of(_ text: String) -> Set<String> {
    let bytes = Array(text.utf8)
    guard bytes.count >= 8 else { return [] }
    var forms: Set<String> = []
    for offset in 0..<3 {
      let sextets = sextets(of: Array(repeating: 0, count: offset) + bytes)
      // The first ones hold bits of what stands before.
      let own = sextets.dropFirst(offset == 0 ? 0 : offset + 1)
      for signs in ["+/", "-_"] {
        let alphabet = letters + Array(signs.utf8)
        forms.insert(String(decoding: own.map { alphabet[$0] }, as: UTF8.self))
      }
    }
    return forms
  }

  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)

  /// The whole groups of six bits: one that reaches into what stands behind is left out.
  private static func sextets(of bytes: [UInt8]) -> [Int] {
    var sextets: [Int] = []
    var bits = 0
    var count = 0
    for byte in bytes {
      bits = (bits << 8 | Int(byte)) & 0xFFFF
      count += 8
      while count >= 6 {
        count -= 6
        sextets.append(bits >> count & 0x3F)
      }
    }
    return sextets
  }
}
