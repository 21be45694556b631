/// The role of a piece of output; the colours are chosen in one place.
enum Style {
  case plain
  case error
  case warning
  case note
  case message
  case gutter
  case removed
  case added

  init(_ severity: Severity) {
    switch severity {
    case .error: self = .error
    case .warning: self = .warning
    case .note: self = .note
    }
  }

  /// The parameters of the ANSI sequence "select graphic rendition" (ECMA-48, 8.3.117).
  fileprivate var parameters: String {
    switch self {
    case .plain: ""
    case .error: "1;31"
    case .warning: "1;33"
    case .note: "1;36"
    case .message: "1"
    case .gutter: "2"
    case .removed: "31"
    case .added: "32"
    }
  }
}

/// One line of output, in pieces that know their role.
struct StyledLine {
  private var pieces: [(text: String, style: Style)] = []

  init() {}

  init(_ text: String, _ style: Style) { append(text, style) }

  mutating func append(_ text: String, _ style: Style) {
    if text.isEmpty { return }
    if let last = pieces.last, last.style == style {
      pieces[pieces.count - 1].text += text
    } else {
      pieces.append((text, style))
    }
  }

  mutating func append(contentsOf other: StyledLine) {
    for piece in other.pieces { append(piece.text, piece.style) }
  }

  /// Writes the line and a line feed, without blanks before it.
  func write(color: Bool, to output: inout String) {
    var pieces = pieces[...]
    while let last = pieces.last {
      let trimmed = withoutTrailingBlanks(last.text)
      if trimmed.isEmpty {
        pieces.removeLast()
      } else {
        pieces[pieces.endIndex - 1].text = trimmed
        break
      }
    }
    for piece in pieces {
      if color, piece.style.parameters != "", !piece.text.utf8.allSatisfy({ $0 == UInt8(ascii: " ") }) {
        output += "\u{1B}[\(piece.style.parameters)m\(piece.text)\u{1B}[0m"
      } else {
        output += piece.text
      }
    }
    output += "\n"
  }

  private func withoutTrailingBlanks(_ text: String) -> String {
    guard let last = text.lastIndex(where: { $0 != " " && $0 != "\u{3000}" && $0 != "\u{A0}" }) else { return "" }
    return String(text[...last])
  }
}

/// As many blanks as the count; none when it is negative.
func blanks(_ count: Int) -> String { repeated(" ", count) }

/// A run of one character; empty when the count is negative.
func repeated(_ character: Character, _ count: Int) -> String {
  String(repeating: character, count: max(0, count))
}
