package import ComposeBasic

/// A value with one form in bytes, so that equal values have equal hashes.
package protocol CanonicallyWritable {
  /// Writes exactly one value.
  func write(into writer: inout CanonicalWriter)
}

/// Writes values as deterministic CBOR (RFC 8949, section 4.2.1), to be hashed.
///
/// CBOR, because its forms delimit themselves, so that different values cannot have the same bytes, because it tells
/// integers from numbers and has NaN and -0, which JSON (RFC 8785) does not, because text needs no escapes, and because
/// a standard with libraries in every language lets others compute our hashes. Text is taken as it is: nothing is
/// normalised. A case of a union is tag 27 (IANA: object with type name and arguments) around its name and its fields.
///
/// Each writing function writes one value. A hash is fed as the value is written; no large buffer comes to be.
package struct CanonicalWriter {
  private static let largestBuffer = 4096

  /// Where full buffers go; without it everything stays in the buffer.
  private var hash: SHA256?
  private var buffer: [UInt8] = []

  private init(hash: SHA256?) { self.hash = hash }

  /// The SHA-256 of what is written.
  package static func digest(_ write: (inout CanonicalWriter) -> Void) -> SHA256.Digest {
    var writer = CanonicalWriter(hash: SHA256())
    write(&writer)
    var hash = writer.hash ?? SHA256()
    hash.update(writer.buffer.span)
    return hash.digest()
  }

  /// The bytes that are hashed, for tests and for explanations.
  package static func bytes(_ write: (inout CanonicalWriter) -> Void) -> [UInt8] {
    var writer = CanonicalWriter(hash: nil)
    write(&writer)
    return writer.buffer
  }

  // MARK: Single values

  /// Writes that there is no value.
  package mutating func null() { append(0xF6) }

  /// Writes true or false.
  package mutating func boolean(_ value: Bool) { append(value ? 0xF5 : 0xF4) }

  /// Writes an integer, which differs from a number of the same value.
  package mutating func integer(_ value: Int) {
    if value >= 0 { head(.unsigned, UInt64(value)) } else { head(.negative, UInt64(~value)) }
  }

  /// Writes an integer of any size, the same as ``integer(_:)`` when it fits.
  ///
  /// - Parameter digits: decimal digits, after a sign if there is one. Any other text is written as text.
  package mutating func integer(digits: String) {
    if let value = Int(digits) { return integer(value) }
    guard var magnitude = BigMagnitude(digits) else { return text(digits) }
    // -1 - n is what CBOR has for the negative ones (section 3.4.3).
    let isNegative = digits.hasPrefix("-")
    if isNegative { magnitude.decrement() }
    if let value = magnitude.word { return head(isNegative ? .negative : .unsigned, value) }
    head(.tag, isNegative ? 3 : 2)
    bytes(magnitude.bytes)
  }

  /// Writes a number in the shortest of the three IEEE 754 forms that keeps its value; all NaN are the same.
  package mutating func number(_ value: Double) {
    if value.isNaN {
      append(0xF9)
      append(bigEndian: UInt16(0x7E00))
    } else if let half = halfPrecision(value) {
      append(0xF9)
      append(bigEndian: half)
    } else if Double(Float(value)) == value {
      append(0xFA)
      append(bigEndian: Float(value).bitPattern)
    } else {
      append(0xFB)
      append(bigEndian: value.bitPattern)
    }
  }

  /// Writes a text as its UTF-8 bytes.
  package mutating func text(_ value: String) {
    let bytes = value.utf8.span
    head(.text, UInt64(bytes.count))
    append(bytes)
  }

  /// Writes bytes.
  package mutating func bytes(_ value: [UInt8]) {
    head(.bytes, UInt64(value.count))
    append(value.span)
  }

  // MARK: Composed values

  /// Writes a list, in order.
  package mutating func list<Elements: Collection>(
    _ elements: Elements, _ write: (inout CanonicalWriter, Elements.Element) -> Void
  ) {
    head(.list, UInt64(elements.count))
    for element in elements { write(&self, element) }
  }

  /// Writes a map, whose order makes no difference.
  ///
  /// - Parameter entries: no two have the same key; if they do, their order makes a difference.
  package mutating func map<Value>(
    _ entries: some Collection<(key: String, value: Value)>, _ write: (inout CanonicalWriter, Value) -> Void
  ) {
    head(.map, UInt64(entries.count))
    for (key, value) in entries.sorted(by: { comesBefore($0.key, $1.key) }) {
      text(key)
      write(&self, value)
    }
  }

  /// Writes a case of a union, or a type with its fields.
  ///
  /// - Parameter fields: in any order. A field that is `nil` is left out: so a new field with `nil` for what was there
  ///   before changes no hash.
  package mutating func union(_ name: String, _ fields: KeyValuePairs<String, (any CanonicallyWritable)?> = [:]) {
    let present = fields.compactMap { field in field.value.map { (key: field.key, value: $0) } }
    union(name, members: present) { writer, value in value.write(into: &writer) }
  }

  /// Writes a case of a union whose fields are all there.
  package mutating func union<Value>(
    _ name: String, members: some Collection<(key: String, value: Value)>,
    _ write: (inout CanonicalWriter, Value) -> Void
  ) {
    head(.tag, 27)
    head(.list, 2)
    text(name)
    map(members, write)
  }

  // MARK: Bytes

  /// The major types (section 3.1), in the upper three bits of the first byte.
  private enum Major: UInt8 {
    case unsigned = 0x00
    case negative = 0x20
    case bytes = 0x40
    case text = 0x60
    case list = 0x80
    case map = 0xA0
    case tag = 0xC0
  }

  /// The first byte of a value and its argument in the shortest form.
  private mutating func head(_ major: Major, _ argument: UInt64) {
    switch argument {
    case 0..<24: append(major.rawValue | UInt8(argument))
    case 24...0xFF:
      append(major.rawValue | 24)
      append(UInt8(argument))
    case 0x100...0xFFFF:
      append(major.rawValue | 25)
      append(bigEndian: UInt16(argument))
    case 0x1_0000...0xFFFF_FFFF:
      append(major.rawValue | 26)
      append(bigEndian: UInt32(argument))
    default:
      append(major.rawValue | 27)
      append(bigEndian: argument)
    }
  }

  private mutating func append(bigEndian value: some FixedWidthInteger) {
    for byte in 1...value.bitWidth / 8 { append(UInt8(truncatingIfNeeded: value >> (value.bitWidth - 8 * byte))) }
  }

  private mutating func append(_ byte: UInt8) {
    buffer.append(byte)
    if buffer.count >= Self.largestBuffer { flush() }
  }

  private mutating func append(_ bytes: Span<UInt8>) {
    if hash != nil, bytes.count >= Self.largestBuffer {
      flush()
      hash?.update(bytes)
      return
    }
    for index in bytes.indices { buffer.append(bytes[index]) }
    if buffer.count >= Self.largestBuffer { flush() }
  }

  private mutating func flush() {
    guard hash != nil else { return }
    var full: [UInt8] = []
    swap(&full, &buffer)
    hash?.update(full.span)
    full.removeAll(keepingCapacity: true)
    buffer = full
  }
}

/// Keys stand in the order of their encoded bytes: the length comes first there.
private func comesBefore(_ left: String, _ right: String) -> Bool {
  let (leftCount, rightCount) = (left.utf8.count, right.utf8.count)
  return leftCount == rightCount ? left.utf8.lexicographicallyPrecedes(right.utf8) : leftCount < rightCount
}

/// The bits of a number as an IEEE 754 binary16, if that keeps its value. Not every platform has the type.
private func halfPrecision(_ value: Double) -> UInt16? {
  let sign: UInt16 = value.sign == .minus ? 0x8000 : 0
  if value == 0 { return sign }
  if value.isInfinite { return sign | 0x7C00 }
  let exponent = Int(value.exponent)
  guard (-24...15).contains(exponent) else { return nil }
  // Ten bits of fraction, and fewer below the smallest normal number.
  let digits = exponent >= -14 ? 10 : 24 + exponent
  let fraction = value.significandBitPattern
  guard fraction << UInt64(12 + digits) == 0 else { return nil }
  let kept = UInt16(truncatingIfNeeded: fraction >> UInt64(52 - digits))
  return exponent >= -14 ? sign | UInt16(exponent + 15) << 10 | kept : sign | 1 << UInt16(digits) | kept
}
