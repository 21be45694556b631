/// A set of bytes, a bit for each: looking one up costs next to nothing, which counts where every byte of a text is.
package struct ByteSet: Sendable {
  /// Four times 64 bits, the lowest bytes first.
  private var bits: SIMD4<UInt64> = .zero

  package init(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { bits[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }
  }

  package func contains(_ byte: UInt8) -> Bool { bits[Int(byte >> 6)] >> UInt64(byte & 63) & 1 == 1 }

  package func union(_ bytes: some Sequence<UInt8>) -> ByteSet {
    var union = self
    union.bits |= ByteSet(bytes).bits
    return union
  }

  package func subtracting(_ bytes: some Sequence<UInt8>) -> ByteSet {
    var rest = self
    rest.bits &= ~ByteSet(bytes).bits
    return rest
  }
}
