/// The text as character data of XML 1.0; characters that XML cannot hold (2.2) are left out.
package func xmlText(_ text: String) -> String {
  var escaped = ""
  for scalar in text.unicodeScalars { appendXML(scalar, isAttribute: false, to: &escaped) }
  return escaped
}

/// The text as an attribute's value of XML 1.0 with its quotes.
package func xmlAttribute(_ text: String) -> String {
  var escaped = "\""
  for scalar in text.unicodeScalars { appendXML(scalar, isAttribute: true, to: &escaped) }
  return escaped + "\""
}

private func appendXML(_ scalar: Unicode.Scalar, isAttribute: Bool, to text: inout String) {
  switch scalar {
  case "&": text += "&amp;"
  case "<": text += "&lt;"
  // Needed in `]]>` only, and harmless elsewhere.
  case ">": text += "&gt;"
  case "\"" where isAttribute: text += "&quot;"
  // A reader would turn these into a blank, or a line feed (2.11, 3.3.3).
  case "\t" where isAttribute: text += "&#9;"
  case "\n" where isAttribute: text += "&#10;"
  case "\r": text += "&#13;"
  case "\t", "\n", "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
    text.unicodeScalars.append(scalar)
  default: break
  }
}
