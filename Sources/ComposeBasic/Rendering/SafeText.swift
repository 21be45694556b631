/// The text with everything replaced that could command a terminal or hide what is written.
///
/// Control characters become their Unicode pictures (ESC becomes `␛`). Invisible and bidirectional format
/// characters become U+FFFD, so that a line cannot look like something else than it is.
package func safeText(_ text: String) -> String {
  if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
  var safe = String.UnicodeScalarView()
  for scalar in text.unicodeScalars { safe.append(safeScalar(scalar)) }
  return String(safe)
}

/// What stands on the terminal for one scalar.
private func safeScalar(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
  switch scalar.value {
  case 0x20..<0x7F: return scalar
  case 0..<0x20: return Unicode.Scalar(0x2400 + scalar.value) ?? replacement
  case 0x7F: return "\u{2421}"
  default: return isUnsafe(scalar) ? replacement : scalar
  }
}

private let replacement: Unicode.Scalar = "\u{FFFD}"

private func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .lineSeparator, .paragraphSeparator: true
  case .format:
    // Joiners and tag characters are parts of emoji and of several scripts.
    scalar.properties.isDefaultIgnorableCodePoint && !scalar.properties.isJoinControl
      && !(0xE0020...0xE007F).contains(scalar.value)
  default: false
  }
}
