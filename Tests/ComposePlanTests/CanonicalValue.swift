import ComposePlan

/// Anything that ``CanonicalWriter`` writes, to be made at random and to be read back.
indirect enum CanonicalValue: Hashable {
  case null
  case boolean(Bool)
  case integer(Int)
  case bigInteger(negative: Bool, magnitude: [UInt8])
  /// The bits, because NaN is not equal to itself and -0 is equal to 0.
  case number(UInt64)
  case text([UInt8])
  case bytes([UInt8])
  case list([CanonicalValue])
  case map([[UInt8]: CanonicalValue])
  case union([UInt8], [[UInt8]: CanonicalValue])

  /// Puts the entries of a map in an order.
  typealias Order = ([(key: String, value: CanonicalValue)]) -> [(key: String, value: CanonicalValue)]

  init(_ text: String) { self = .text(Array(text.utf8)) }

  func write(
    into writer: inout CanonicalWriter,
    shuffled: @escaping Order
  ) {
    switch self {
    case .null: writer.null()
    case .boolean(let value): writer.boolean(value)
    case .integer(let value): writer.integer(value)
    case .bigInteger(let isNegative, let magnitude):
      writer.integer(digits: (isNegative ? "-" : "") + decimal(magnitude))
    case .number(let bits): writer.number(Double(bitPattern: bits))
    case .text(let bytes): writer.text(String(decoding: bytes, as: UTF8.self))
    case .bytes(let bytes): writer.bytes(bytes)
    case .list(let elements): writer.list(elements) { $1.write(into: &$0, shuffled: shuffled) }
    case .map(let entries):
      writer.map(shuffled(named(entries))) { $1.write(into: &$0, shuffled: shuffled) }
    case .union(let name, let fields):
      // A union's fields are written in the source; two are enough here.
      let fields = shuffled(named(fields)).map { (key: $0.key, value: Written(value: $0.value, shuffled: shuffled)) }
      let name = String(decoding: name, as: UTF8.self)
      switch fields.count {
      case 0: writer.union(name)
      case 1: writer.union(name, [fields[0].key: fields[0].value, "absent": nil])
      default: writer.union(name, [fields[0].key: fields[0].value, fields[1].key: fields[1].value])
      }
    }
  }

  private func named(_ entries: [[UInt8]: CanonicalValue]) -> [(key: String, value: CanonicalValue)] {
    entries.map { (key: String(decoding: $0.key, as: UTF8.self), value: $0.value) }
  }

  /// The digits of a number of which the highest byte comes first.
  private func decimal(_ magnitude: [UInt8]) -> String {
    var digits = [0]
    for byte in magnitude {
      var carry = Int(byte)
      for index in digits.indices {
        carry += digits[index] * 256
        digits[index] = carry % 10
        carry /= 10
      }
      while carry > 0 {
        digits.append(carry % 10)
        carry /= 10
      }
    }
    return digits.reversed().map(String.init).joined()
  }
}

/// A value as a field of a union.
private struct Written: CanonicallyWritable {
  let value: CanonicalValue
  let shuffled: CanonicalValue.Order

  func write(into writer: inout CanonicalWriter) { value.write(into: &writer, shuffled: shuffled) }
}
