import ComposeRuntime

/// What a model is shown of a tool's result, as the reference writes it: texts as they are, objects and lists as the
/// JSON of Python's `json.dumps` (blanks after `,` and `:`, nothing but printable ASCII), anything else as Python shows
/// it.
///
/// - Returns: `nil` when there are bytes or a resource in it.
func toolResultText(_ value: Value) -> String? {
  guard value.isText else { return nil }
  switch value {
  case .list, .object: return escapingUnprintable(value.jsonText)
  default: return value.displayText
  }
}

/// The JSON text with each UTF-16 unit that is not printable ASCII as `\uXXXX`; there are such only inside strings.
private func escapingUnprintable(_ json: String) -> String {
  if json.utf8.allSatisfy({ $0 < 0x7F }) { return json }
  var text = ""
  for unit in json.utf16 {
    if unit < 0x7F {
      text.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
    } else {
      let digits = String(unit, radix: 16)
      text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
  }
  return text
}

extension Value {
  /// Whether all of it can be written.
  fileprivate var isText: Bool {
    switch self {
    case .bytes, .stream, .resource: false
    case .list(let items): items.allSatisfy(\.isText)
    case .object(let object): object.allSatisfy { $0.value.isText }
    case .null, .boolean, .integer, .bigInteger, .number, .text: true
    }
  }
}
