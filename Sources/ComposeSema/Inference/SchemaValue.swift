package import ComposeBasic

/// A value in a schema. The language's stages have no values of their own, so what is not a scalar stays JSON text.
package enum SchemaValue: Hashable, Sendable {
  case text(String)
  /// Decimal digits with an optional `-`, of any length.
  case integer(String)
  /// A finite number.
  case number(Double)
  case boolean(Bool)
  /// JSON (RFC 8259) without white space.
  case json(String)

  /// What a conversion makes of a text; a text that it refuses stays as it is.
  package init(_ text: String, type: String, isList: Bool) {
    let value: SchemaValue? =
      switch type {
      case _ where isList, "list", "object", "json": SchemaValue(json: text)
      case "integer": SchemaValue(integer: text)
      case "number", "slider": SchemaValue(number: text)
      case "boolean": .boolean(["true", "1"].contains(text.lowercased()))
      default: nil
      }
    self = value ?? .text(text)
  }

  /// The value of a number, which is rounded when it has more digits than a `Double`; nil for anything else.
  package var numericValue: Double? {
    switch self {
    case .integer(let digits): Double(digits)
    case .number(let number): number
    case .text, .boolean, .json: nil
    }
  }

  /// Reads an integer as the reference does: white space around it, one sign, `_` between digits, digits of any script.
  init?(integer text: String) {
    var digits = Substring(text.trimmingBlanks)
    let isNegative = digits.first == "-"
    if isNegative || digits.first == "+" { digits.removeFirst() }
    guard !digits.isEmpty, !digits.hasPrefix("_"), !digits.hasSuffix("_"), !digits.contains("__") else { return nil }
    var plain = ""
    for scalar in digits.unicodeScalars where scalar != "_" {
      let properties = scalar.properties
      guard properties.generalCategory == .decimalNumber, let value = properties.numericValue else { return nil }
      if !plain.isEmpty || value != 0 { plain += String(Int(value)) }
    }
    self = .integer(plain.isEmpty ? "0" : isNegative ? "-" + plain : plain)
  }

  /// Reads a number as the reference does. The infinities and NaN have no JSON and are refused.
  init?(number text: String) {
    let trimmed = text.trimmingBlanks
    guard trimmed.isPythonFloat else { return nil }
    var plain = trimmed.filter { $0 != "_" }
    if plain.hasSuffix(".") { plain += "0" }
    guard let value = Double(plain), value.isFinite else { return nil }
    self = .number(value)
  }

  /// Reads JSON and takes the white space out of it.
  init?(json text: String) {
    guard jsonKind(of: text) != nil else { return nil }
    var bytes: [UInt8] = []
    var isInString = false
    var isEscaped = false
    for byte in text.utf8 {
      if isInString {
        if !isEscaped, byte == UInt8(ascii: "\"") { isInString = false }
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
      } else {
        switch byte {
        case 0x20, 0x09, 0x0A, 0x0D: continue
        // `NaN` and `Infinity`: the reference reads them, but JSON has no such values.
        case UInt8(ascii: "N"), UInt8(ascii: "I"): return nil
        case UInt8(ascii: "\""): isInString = true
        default: break
        }
      }
      bytes.append(byte)
    }
    self = .json(String(decoding: bytes, as: UTF8.self))
  }
}

extension JSONWriter {
  /// Appends a value of a schema.
  package mutating func value(_ value: SchemaValue) {
    switch value {
    case .text(let text): string(text)
    case .integer(let digits): raw(digits)
    case .number(let number): raw(number.description)
    case .boolean(let flag): boolean(flag)
    case .json(let text): raw(text)
    }
  }

  /// An array of values as a member; nothing when there are none.
  package mutating func values(_ name: String, _ values: [SchemaValue]) {
    guard !values.isEmpty else { return }
    array(name) { json in
      for value in values { json.value(value) }
    }
  }
}
