/// How many terminal columns a character takes: none, one or two.
///
/// Follows Unicode Standard Annex 11: East Asian `W` and `F` are two columns wide, as are emoji; marks take none.
/// A cluster of several scalars is as wide as its widest, as terminals that know clusters draw it.
package func displayWidth(of character: Character) -> Int {
  if let ascii = character.asciiValue { return ascii == 0x0D || ascii == 0x0A ? 0 : 1 }
  var widest = 0
  for scalar in character.unicodeScalars {
    // Asks for the colourful form of a symbol that is narrow by itself.
    if scalar == "\u{FE0F}" { return 2 }
    widest = max(widest, displayWidth(of: scalar))
  }
  return widest
}

/// The columns of a whole text without tabs.
package func displayWidth(of text: String) -> Int {
  // Most texts have nothing but visible ASCII, of which each byte takes one column.
  if text.utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) { return text.utf8.count }
  return text.reduce(0) { $0 + displayWidth(of: $1) }
}

private func displayWidth(of scalar: Unicode.Scalar) -> Int {
  let value = scalar.value
  if value < 0x300 { return 1 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format: return 0
  default: break
  }
  // Medial vowels and final consonants join the syllable before them.
  if (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value) { return 0 }
  if scalar.properties.isEmojiPresentation { return 2 }
  return isWide(value) ? 2 : 1
}

private func isWide(_ value: UInt32) -> Bool {
  guard value >= 0x1100 else { return false }
  return wideBlocks.contains { $0.contains(value) }
}

/// East Asian wide and full-width blocks; the emoji among them are known to the standard library.
private let wideBlocks: [ClosedRange<UInt32>] = [
  0x1100...0x115F,  // Hangul initial consonants
  0x2329...0x232A,  // angle brackets
  0x2E80...0x303E,  // CJK radicals and punctuation
  0x3041...0x3247,  // kana, Bopomofo, Hangul letters
  0x3250...0x4DBF,  // CJK symbols and extension A
  0x4E00...0xA4CF,  // CJK ideographs, Yi
  0xA960...0xA97F,  // Hangul extended A
  0xAC00...0xD7A3,  // Hangul syllables
  0xF900...0xFAFF,  // CJK compatibility ideographs
  0xFE10...0xFE19,  // vertical forms
  0xFE30...0xFE6F,  // CJK compatibility and small forms
  0xFF01...0xFF60,  // full-width forms
  0xFFE0...0xFFE6,  // full-width signs
  0x16FE0...0x18DFF,  // Tangut, Khitan
  0x1AFF0...0x1B2FF,  // kana supplements, Nushu
  0x1F1E6...0x1F1FF,  // regional indicators, which come in pairs
  0x1F200...0x1F265,  // enclosed ideographs
  0x20000...0x3FFFD,  // ideographic planes
]
