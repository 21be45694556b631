import ComposeBasic

/// Which `$<` a `>` closes, by their places in the text.
struct AngleBrackets {
  /// Where the expression at hand closes when it is written with angle brackets.
  var end: Int?
  /// The closing bracket of each opening one; `nil` before it was looked for.
  fileprivate(set) var pairs: [Int: Int]?
  /// Opening brackets around text that is no expression.
  fileprivate(set) var plain: Set<Int> = []

  /// Roots that may follow `$<`. Everything else is ordinary text, such as a variable of a shell.
  private static let roots: Set<String> = [
    "accumulator", "body", "context", "error", "gateway", "index", "input", "item", "iteration", "job", "jobs",
    "messages", "output", "query", "response", "result", "step", "tools",
  ]

  /// Whether a name is a root of the language.
  static func isRoot(_ name: String) -> Bool { roots.contains(name) }
}

/// `$<…>`, the second spelling of `${…}`.
extension ExpressionParser {
  /// Reads the expression at `$<`, or steps over the `$` when there is none.
  mutating func parseAngles(_ state: inout TextState, level: Int) {
    let start = cursor.position
    guard level < Self.levelLimit, !angles.plain.contains(start), let end = endOfAngles(from: start) else {
      cursor.position += 1
      return
    }
    let counts = (findings: findings.count, readings: readings.count, span: nextSpan)
    let outer = angles.end
    // The grammar is that of braces. For the time of reading, the brackets are ones.
    let saved = (cursor.bytes[start + 1], cursor.bytes[end])
    cursor.bytes[start + 1] = UInt8(ascii: "{")
    cursor.bytes[end] = UInt8(ascii: "}")
    angles.end = end
    let expression = try? parseExpression(level: level + 1, spelling: .angles)
    angles.end = outer
    (cursor.bytes[start + 1], cursor.bytes[end]) = saved
    let isSound = findings[min(counts.findings, findings.count)...].allSatisfy { $0.diagnostic.severity != .error }
    if let expression, isSound, cursor.position == end + 1 {
      append(expression, from: start, to: &state)
      return
    }
    angles.plain.insert(start)
    findings.removeSubrange(counts.findings...)
    readings.removeSubrange(counts.readings...)
    nextSpan = counts.span
    cursor.position = start + 1
  }

  /// The `>` that closes a `$<` with a root behind it.
  private mutating func endOfAngles(from start: Int) -> Int? {
    guard isRoot(behind: start) else { return nil }
    if let pairs = angles.pairs { return pairs[start] }
    var pairs: [Int: Int] = [:]
    // Places of `$<`, and -1 for an open brace of an expression.
    var open: [Int] = []
    var braces = 0
    var span = 0
    var offset = 0
    while offset < cursor.bytes.count {
      if span < environment.count, environment[span].range.lowerBound <= offset {
        offset = max(offset, environment[span].range.upperBound)
        span += 1
        continue
      }
      switch cursor.bytes[offset] {
      case UInt8(ascii: "{") where braces > 0 || (offset > 0 && cursor.bytes[offset - 1] == UInt8(ascii: "$")):
        open.append(-1)
        braces += 1
      case UInt8(ascii: "}") where braces > 0:
        while let last = open.popLast(), last != -1 {}
        braces -= 1
      case UInt8(ascii: "$") where cursor.isPair("$", "<", at: offset) && isRoot(behind: offset): open.append(offset)
      case UInt8(ascii: ">"):
        if let last = open.last, last >= 0 {
          pairs[last] = offset
          open.removeLast()
        }
      default: break
      }
      offset += 1
    }
    angles.pairs = pairs
    return pairs[start]
  }

  private func isRoot(behind start: Int) -> Bool {
    let name = cursor.endOfSpace(from: start + 2)
    let end = cursor.endOfWord(from: name)
    return end - name <= 16 && AngleBrackets.isRoot(cursor.text(name..<end))
  }
}
