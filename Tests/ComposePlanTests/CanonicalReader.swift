/// Reads the part of CBOR (RFC 8949) that the canonical form uses, written from the standard alone.
struct CanonicalReader {
  private let bytes: [UInt8]
  private var index = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The value, or `nil` when the bytes are no single value.
  static func value(of bytes: [UInt8]) -> CanonicalValue? {
    var reader = CanonicalReader(bytes)
    guard let value = reader.value(), reader.index == bytes.count else { return nil }
    return value
  }

  private mutating func value() -> CanonicalValue? {
    guard let first = take(1)?.first else { return nil }
    if first >> 5 == 7 { return simple(first & 31) }
    guard let argument = argument(first & 31) else { return nil }
    switch first >> 5 {
    case 0: return Int(exactly: argument).map { .integer($0) } ?? big(argument, negative: false)
    case 1: return argument <= UInt64(Int.max) ? .integer(~Int(argument)) : big(argument, negative: true)
    case 2: return take(Int(argument)).map { .bytes($0) }
    case 3: return take(Int(argument)).map { .text($0) }
    case 4: return list(Int(argument)).map { .list($0) }
    case 5: return map(Int(argument)).map { .map($0) }
    default: return tagged(argument)
    }
  }

  private mutating func tagged(_ tag: UInt64) -> CanonicalValue? {
    guard let content = value() else { return nil }
    switch (tag, content) {
    case (2, .bytes(let magnitude)): return .bigInteger(negative: false, magnitude: magnitude)
    case (3, .bytes(let magnitude)): return .bigInteger(negative: true, magnitude: successor(magnitude))
    case (27, .list(let elements)):
      guard elements.count == 2, case .text(let name) = elements[0], case .map(let fields) = elements[1] else {
        return nil
      }
      return .union(name, fields)
    default: return nil
    }
  }

  private func big(_ argument: UInt64, negative: Bool) -> CanonicalValue {
    let magnitude = (0..<8).map { UInt8(truncatingIfNeeded: argument >> (56 - 8 * $0)) }
    return .bigInteger(negative: negative, magnitude: negative ? successor(magnitude) : magnitude)
  }

  private func successor(_ magnitude: [UInt8]) -> [UInt8] {
    var result = magnitude
    for index in result.indices.reversed() {
      result[index] &+= 1
      if result[index] != 0 { return result }
    }
    return [1] + result
  }

  private mutating func list(_ count: Int) -> [CanonicalValue]? {
    var elements: [CanonicalValue] = []
    for _ in 0..<count {
      guard let element = value() else { return nil }
      elements.append(element)
    }
    return elements
  }

  /// Keys must ascend, which also means that there are no two of the same.
  private mutating func map(_ count: Int) -> [[UInt8]: CanonicalValue]? {
    var entries: [[UInt8]: CanonicalValue] = [:]
    var last: ArraySlice<UInt8> = []
    for _ in 0..<count {
      let start = index
      guard case .text(let key) = value(), last.lexicographicallyPrecedes(bytes[start..<index]) else { return nil }
      last = bytes[start..<index]
      guard let value = value() else { return nil }
      entries[key] = value
    }
    return entries
  }

  private mutating func simple(_ kind: UInt8) -> CanonicalValue? {
    switch kind {
    case 20: return .boolean(false)
    case 21: return .boolean(true)
    case 22: return .null
    case 25:
      guard let bits = argument(25) else { return nil }
      return .number(double(half: UInt16(bits)).bitPattern)
    case 26: return argument(26).map { .number(Double(Float(bitPattern: UInt32($0))).bitPattern) }
    case 27: return argument(27).map { .number($0) }
    default: return nil
    }
  }

  /// As in appendix D of the standard.
  private func double(half: UInt16) -> Double {
    let exponent = Int(half >> 10) & 31
    let fraction = Double(half & 1023)
    let magnitude: Double =
      switch exponent {
      case 0: Double(sign: .plus, exponent: -24, significand: fraction)
      case 31: fraction == 0 ? .infinity : .nan
      default: Double(sign: .plus, exponent: exponent - 25, significand: fraction + 1024)
      }
    return half & 0x8000 == 0 ? magnitude : -magnitude
  }

  private mutating func argument(_ kind: UInt8) -> UInt64? {
    switch kind {
    case 0..<24: UInt64(kind)
    case 24...27: take(1 << (Int(kind) - 24))?.reduce(0) { $0 << 8 | UInt64($1) }
    default: nil
    }
  }

  private mutating func take(_ count: Int) -> [UInt8]? {
    guard count >= 0, bytes.count - index >= count else { return nil }
    defer { index += count }
    return Array(bytes[index..<index + count])
  }
}
