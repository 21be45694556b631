extension RegularExpressionParser {
  /// What follows `(`. `nil` for a comment.
  mutating func group(_ flags: Flags) throws(RegularExpressionError) -> RegularExpressionNode? {
    guard take("?") else { return try capture(named: nil, flags) }
    if take("P") { return try named(flags) }
    // A sequence of one, so that what is inside can be repeated again.
    if take(":") { return .sequence([try closed(flags)]) }
    if take("#") {
      _ = take(while: { $0 != ")" })
      return try close(nil)
    }
    if take("=") { return .look(try closed(flags), isAhead: true, isNegative: false) }
    if take("!") { return .look(try closed(flags), isAhead: true, isNegative: true) }
    if take("<=") { return try lookBehind(flags, isNegative: false) }
    if take("<!") { return try lookBehind(flags, isNegative: true) }
    if take(">") { return .atomic(try closed(flags)) }
    if take("(") { return try conditional(flags) }
    return try flagged(flags)
  }

  /// `(?ims)` at the start of the pattern; `nil` when there is none.
  mutating func globalFlags(_ flags: Flags) throws(RegularExpressionError) -> Flags? {
    let start = position
    guard take("(?"), let found = try changed(flags), take(")") else {
      goBack(to: start)
      return nil
    }
    return found
  }

  // MARK: Kinds of group

  private mutating func capture(
    named name: String?, _ flags: Flags
  ) throws(RegularExpressionError) -> RegularExpressionNode {
    let group = try newGroup(named: name)
    openGroups.insert(group)
    let node = try closed(flags)
    openGroups.remove(group)
    return .capture(group, node)
  }

  /// Behind `(?P`.
  private mutating func named(_ flags: Flags) throws(RegularExpressionError) -> RegularExpressionNode? {
    if take("<") {
      let name = try name(until: ">")
      return try capture(named: name, flags)
    }
    guard take("=") else { throw RegularExpressionError("has an unknown kind of group") }
    let name = try name(until: ")")
    guard let group = groupNames[name] else { throw RegularExpressionError("has no group '\(name)'") }
    return try backreference(group, flags)
  }

  private mutating func lookBehind(
    _ flags: Flags, isNegative: Bool
  ) throws(RegularExpressionError) -> RegularExpressionNode {
    let node = try closed(flags)
    guard node.width.lowerBound == node.width.upperBound, node.width.upperBound < RegularExpressionNode.unbounded else {
      throw RegularExpressionError("looks back over no fixed length")
    }
    return .look(node, isAhead: false, isNegative: isNegative)
  }

  /// Behind `(?(`.
  private mutating func conditional(_ flags: Flags) throws(RegularExpressionError) -> RegularExpressionNode {
    let name = take(while: { $0 != ")" })
    guard take(")") else { throw RegularExpressionError("has a '(' without its ')'") }
    guard let group = groupNames[name] ?? Int(name), group > 0 else {
      throw RegularExpressionError("has no group '\(name)'")
    }
    conditionGroups.append(group)
    switch try closed(flags) {
    case .alternatives(let branches):
      guard branches.count == 2 else { throw RegularExpressionError("has a condition with more than two branches") }
      return .conditional(group, branches[0], otherwise: branches[1])
    case let node: return .conditional(group, node, otherwise: .sequence([]))
    }
  }

  /// `i-s:` behind `(?`.
  private mutating func flagged(_ flags: Flags) throws(RegularExpressionError) -> RegularExpressionNode {
    guard let inner = try changed(flags), take(":") else {
      if next == ")" { throw RegularExpressionError("has flags for all of it behind its start") }
      throw RegularExpressionError("has an unknown kind of group")
    }
    return .sequence([try closed(inner)])
  }

  /// Flags after letters that add and, behind `-`, take away; `nil` when there are none.
  private mutating func changed(_ flags: Flags) throws(RegularExpressionError) -> Flags? {
    var flags = flags
    let added = take(while: { ("a"..."z").contains($0) })
    for letter in added {
      switch letter {
      case "a": flags.ascii = true
      case "u": flags.ascii = false
      case "i": flags.ignoresCase = true
      case "m": flags.multiline = true
      case "s": flags.dotIsAny = true
      case "x": flags.verbose = true
      default: throw RegularExpressionError("has the unknown flag '\(letter)'")
      }
    }
    if added.contains("a"), added.contains("u") { throw RegularExpressionError("has flags that exclude each other") }
    guard take("-") else { return added.isEmpty ? nil : flags }
    let removed = take(while: { ("a"..."z").contains($0) })
    for letter in removed {
      switch letter {
      case "i": flags.ignoresCase = false
      case "m": flags.multiline = false
      case "s": flags.dotIsAny = false
      case "x": flags.verbose = false
      default: throw RegularExpressionError("cannot take the flag '\(letter)' away")
      }
    }
    let isBoth = removed.contains { added.contains($0) }
    guard !removed.isEmpty, !isBoth, next == ":" else { throw RegularExpressionError("has misplaced flags") }
    return flags
  }

  // MARK: Parts

  func backreference(_ group: Int, _ flags: Flags) throws(RegularExpressionError) -> RegularExpressionNode {
    guard group <= groupCount else { throw RegularExpressionError("has no group \(group)") }
    guard !openGroups.contains(group) else { throw RegularExpressionError("refers to group \(group) from inside it") }
    return .backreference(group, flags.folding)
  }

  private mutating func closed(_ flags: Flags) throws(RegularExpressionError) -> RegularExpressionNode {
    try close(try alternatives(flags))
  }

  private mutating func close<Node>(_ node: Node) throws(RegularExpressionError) -> Node {
    guard take(")") else { throw RegularExpressionError("has a '(' without its ')'") }
    return node
  }

  private mutating func name(until end: Unicode.Scalar) throws(RegularExpressionError) -> String {
    let name = take(while: { $0 != end })
    let word = ScalarClass(kind: .word, isNegated: false, ascii: false)
    guard take() == end, let first = name.unicodeScalars.first, name.unicodeScalars.allSatisfy(word.contains),
      !ScalarClass(kind: .digit, isNegated: false, ascii: false).contains(first)
    else { throw RegularExpressionError("has the bad group name '\(name)'") }
    return name
  }
}
