/// A pattern for relative paths, as Python's `PurePosixPath.match` understands it: its parts are compared with the last
/// parts of a path, and `*`, `?`, `[abc]`, `[a-z]` and `[!abc]` stay within a part. A pattern without a slash is for
/// files directly in the folder; that is the reference's own rule.
struct GlobPattern: Sendable {
  private let parts: [[Token]]
  private let isAbsolute: Bool
  private let isNameOnly: Bool

  private enum Token: Hashable, Sendable {
    case character(Unicode.Scalar)
    case any
    case anyNumber
    case set([ClosedRange<Unicode.Scalar>], isInverted: Bool)
  }

  /// `nil` when there is nothing to compare in it, as in `.`.
  init?(_ pattern: String) {
    isAbsolute = pattern.utf8.first == UInt8(ascii: "/")
    isNameOnly = !pattern.drop { $0 == "/" }.contains("/")
    parts = pattern.split(separator: "/").filter { $0 != "." }.map { Self.tokens(Array($0.unicodeScalars)) }
    if parts.isEmpty { return nil }
  }

  /// - Parameter path: relative, without a slash at the end.
  func matches(_ path: String) -> Bool {
    let names = path.split(separator: "/").filter { $0 != "." }
    guard !isAbsolute, !isNameOnly || names.count == 1, parts.count <= names.count else { return false }
    return zip(parts.reversed(), names.reversed()).allSatisfy { Self.matches($0, Array($1.unicodeScalars)) }
  }

  private static func matches(_ tokens: [Token], _ name: [Unicode.Scalar]) -> Bool {
    var (token, position) = (0, 0)
    // Where to go on when nothing fits: behind the last `*`, with one more character for it.
    var (afterStar, retry): (Int?, Int) = (nil, 0)
    while position < name.count {
      if token < tokens.count, tokens[token] == .anyNumber {
        token += 1
        (afterStar, retry) = (token, position)
      } else if token < tokens.count, fits(tokens[token], name[position]) {
        token += 1
        position += 1
      } else if let afterStar {
        retry += 1
        (token, position) = (afterStar, retry)
      } else {
        return false
      }
    }
    return tokens[token...].allSatisfy { $0 == .anyNumber }
  }

  private static func fits(_ token: Token, _ character: Unicode.Scalar) -> Bool {
    switch token {
    case .character(let wanted): wanted == character
    case .any: true
    case .anyNumber: false
    case .set(let ranges, let isInverted): ranges.contains { $0.contains(character) } != isInverted
    }
  }

  private static func tokens(_ pattern: [Unicode.Scalar]) -> [Token] {
    var tokens: [Token] = []
    var position = 0
    while position < pattern.count {
      let character = pattern[position]
      position += 1
      switch character {
      case "*": if tokens.last != .anyNumber { tokens.append(.anyNumber) }
      case "?": tokens.append(.any)
      case "[":
        // A `]` directly behind the beginning is one of the characters.
        let start = position < pattern.count && pattern[position] == "!" ? position + 1 : position
        guard start < pattern.count, let end = pattern[(start + 1)...].firstIndex(of: "]") else {
          tokens.append(.character("["))
          continue
        }
        tokens.append(.set(ranges(Array(pattern[start..<end])), isInverted: start > position))
        position = end + 1
      default: tokens.append(.character(character))
      }
    }
    return tokens
  }

  /// A range that ends before it begins is none.
  private static func ranges(_ content: [Unicode.Scalar]) -> [ClosedRange<Unicode.Scalar>] {
    var ranges: [ClosedRange<Unicode.Scalar>] = []
    var position = 0
    while position < content.count {
      let first = content[position]
      guard position + 2 < content.count, content[position + 1] == "-" else {
        ranges.append(first...first)
        position += 1
        continue
      }
      let last = content[position + 2]
      if first <= last { ranges.append(first...last) }
      position += 3
    }
    return ranges
  }
}
