import ComposeBasic

/// The value of a header that has parameters, such as `form-data; name="a"` (RFC 9110, section 5.6.6).
struct HeaderParameters: Sendable {
  /// Before the first semicolon, as it is written.
  let value: String
  /// By their names in lower case; the first of several with one name.
  private var parameters: [String: String] = [:]

  /// `nil` when a parameter is malformed.
  init?(_ text: String) {
    var rest = Substring(text)
    value = String(rest.prefix { $0 != ";" }).trimmingBlanks
    rest = rest.drop { $0 != ";" }
    while rest.first == ";" {
      rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
      // A semicolon at the end, or two in a row, is harmless.
      if rest.isEmpty || rest.first == ";" { continue }
      let name = String(rest.prefix { $0 != "=" && $0 != ";" }).trimmingBlanks.lowercased()
      rest = rest.drop { $0 != "=" && $0 != ";" }
      guard rest.first == "=", !name.isEmpty else { return nil }
      rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
      guard let text = Self.takeValue(from: &rest) else { return nil }
      if parameters[name] == nil { parameters[name] = text }
    }
    if !rest.isEmpty { return nil }
  }

  subscript(name: String) -> String? { parameters[name] }

  /// Takes a token or a quoted text, with the blanks behind it; `nil` when a quote is never closed.
  private static func takeValue(from rest: inout Substring) -> String? {
    guard rest.first == "\"" else {
      let token = rest.prefix { $0 != ";" }
      rest = rest[token.endIndex...]
      return String(token).trimmingBlanks
    }
    rest = rest.dropFirst()
    var text = ""
    while let character = rest.popFirst() {
      switch character {
      case "\"":
        rest = rest.drop { $0 == " " || $0 == "\t" }
        return text
      case "\\":
        // Old browsers write the paths of Windows with single backslashes.
        if let next = rest.first, next == "\"" || next == "\\" {
          text.append(rest.removeFirst())
        } else {
          text.append(character)
        }
      default: text.append(character)
      }
    }
    return nil
  }
}
