/// Reads the syntax of Python's `re` into a tree.
struct RegularExpressionParser {
  /// Flags that hold at one place: `(?aimsx)`.
  struct Flags {
    var ascii = false
    var ignoresCase = false
    var multiline = false
    var dotIsAny = false
    var verbose = false

    var folding: ScalarFolding { ignoresCase ? (ascii ? .ascii : .unicode) : .none }
  }

  private let scalars: [Unicode.Scalar]
  private(set) var position = 0
  private(set) var groupCount = 0
  var groupNames: [String: Int] = [:]
  var openGroups: Set<Int> = []
  /// Groups that `(?(1)…)` asks for, which may come later in the pattern.
  var conditionGroups: [Int] = []
  var depth = 0

  /// Patterns nest so deep and no deeper: each level takes room on the stack.
  private static let depthLimit = 60

  init(_ pattern: String) { scalars = Array(pattern.unicodeScalars) }

  mutating func parse(_ options: RegularExpressionOptions) throws(RegularExpressionError) -> RegularExpressionNode {
    var flags = Flags()
    flags.ignoresCase = options.contains(.ignoresCase)
    flags.dotIsAny = options.contains(.dotIsAny)
    flags.multiline = options.contains(.multiline)
    while let global = try globalFlags(flags) { flags = global }
    let node = try alternatives(flags)
    if position < scalars.count { throw RegularExpressionError("has a ')' without its '('") }
    guard conditionGroups.allSatisfy({ $0 <= groupCount }) else { throw RegularExpressionError("asks for no group") }
    return node
  }

  // MARK: Cursor

  var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  mutating func take() -> Unicode.Scalar? {
    guard position < scalars.count else { return nil }
    position += 1
    return scalars[position - 1]
  }

  mutating func take(_ text: StaticString) -> Bool {
    let expected = Array(text.description.unicodeScalars)
    guard scalars[position...].starts(with: expected) else { return false }
    position += expected.count
    return true
  }

  mutating func take(while condition: (Unicode.Scalar) -> Bool, atMost limit: Int = .max) -> String {
    var text = String.UnicodeScalarView()
    while let scalar = next, text.count < limit, condition(scalar) {
      text.append(scalar)
      position += 1
    }
    return String(text)
  }

  mutating func goBack(to position: Int) { self.position = position }

  mutating func newGroup(named name: String?) throws(RegularExpressionError) -> Int {
    groupCount += 1
    if let name {
      guard groupNames[name] == nil else { throw RegularExpressionError("names two groups '\(name)'") }
      groupNames[name] = groupCount
    }
    return groupCount
  }

  // MARK: Structure

  mutating func alternatives(_ flags: Flags) throws(RegularExpressionError) -> RegularExpressionNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw RegularExpressionError("nests too deep") }
    var branches = [try sequence(flags)]
    while take("|") { branches.append(try sequence(flags)) }
    return branches.count == 1 ? branches[0] : .alternatives(branches)
  }

  private mutating func sequence(_ flags: Flags) throws(RegularExpressionError) -> RegularExpressionNode {
    var nodes: [RegularExpressionNode] = []
    while true {
      if flags.verbose { skipBlanksAndComments() }
      guard let scalar = next, scalar != "|", scalar != ")" else { break }
      // A comment does not part what is before it from a repetition behind it.
      guard let node = try atom(flags) ?? nodes.popLast() else { continue }
      nodes.append(try repeated(node, flags))
    }
    return nodes.count == 1 ? nodes[0] : .sequence(nodes)
  }

  private mutating func skipBlanksAndComments() {
    while let scalar = next {
      if scalar == "#" {
        _ = take(while: { $0 != "\n" })
      } else if [" ", "\t", "\n", "\r", "\u{B}", "\u{C}"].contains(scalar) {
        position += 1
      } else {
        return
      }
    }
  }

  /// `nil` for a comment, which is nothing.
  private mutating func atom(_ flags: Flags) throws(RegularExpressionError) -> RegularExpressionNode? {
    let start = position
    guard let scalar = take() else { return nil }
    switch scalar {
    case ".": return .one(flags.dotIsAny ? .any : .anyButLineFeed)
    case "^": return .assertion(flags.multiline ? .lineStart : .start)
    case "$": return .assertion(flags.multiline ? .lineEnd : .endOrLastLineFeed)
    case "(": return try group(flags)
    case "[": return .one(.set(try set(flags)))
    case "\\": return try escape(flags)
    case "*", "+", "?": throw RegularExpressionError("repeats nothing with '\(scalar)'")
    case "{":
      goBack(to: start)
      if try repetition() != nil { throw RegularExpressionError("repeats nothing with '{'") }
      goBack(to: start + 1)
      return .one(.literal(scalar, flags.folding))
    default: return .one(.literal(scalar, flags.folding))
    }
  }

  // MARK: Repetition

  private mutating func repeated(
    _ node: RegularExpressionNode, _ flags: Flags
  ) throws(RegularExpressionError) -> RegularExpressionNode {
    if flags.verbose { skipBlanksAndComments() }
    guard let repetition = try repetition() else { return node }
    switch node {
    case .assertion: throw RegularExpressionError("repeats a place, which has no length")
    case .repeated: throw RegularExpressionError("repeats a repetition")
    default: break
    }
    if flags.verbose { skipBlanksAndComments() }
    let end = position
    if try self.repetition() != nil { throw RegularExpressionError("repeats a repetition") }
    goBack(to: end)
    return .repeated(node, repetition)
  }

  /// `*`, `+`, `?`, `{2}`, `{2,}`, `{,3}` or `{2,3}`, then `?` or `+`; `nil` when none of them stands here.
  private mutating func repetition() throws(RegularExpressionError) -> RegularExpressionRepetition? {
    let start = position
    let bounds: (least: Int, most: Int?)
    switch take() {
    case "*"?: bounds = (0, nil)
    case "+"?: bounds = (1, nil)
    case "?"?: bounds = (0, 1)
    case "{"?:
      let least = take(while: { ("0"..."9").contains($0) })
      let hasComma = take(",")
      let most = hasComma ? take(while: { ("0"..."9").contains($0) }) : least
      guard take("}"), hasComma || !least.isEmpty else {
        goBack(to: start)
        return nil
      }
      bounds = (try number(least) ?? 0, try number(most))
    default:
      goBack(to: start)
      return nil
    }
    if let most = bounds.most, most < bounds.least {
      throw RegularExpressionError("repeats at least more than at most")
    }
    let mode: RegularExpressionRepetition.Mode = take("?") ? .lazy : take("+") ? .possessive : .greedy
    return RegularExpressionRepetition(least: bounds.least, most: bounds.most, mode: mode)
  }

  private func number(_ digits: String) throws(RegularExpressionError) -> Int? {
    if digits.isEmpty { return nil }
    guard let number = Int(digits), number < RegularExpressionNode.unbounded - 1 else {
      throw RegularExpressionError("repeats too often")
    }
    return number
  }
}
