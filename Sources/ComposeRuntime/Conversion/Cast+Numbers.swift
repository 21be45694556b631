extension Value {
  /// An integer: numbers lose their fraction, texts are read as decimal integers of any length.
  package func castInteger() throws(RuntimeError) -> Value {
    switch self {
    case .integer, .bigInteger: return self
    case .boolean(let value): return .integer(value ? 1 : 0)
    case .number(let number):
      guard number.isFinite else {
        throw RuntimeError(
          .value, "'\(floatText(number))' is not an integer", fault: number.isNaN ? .content : .overflow)
      }
      return DecimalInteger.value(truncating: number)
    case .text(let text):
      guard let digits = NumberText.integer(text) else { throw notConverted("an integer") }
      let count = digits.utf8.count - (digits.utf8.first == UInt8(ascii: "-") ? 1 : 0)
      guard count <= DecimalInteger.digitLimit else { throw tooLong }
      return DecimalInteger.value(of: digits)
    case .bytes(let bytes): return try Value.ascii(bytes, "an integer").castInteger()
    default: throw .wrongKind("\(kindName) is not an integer")
    }
  }

  /// A number; a text that is too large becomes an infinity, an integer that is too large is an error.
  package func castNumber() throws(RuntimeError) -> Double {
    switch self {
    case .number(let number): return number
    case .integer(let integer): return Double(integer)
    case .boolean(let value): return value ? 1 : 0
    case .bigInteger(let digits):
      guard let number = Double(digits), number.isFinite else {
        throw notConverted("small enough for a number").withFault(.overflow)
      }
      return number
    case .text(let text):
      guard let number = NumberText.number(text) else { throw notConverted("a number") }
      return number
    case .bytes(let bytes): return try Value.ascii(bytes, "a number").castNumber()
    default: throw .wrongKind("\(kindName) is not a number")
    }
  }

  private func notConverted(_ wanted: String) -> RuntimeError {
    RuntimeError(.value, "\(quotedForError(self)) is not \(wanted)")
  }

  private var tooLong: RuntimeError {
    RuntimeError(.value, "an integer may have at most \(DecimalInteger.digitLimit) digits")
  }

  private static func ascii(_ bytes: [UInt8], _ wanted: String) throws(RuntimeError) -> Value {
    guard bytes.allSatisfy({ $0 < 0x80 }) else { throw RuntimeError(.value, "the bytes are not \(wanted)") }
    return .text(String(decoding: bytes, as: UTF8.self))
  }
}
