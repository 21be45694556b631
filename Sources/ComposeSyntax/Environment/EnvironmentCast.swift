/// The conversion that `as TYPE` asks for in an environment reference.
enum EnvironmentCast: String, CaseIterable {
  case integer
  case number
  case boolean
  case string

  /// The normalized text, or `nil` when the value does not fit. The forms are those of the reference's `int()`,
  /// `float()` and `repr()`.
  func apply(_ value: String) -> String? {
    switch self {
    case .integer: Self.integerText(value.trimmedASCII)
    case .number: Self.numberText(value.trimmedASCII)
    case .boolean: Self.booleanText(value.lowercased())
    case .string: value
    }
  }

  /// The value as a phrase for messages.
  var phrase: String {
    switch self {
    case .integer: "an integer"
    case .number: "a number"
    case .boolean: "a boolean"
    case .string: "a text"
    }
  }

  /// The cast that the writer of another name most likely wanted.
  static func meant(by name: String) -> EnvironmentCast? {
    switch name.lowercased() {
    case "int", "long", "int32", "int64": .integer
    case "float", "double", "decimal", "num": .number
    case "bool": .boolean
    case "str", "text", "markdown": .string
    case let name: EnvironmentCast(rawValue: name)
    }
  }

  private static func booleanText(_ value: String) -> String? {
    switch value {
    case "true", "1": "true"
    case "false", "0": "false"
    default: nil
    }
  }

  private static func integerText(_ value: String) -> String? {
    var digits = Array(value.utf8)
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
    guard let clean = withoutUnderscores(digits), !clean.isEmpty, clean.allSatisfy(\.isDecimalDigit) else { return nil }
    let significant = clean.drop { $0 == UInt8(ascii: "0") }
    if significant.isEmpty { return "0" }
    return (isNegative ? "-" : "") + String(decoding: significant, as: UTF8.self)
  }

  private static func numberText(_ value: String) -> String? {
    guard let clean = withoutUnderscores(Array(value.utf8)), let first = clean.first else { return nil }
    let text = String(decoding: clean, as: UTF8.self).lowercased()
    let unsigned = first == UInt8(ascii: "-") || first == UInt8(ascii: "+") ? String(text.dropFirst()) : text
    switch unsigned {
    case "inf", "infinity": return first == UInt8(ascii: "-") ? "-inf" : "inf"
    case "nan": return "nan"
    default: break
    }
    // Swift also reads hexadecimal numbers, the reference does not.
    guard unsigned.utf8.allSatisfy({ $0.isDecimalDigit || ".e+-".utf8.contains($0) }) else { return nil }
    return Double(text)?.description
  }

  /// Underscores may stand between two digits only.
  private static func withoutUnderscores(_ bytes: [UInt8]) -> [UInt8]? {
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "_") {
      guard index > 0, index + 1 < bytes.count, bytes[index - 1].isDecimalDigit, bytes[index + 1].isDecimalDigit else {
        return nil
      }
    }
    return bytes.filter { $0 != UInt8(ascii: "_") }
  }
}

extension UInt8 {
  var isDecimalDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
}

extension String {
  fileprivate var trimmedASCII: String {
    let isBlank = { (byte: UInt8) in (0x09...0x0D).contains(byte) || byte == 0x20 }
    var bytes = Array(utf8)[...]
    while let first = bytes.first, isBlank(first) { bytes.removeFirst() }
    while let last = bytes.last, isBlank(last) { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
