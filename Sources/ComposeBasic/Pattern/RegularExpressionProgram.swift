/// A regular expression as instructions for ``RegularExpressionMatcher``.
struct RegularExpressionProgram: Sendable {
  /// One step of a search.
  enum Instruction: Sendable {
    case one(ScalarTest)
    /// A repeated test of one code point, which needs no instruction for each round.
    case many(ScalarTest, RegularExpressionRepetition)
    /// Goes on at the first place, and later perhaps at the second.
    case split(Int, Int)
    case jump(Int)
    /// Notes the position in a slot.
    case note(slot: Int)
    /// Leaves a loop whose round took nothing.
    case leaveIfStill(slot: Int, to: Int)
    case assertion(RegularExpressionAssertion)
    case backreference(Int, ScalarFolding)
    /// What follows, up to `success`, is tried for itself; then it goes on at `end`.
    case look(width: Int, isNegative: Bool, end: Int)
    case atomic(end: Int)
    case jumpUnlessMatched(group: Int, to: Int)
    case success
  }

  private(set) var instructions: [Instruction] = []
  /// Two for each group, its start and its end, then one for each loop.
  private(set) var slotCount: Int

  /// Repetitions with bounds are written out; more than this is refused.
  private static let sizeLimit = 20_000

  init(_ node: RegularExpressionNode, groupCount: Int) throws(RegularExpressionError) {
    slotCount = 2 * (groupCount + 1)
    try append(node)
    instructions.append(.success)
  }

  private mutating func append(_ node: RegularExpressionNode) throws(RegularExpressionError) {
    guard instructions.count < Self.sizeLimit else { throw RegularExpressionError("is too large") }
    switch node {
    case .one(let test): instructions.append(.one(test))
    case .sequence(let nodes): for node in nodes { try append(node) }
    case .alternatives(let branches): try append(branches[...])
    case .assertion(let assertion): instructions.append(.assertion(assertion))
    case .capture(let group, let inner):
      instructions.append(.note(slot: 2 * group))
      try append(inner)
      instructions.append(.note(slot: 2 * group + 1))
    case .repeated(.one(let test), let repetition) where repetition.mode != .lazy:
      instructions.append(.many(test, repetition))
    case .repeated(let inner, let repetition):
      guard repetition.mode == .possessive else { return try append(inner, repetition) }
      try appendNested({ .atomic(end: $0) }) { (program) throws(RegularExpressionError) in
        try program.append(inner, repetition)
      }
    case .backreference(let group, let folding): instructions.append(.backreference(group, folding))
    case .look(let inner, let isAhead, let isNegative):
      let width = isAhead ? 0 : inner.width.lowerBound
      try appendNested({ .look(width: width, isNegative: isNegative, end: $0) }) {
        (program) throws(RegularExpressionError) in try program.append(inner)
      }
    case .conditional(let group, let yes, let no):
      let condition = reserve()
      try append(yes)
      let jump = reserve()
      instructions[condition] = .jumpUnlessMatched(group: group, to: instructions.count)
      try append(no)
      instructions[jump] = .jump(instructions.count)
    case .atomic(let inner):
      try appendNested({ .atomic(end: $0) }) { (program) throws(RegularExpressionError) in try program.append(inner) }
    }
  }

  private mutating func append(_ branches: ArraySlice<RegularExpressionNode>) throws(RegularExpressionError) {
    var jumps: [Int] = []
    for branch in branches.dropLast() {
      let split = reserve()
      try append(branch)
      jumps.append(reserve())
      instructions[split] = .split(split + 1, instructions.count)
    }
    if let last = branches.last { try append(last) }
    for jump in jumps { instructions[jump] = .jump(instructions.count) }
  }

  private mutating func append(
    _ node: RegularExpressionNode, _ repetition: RegularExpressionRepetition
  ) throws(RegularExpressionError) {
    // What takes nothing need not be written out again.
    for _ in 0..<(node.width.upperBound == 0 ? min(repetition.least, 1) : repetition.least) { try append(node) }
    guard let most = repetition.most else { return try appendLoop(node, isLazy: repetition.mode == .lazy) }
    var splits: [Int] = []
    for _ in repetition.least..<most {
      splits.append(reserve())
      try append(node)
    }
    for split in splits { instructions[split] = choice(split + 1, instructions.count, repetition.mode == .lazy) }
  }

  private mutating func appendLoop(_ node: RegularExpressionNode, isLazy: Bool) throws(RegularExpressionError) {
    let slot = slotCount
    slotCount += 1
    let split = reserve()
    instructions.append(.note(slot: slot))
    try append(node)
    let check = reserve()
    instructions.append(.jump(split))
    instructions[check] = .leaveIfStill(slot: slot, to: instructions.count)
    instructions[split] = choice(split + 1, instructions.count, isLazy)
  }

  private func choice(_ inside: Int, _ outside: Int, _ isLazy: Bool) -> Instruction {
    isLazy ? .split(outside, inside) : .split(inside, outside)
  }

  private mutating func appendNested(
    _ instruction: (Int) -> Instruction,
    _ body: (inout RegularExpressionProgram) throws(RegularExpressionError) -> Void
  ) throws(RegularExpressionError) {
    let start = reserve()
    try body(&self)
    instructions.append(.success)
    instructions[start] = instruction(instructions.count)
  }

  /// A place that is filled when it is known what comes behind.
  private mutating func reserve() -> Int {
    instructions.append(.success)
    return instructions.count - 1
  }
}
