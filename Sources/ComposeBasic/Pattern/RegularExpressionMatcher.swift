/// A backtracking search with its own stack, so that a long text cannot exhaust the thread's.
struct RegularExpressionMatcher {
  private let program: RegularExpressionProgram
  let text: [Unicode.Scalar]
  /// Positions in the text; -1 is none.
  private(set) var slots: [Int]
  private var stack: [Choice] = []
  private var steps = 0
  private let stepLimit: Int
  /// Where the whole match must not end.
  private var forbiddenEnd: Int?

  /// What to do when the search fails.
  private enum Choice {
    /// Go on at an instruction and a position.
    case retry(Int, Int)
    /// The same with one code point less, down to a position.
    case shorten(Int, from: Int, to: Int)
    /// Put an old position back, and fail further.
    case restore(slot: Int, Int)

    var isRestore: Bool {
      if case .restore = self { return true }
      return false
    }
  }

  /// - Parameter stepsPerScalar: how many more steps the search may take for each code point of the text.
  init(_ program: RegularExpressionProgram, _ text: String, stepsPerScalar: Int = 0) {
    self.program = program
    self.text = Array(text.unicodeScalars)
    stepLimit = RegularExpression.stepLimit + stepsPerScalar * self.text.count
    slots = [Int](repeating: -1, count: program.slotCount)
  }

  /// Begins anew for another match in the same text.
  ///
  /// - Parameter mustAdvance: whether the match must take something.
  mutating func match(at position: Int, mustAdvance: Bool) throws(RegularExpressionError) -> Int? {
    stack.removeAll(keepingCapacity: true)
    for slot in slots.indices { slots[slot] = -1 }
    forbiddenEnd = mustAdvance ? position : nil
    return try run(from: 0, at: position)
  }

  /// Where a match from here ends; `nil` when there is none.
  mutating func run(from start: Int, at position: Int) throws(RegularExpressionError) -> Int? {
    let base = stack.count
    var instruction = start
    var position = position
    while true {
      try countStep()
      switch program.instructions[instruction] {
      case .success where start == 0 && position == forbiddenEnd:
        guard let choice = backtrack(to: base) else { return nil }
        (instruction, position) = choice
      case .success:
        // What was noted inside is still taken back when the search fails outside.
        stack.replaceSubrange(base..., with: stack[base...].filter(\.isRestore))
        return position
      case .jump(let target): instruction = target
      case .split(let first, let second):
        stack.append(.retry(second, position))
        instruction = first
      case .note(let slot):
        stack.append(.restore(slot: slot, slots[slot]))
        slots[slot] = position
        instruction += 1
      case .leaveIfStill(let slot, let target): instruction = slots[slot] == position ? target : instruction + 1
      case .jumpUnlessMatched(let group, let target):
        instruction = slots[2 * group + 1] < 0 ? target : instruction + 1
      case let other:
        if let (next, end) = try step(other, instruction, position) {
          (instruction, position) = (next, end)
        } else if let choice = backtrack(to: base) {
          (instruction, position) = choice
        } else {
          return nil
        }
      }
    }
  }

  /// Where it goes on behind an instruction that may fail.
  private mutating func step(
    _ instruction: RegularExpressionProgram.Instruction, _ index: Int, _ position: Int
  ) throws(RegularExpressionError) -> (Int, Int)? {
    switch instruction {
    case .one(let test):
      return position < text.count && test.matches(text[position]) ? (index + 1, position + 1) : nil
    case .many(let test, let repetition):
      guard let end = many(test, repetition, position) else { return nil }
      let shortest = position + repetition.least
      if repetition.mode == .greedy, end > shortest { stack.append(.shorten(index + 1, from: end, to: shortest)) }
      return (index + 1, end)
    case .assertion(let assertion): return holds(assertion, position) ? (index + 1, position) : nil
    case .backreference(let group, let folding):
      return endOfRepeated(group, folding, position).map { (index + 1, $0) }
    case .look(let width, let isNegative, let end):
      var isFound = false
      if position >= width { isFound = try run(from: index + 1, at: position - width) != nil }
      return isFound != isNegative ? (end, position) : nil
    case .atomic(let end): return try run(from: index + 1, at: position).map { (end, $0) }
    case .success, .jump, .split, .note, .leaveIfStill, .jumpUnlessMatched: return nil
    }
  }

  private mutating func countStep() throws(RegularExpressionError) {
    steps += 1
    guard steps <= stepLimit, stack.count <= RegularExpression.stepLimit else {
      throw RegularExpressionError("takes too long on this text")
    }
  }

  private mutating func backtrack(to base: Int) -> (Int, Int)? {
    while stack.count > base {
      switch stack.removeLast() {
      case .restore(let slot, let position): slots[slot] = position
      case .retry(let instruction, let position): return (instruction, position)
      case .shorten(let instruction, let from, let to):
        if from - 1 > to { stack.append(.shorten(instruction, from: from - 1, to: to)) }
        return (instruction, from - 1)
      }
    }
    return nil
  }

  // MARK: Tests

  private mutating func many(
    _ test: ScalarTest, _ repetition: RegularExpressionRepetition, _ position: Int
  ) -> Int? {
    let limit = repetition.most.map { min($0, text.count - position) } ?? text.count - position
    var count = 0
    while count < limit, test.matches(text[position + count]) { count += 1 }
    guard count >= repetition.least else { return nil }
    steps += count / 8
    return position + count
  }

  private func holds(_ assertion: RegularExpressionAssertion, _ position: Int) -> Bool {
    switch assertion {
    case .start: return position == 0
    case .end: return position == text.count
    case .endOrLastLineFeed:
      return position == text.count || (position == text.count - 1 && text[position] == "\n")
    case .lineStart: return position == 0 || text[position - 1] == "\n"
    case .lineEnd: return position == text.count || text[position] == "\n"
    case .wordBoundary(let isNegated, let ascii):
      let word = ScalarClass(kind: .word, isNegated: false, ascii: ascii)
      let before = position > 0 && word.contains(text[position - 1])
      let after = position < text.count && word.contains(text[position])
      // An empty text has no boundary, and no place that is none either (until Python 3.14).
      return text.isEmpty ? false : (before != after) != isNegated
    }
  }

  /// A group that has not matched fails.
  private func endOfRepeated(_ group: Int, _ folding: ScalarFolding, _ position: Int) -> Int? {
    let (start, end) = (slots[2 * group], slots[2 * group + 1])
    guard start >= 0, end >= start, position + end - start <= text.count else { return nil }
    for offset in 0..<(end - start) {
      guard folding.equates(text[start + offset], text[position + offset]) else { return nil }
    }
    return position + end - start
  }
}
