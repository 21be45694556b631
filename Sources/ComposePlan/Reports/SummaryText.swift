/// Words and code beside each other: a line of a summary.
struct SummaryText: ExpressibleByStringInterpolation {
  enum Piece {
    case words(String)
    /// A name or an expression of the file.
    case code(String)
  }

  struct StringInterpolation: StringInterpolationProtocol {
    var pieces: [Piece] = []

    init(literalCapacity: Int, interpolationCount: Int) {}

    mutating func appendLiteral(_ literal: String) { if !literal.isEmpty { pieces.append(.words(literal)) } }

    mutating func appendInterpolation(code: String) { pieces.append(.code(code)) }

    mutating func appendInterpolation(_ words: String) { pieces.append(.words(words)) }

    mutating func appendInterpolation(_ number: Int) { pieces.append(.words(String(number))) }

    mutating func appendInterpolation(_ text: SummaryText) { pieces += text.pieces }
  }

  var pieces: [Piece]

  init(stringLiteral value: String) { pieces = value.isEmpty ? [] : [.words(value)] }

  init(stringInterpolation: StringInterpolation) { pieces = stringInterpolation.pieces }

  init(_ pieces: [Piece] = []) { self.pieces = pieces }

  var isEmpty: Bool { pieces.isEmpty }

  var text: String {
    pieces.map { piece in
      switch piece {
      case .words(let text), .code(let text): text
      }
    }.joined().oneLine
  }

  /// With the code between backticks (CommonMark 0.31, section 6.1).
  var markdown: String {
    pieces.map { piece in
      switch piece {
      case .words(let text): text.markdownEscaped
      case .code(let text): text.oneLine.markdownCode
      }
    }.joined().oneLine
  }

  /// The texts with a separator between each two; beyond the limit only how many there are.
  static func joined(_ texts: [SummaryText], separator: String = ", ", limit: Int = 6) -> SummaryText {
    var pieces: [Piece] = []
    for (index, text) in texts.prefix(limit).enumerated() {
      if index > 0 { pieces.append(.words(separator)) }
      pieces += text.pieces
    }
    if texts.count > limit { pieces.append(.words(" and \(texts.count - limit) more")) }
    return SummaryText(pieces)
  }
}

extension String {
  fileprivate var oneLine: String {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars { result.append(scalar.value < 0x20 || scalar.value == 0x7F ? " " : scalar) }
    return String(result)
  }

  fileprivate var markdownEscaped: String {
    var result = ""
    for character in self {
      if "\\`*_[]<>|#".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }

  fileprivate var markdownCode: String {
    var longest = 0
    var run = 0
    for character in self {
      run = character == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    let pad = hasPrefix("`") || hasSuffix("`") ? " " : ""
    return fence + pad + self + pad + fence
  }
}
