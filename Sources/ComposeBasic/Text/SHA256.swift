/// The hash function SHA-256, fed piece by piece (FIPS 180-4, sections 4.1.2, 5 and 6.2).
///
/// Written here because a cryptography package would bring a whole TLS library's code for one function.
/// It identifies content. It is not for secrets: nothing is done against an observer of its timing or memory.
package struct SHA256: Sendable {
  private static let blockSize = 64

  private var state = SIMD8<UInt32>(
    0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A,
    0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19)
  /// The beginning of a block that is not full yet.
  private var partial = InlineArray<64, UInt8>(repeating: 0)
  /// Bytes so far.
  private var count: UInt64 = 0

  /// Nothing has been fed yet.
  package init() {}

  /// Feeds bytes. How they are cut into calls makes no difference.
  package mutating func update(_ bytes: Span<UInt8>) {
    let filled = Int(count % UInt64(Self.blockSize))
    count += UInt64(bytes.count)
    var index = 0
    if filled > 0 {
      index = min(Self.blockSize - filled, bytes.count)
      for offset in 0..<index { partial[filled + offset] = bytes[offset] }
      guard filled + index == Self.blockSize else { return }
      compress(partial.span, from: 0, into: &state)
    }
    while bytes.count - index >= Self.blockSize {
      compress(bytes, from: index, into: &state)
      index += Self.blockSize
    }
    for offset in 0..<(bytes.count - index) { partial[offset] = bytes[index + offset] }
  }

  /// Feeds the UTF-8 bytes of a text.
  package mutating func update(_ text: String) { update(text.utf8.span) }

  /// The hash of everything that was fed. More may be fed afterwards.
  package func digest() -> Digest {
    var padded = self
    let filled = Int(count % UInt64(Self.blockSize))
    // A one bit, zeros up to eight bytes before the end of a block, and the number of bits (section 5.1.1).
    var padding = [UInt8](repeating: 0, count: filled < 56 ? 64 - filled : 128 - filled)
    padding[0] = 0x80
    let bits = count &* 8
    for byte in 0..<8 { padding[padding.count - 1 - byte] = UInt8(truncatingIfNeeded: bits >> UInt64(8 * byte)) }
    padded.update(padding.span)
    return Digest(words: padded.state)
  }

  /// The hash of some bytes at once.
  package static func digest(of bytes: Span<UInt8>) -> Digest {
    var hash = SHA256()
    hash.update(bytes)
    return hash.digest()
  }
}

extension SHA256 {
  /// The 32 bytes that come out.
  package struct Digest: Comparable, Hashable, Sendable {
    fileprivate let words: SIMD8<UInt32>

    fileprivate init(words: SIMD8<UInt32>) { self.words = words }

    /// - Parameter bytes: as they were given out by ``bytes``; there must be 32 of them, or it is `nil`.
    package init?(bytes: [UInt8]) {
      guard bytes.count == 32 else { return nil }
      var words = SIMD8<UInt32>()
      for (index, byte) in bytes.enumerated() { words[index / 4] = words[index / 4] << 8 | UInt32(byte) }
      self.words = words
    }

    /// The first byte first.
    package var bytes: [UInt8] {
      var bigEndian = words
      for index in bigEndian.indices { bigEndian[index] = words[index].bigEndian }
      return withUnsafeBytes(of: bigEndian) { Array($0) }
    }

    /// The order of their bytes.
    package static func < (left: Digest, right: Digest) -> Bool {
      for index in left.words.indices where left.words[index] != right.words[index] {
        return left.words[index] < right.words[index]
      }
      return false
    }

    /// 64 digits in lower case.
    package var hexadecimal: String {
      let digits = Array("0123456789abcdef".utf8)
      return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
  }
}

/// One block (section 6.2.2). The names of the variables and functions are those of the standard.
private func compress(_ bytes: Span<UInt8>, from start: Int, into state: inout SIMD8<UInt32>) {
  var schedule = InlineArray<64, UInt32>(repeating: 0)
  for index in 0..<16 {
    let place = start + 4 * index
    schedule[index] =
      UInt32(bytes[place]) << 24 | UInt32(bytes[place + 1]) << 16 | UInt32(bytes[place + 2]) << 8
      | UInt32(bytes[place + 3])
  }
  for index in 16..<64 {
    let (early, late) = (schedule[index - 15], schedule[index - 2])
    let sigma0 = rotated(early, 7) ^ rotated(early, 18) ^ (early &>> 3)
    let sigma1 = rotated(late, 17) ^ rotated(late, 19) ^ (late &>> 10)
    schedule[index] = sigma1 &+ schedule[index - 7] &+ sigma0 &+ schedule[index - 16]
  }
  var (a, b, c, d) = (state[0], state[1], state[2], state[3])
  var (e, f, g, h) = (state[4], state[5], state[6], state[7])
  for index in 0..<64 {
    let sum1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
    let choice = (e & f) ^ (~e & g)
    let first = h &+ sum1 &+ choice &+ roundConstants[index] &+ schedule[index]
    let sum0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
    let majority = (a & b) ^ (a & c) ^ (b & c)
    (h, g, f, e) = (g, f, e, d &+ first)
    (d, c, b, a) = (c, b, a, first &+ sum0 &+ majority)
  }
  state &+= SIMD8(a, b, c, d, e, f, g, h)
}

private func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 { word &>> count | word &<< (32 - count) }

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes (section 4.2.2).
private let roundConstants: InlineArray<64, UInt32> = [
  0x428A_2F98, 0x7137_4491, 0xB5C0_FBCF, 0xE9B5_DBA5, 0x3956_C25B, 0x59F1_11F1, 0x923F_82A4, 0xAB1C_5ED5,
  0xD807_AA98, 0x1283_5B01, 0x2431_85BE, 0x550C_7DC3, 0x72BE_5D74, 0x80DE_B1FE, 0x9BDC_06A7, 0xC19B_F174,
  0xE49B_69C1, 0xEFBE_4786, 0x0FC1_9DC6, 0x240C_A1CC, 0x2DE9_2C6F, 0x4A74_84AA, 0x5CB0_A9DC, 0x76F9_88DA,
  0x983E_5152, 0xA831_C66D, 0xB003_27C8, 0xBF59_7FC7, 0xC6E0_0BF3, 0xD5A7_9147, 0x06CA_6351, 0x1429_2967,
  0x27B7_0A85, 0x2E1B_2138, 0x4D2C_6DFC, 0x5338_0D13, 0x650A_7354, 0x766A_0ABB, 0x81C2_C92E, 0x9272_2C85,
  0xA2BF_E8A1, 0xA81A_664B, 0xC24B_8B70, 0xC76C_51A3, 0xD192_E819, 0xD699_0624, 0xF40E_3585, 0x106A_A070,
  0x19A4_C116, 0x1E37_6C08, 0x2748_774C, 0x34B0_BCB5, 0x391C_0CB3, 0x4ED8_AA4A, 0x5B9C_CA4F, 0x682E_6FF3,
  0x748F_82EE, 0x78A5_636F, 0x84C8_7814, 0x8CC7_0208, 0x90BE_FFFA, 0xA450_6CEB, 0xBEF9_A3F7, 0xC671_78F2,
]
