extension Value {
  /// The form in which a value is shown inside other text: Python's `repr` (language specification, section 5).
  ///
  /// It is not JSON, and every visible use of it deserves a warning. A stream has no useful form: `<stream>`, `<resource>`.
  package var debugForm: String {
    var text = ""
    appendDebugForm(to: &text)
    return text
  }

  /// A text as it is, and everything else in its debug form.
  package var displayText: String {
    if case .text(let text) = self { return text }
    return debugForm
  }

  /// What takes an expression's place inside a longer text: nothing for null.
  ///
  /// - Throws: a `value` error when there is a stream or a resource in it.
  package func interpolatedText() throws(RuntimeError) -> String {
    if isNull { return "" }
    if holdsSource {
      throw RuntimeError(.value, "\(kindName) cannot stand inside a text", diagnosticCode: "stream-misuse")
    }
    return displayText
  }

  /// Whether this is a stream, or a list or object with one inside.
  package var containsStream: Bool {
    switch self {
    case .stream: true
    case .list(let list): list.contains { $0.containsStream }
    case .object(let object): object.contains { $0.value.containsStream }
    default: false
    }
  }

  /// Whether this is a stream or a resource, or a list or object with one inside: something that has to be read.
  package var holdsSource: Bool {
    switch self {
    case .stream, .resource: true
    case .list(let list): list.contains { $0.holdsSource }
    case .object(let object): object.contains { $0.value.holdsSource }
    default: false
    }
  }

  private func appendDebugForm(to text: inout String) {
    switch self {
    case .null: text += "None"
    case .boolean(let value): text += value ? "True" : "False"
    case .integer(let value): text += String(value)
    case .bigInteger(let digits): text += digits
    case .number(let value): text += floatText(value)
    case .text(let value): appendQuoted(value, to: &text)
    case .bytes(let bytes): appendQuoted(bytes, to: &text)
    case .stream: text += "<stream>"
    case .resource: text += "<resource>"
    case .list(let list):
      text += "["
      for (position, element) in list.enumerated() {
        if position > 0 { text += ", " }
        element.appendDebugForm(to: &text)
      }
      text += "]"
    case .object(let object):
      text += "{"
      for (position, member) in object.enumerated() {
        if position > 0 { text += ", " }
        appendQuoted(member.key, to: &text)
        text += ": "
        member.value.appendDebugForm(to: &text)
      }
      text += "}"
    }
  }
}

private func appendQuoted(_ value: String, to text: inout String) {
  let quote = Unicode.Scalar(quote(for: value.utf8))
  text.unicodeScalars.append(quote)
  for scalar in value.unicodeScalars {
    switch scalar {
    case quote, "\\":
      text.unicodeScalars.append("\\")
      text.unicodeScalars.append(scalar)
    case "\n": text += "\\n"
    case "\r": text += "\\r"
    case "\t": text += "\\t"
    case " "..."~": text.unicodeScalars.append(scalar)
    default:
      if isPrintable(scalar) {
        text.unicodeScalars.append(scalar)
      } else if scalar.value < 0x100 {
        text += "\\x" + hexadecimal(scalar.value, width: 2)
      } else if scalar.value < 0x1_0000 {
        text += "\\u" + hexadecimal(scalar.value, width: 4)
      } else {
        text += "\\U" + hexadecimal(scalar.value, width: 8)
      }
    }
  }
  text.unicodeScalars.append(quote)
}

private func appendQuoted(_ bytes: [UInt8], to text: inout String) {
  let quote = quote(for: bytes)
  text += "b" + String(Unicode.Scalar(quote))
  for byte in bytes {
    switch byte {
    case quote, UInt8(ascii: "\\"): text += "\\" + String(Unicode.Scalar(byte))
    case UInt8(ascii: "\n"): text += "\\n"
    case UInt8(ascii: "\r"): text += "\\r"
    case UInt8(ascii: "\t"): text += "\\t"
    case 0x20..<0x7F: text.unicodeScalars.append(Unicode.Scalar(byte))
    default: text += "\\x" + hexadecimal(UInt32(byte), width: 2)
    }
  }
  text.unicodeScalars.append(Unicode.Scalar(quote))
}

/// A single quote, but a double one where that saves a backslash.
private func quote(for bytes: some Sequence<UInt8>) -> UInt8 {
  let hasSingle = bytes.contains(UInt8(ascii: "'"))
  let hasDouble = bytes.contains(UInt8(ascii: "\""))
  return hasSingle && !hasDouble ? UInt8(ascii: "\"") : UInt8(ascii: "'")
}

/// Python's `str.isprintable` for one character: neither a control, format or separator character nor unassigned.
private func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator, .spaceSeparator:
    scalar == " "
  default: true
  }
}

private func hexadecimal(_ number: UInt32, width: Int) -> String {
  let digits = String(number, radix: 16)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
