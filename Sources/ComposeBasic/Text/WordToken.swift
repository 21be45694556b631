/// The smallest piece of a text that ``WordDiff`` calls the same or different.
struct WordToken {
  enum Kind {
    /// Letters, digits and `_`; an apostrophe between letters and a point or comma between digits belong to it.
    case word
    /// A character of a script that puts no blanks between its words.
    case ideograph
    /// As many blanks and tabs as stand together.
    case blanks
    /// One line break, CR LF included.
    case lineBreak
    /// One of anything else.
    case mark
  }

  let kind: Kind
  /// In the UTF-8 bytes of the text.
  let range: Range<Int>
  /// In characters, as a person counts them.
  let length: Int

  /// Whether a person counts it as a word, as word processors do: every ideograph is one.
  var isWord: Bool { kind == .word || kind == .ideograph }
}

/// All of a text in tokens, without a gap.
func wordTokens(of text: String) -> [WordToken] {
  var tokens: [WordToken] = []
  var offset = 0
  /// The token that is being read.
  var open: (kind: WordToken.Kind, start: Int, length: Int)?
  func close() {
    if let open { tokens.append(WordToken(kind: open.kind, range: open.start..<offset, length: open.length)) }
    open = nil
  }
  var index = text.startIndex
  var previous: Character?
  while index < text.endIndex {
    let character = text[index]
    index = text.index(after: index)
    var kind = kind(of: character)
    if kind == .mark, open?.kind == .word, let previous, index < text.endIndex,
      joins(character, previous, text[index])
    {
      kind = .word
    }
    if let current = open, current.kind == kind, kind == .word || kind == .blanks {
      open = (kind, current.start, current.length + 1)
    } else {
      close()
      open = (kind, offset, 1)
    }
    offset += character.utf8.count
    previous = character
  }
  close()
  return tokens
}

private func kind(of character: Character) -> WordToken.Kind {
  if let ascii = character.asciiValue {
    return switch ascii {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): .word
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): .word
    case UInt8(ascii: " "), UInt8(ascii: "\t"): .blanks
    case 0x0A...0x0D: .lineBreak
    default: .mark
    }
  }
  if character.isNewline { return .lineBreak }
  if character.isWhitespace { return .blanks }
  guard let scalar = character.unicodeScalars.first else { return .mark }
  if scriptsWithoutBlanks.contains(where: { $0.contains(scalar.value) }) { return .ideograph }
  return character.isLetter || character.isNumber ? .word : .mark
}

/// Whether a mark is inside of a word, in the manner of Unicode Standard Annex 29, rules WB6 to WB12.
private func joins(_ mark: Character, _ before: Character, _ after: Character) -> Bool {
  switch mark {
  case "'", "\u{2019}": before.isLetter && after.isLetter
  case ".", ",": before.isNumber && after.isNumber
  default: false
  }
}

private let scriptsWithoutBlanks: [ClosedRange<UInt32>] = [
  0x0E01...0x0EFF,  // Thai, Lao
  0x1000...0x109F,  // Myanmar
  0x1780...0x17FF,  // Khmer
  0x2E80...0x2FDF,  // radicals
  0x3005...0x3007,  // ideographic iteration marks
  0x3041...0x30FF,  // kana
  0x31F0...0x31FF,  // kana extensions
  0x3400...0x4DBF,  // ideographs, extension A
  0x4E00...0x9FFF,  // ideographs
  0xF900...0xFAFF,  // compatibility ideographs
  0xFF66...0xFF9F,  // half-width kana
  0x1AFF0...0x1B16F,  // kana supplements
  0x20000...0x3FFFD,  // ideographic planes
]
