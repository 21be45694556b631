import ComposeBasic

/// Text as pictures show it: on one line, and with nothing in it that could hide or turn round what is written.
func pictureText(_ text: String) -> String {
  let words = text.split { $0 == " " || $0 == "\t" || $0.isNewline }
  return safeText(words.joined(separator: " "))
}

/// How much space text takes in the font of the reader's system, which no one knows here.
///
/// The widths are those of DejaVu Sans rounded up, the widest of the usual fonts, so that text fits its box with
/// Segoe UI, San Francisco, Roboto and Helvetica as well.
struct TextMetrics {
  /// The height of letters in pixels.
  let size: Int
  /// Bold letters are wider.
  var isBold = false

  static let heading = TextMetrics(size: 17, isBold: true)
  static let title = TextMetrics(size: 14, isBold: true)
  static let line = TextMetrics(size: 12)
  static let label = TextMetrics(size: 11)

  /// In pixels, rounded up.
  func width(of text: String) -> Int {
    let units = text.reduce(0) { $0 + Self.units(of: $1) }
    let scaled = units * size * (isBold ? 110 : 100)
    return (scaled + 99_999) / 100_000
  }

  /// The text, or its beginning and an ellipsis when it is wider.
  func shortened(_ text: String, to limit: Int) -> String {
    if width(of: text) <= limit { return text }
    var kept = ""
    var rest = limit - width(of: "…")
    for character in text {
      rest -= width(of: String(character))
      if rest < 0 { break }
      kept.append(character)
    }
    return kept + "…"
  }

  /// Thousandths of the height of letters.
  private static func units(of character: Character) -> Int {
    guard let value = character.asciiValue else {
      switch displayWidth(of: character) {
      case 0: return 0
      case 1: return 680
      default: return 1060
      }
    }
    switch Unicode.Scalar(value) {
    case "i", "j", "l", "'", "|": return 300
    case " ", ".", ",", ":", ";", "I", "/", "\\", "!": return 350
    case "f", "t", "r", "(", ")", "[", "]", "-", "\"": return 430
    case "a"..."z", "{", "}", "*", "_", "`", "?": return value == UInt8(ascii: "m") ? 980 : wide(value) ? 830 : 640
    case "M", "W", "@", "%", "&": return 1000
    case "A"..."Z": return 750
    case "+", "<", "=", ">", "#", "~", "^": return 850
    default: return 650
    }
  }

  private static func wide(_ value: UInt8) -> Bool { value == UInt8(ascii: "w") }
}
