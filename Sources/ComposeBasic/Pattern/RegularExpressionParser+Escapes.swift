extension RegularExpressionParser {
  /// What follows `\` outside `[…]`.
  mutating func escape(_ flags: Flags) throws(RegularExpressionError) -> RegularExpressionNode {
    switch next {
    case "A"?: return assertion(.start)
    case "Z"?: return assertion(.end)
    case "b"?: return assertion(.wordBoundary(isNegated: false, ascii: flags.ascii))
    case "B"?: return assertion(.wordBoundary(isNegated: true, ascii: flags.ascii))
    case let digit? where ("1"..."9").contains(digit):
      if let group = groupNumber() { return try backreference(group, flags) }
    default: break
    }
    if let scalarClass = scalarClass(flags) { return .one(.set(ScalarSet(classes: [scalarClass]))) }
    return .one(.literal(try escapedScalar(), flags.folding))
  }

  /// What follows `[`.
  mutating func set(_ flags: Flags) throws(RegularExpressionError) -> ScalarSet {
    var set = ScalarSet(isNegated: take("^"), folding: flags.folding)
    var isFirst = true
    while isFirst || next != "]" {
      isFirst = false
      let low = try setItem(flags)
      let start = position
      guard take("-"), next != "]" else {
        goBack(to: start)
        set.insert(low)
        continue
      }
      guard case .scalar(let from) = low, case .scalar(let to) = try setItem(flags), from <= to else {
        throw RegularExpressionError("has a bad range of characters")
      }
      set.ranges.append(from...to)
    }
    _ = take()
    return set
  }

  // MARK: Items of a set

  fileprivate enum SetItem {
    case scalar(Unicode.Scalar)
    case scalarClass(ScalarClass)
  }

  private mutating func setItem(_ flags: Flags) throws(RegularExpressionError) -> SetItem {
    guard let scalar = take() else { throw RegularExpressionError("has a '[' without its ']'") }
    guard scalar == "\\" else { return .scalar(scalar) }
    if let scalarClass = scalarClass(flags) { return .scalarClass(scalarClass) }
    if take("b") { return .scalar("\u{8}") }
    if let digit = next, ("0"..."9").contains(digit) {
      let digits = take(while: { ("0"..."7").contains($0) }, atMost: 3)
      return .scalar(try octal(digits))
    }
    return .scalar(try escapedScalar())
  }

  // MARK: Escapes

  private mutating func assertion(_ assertion: RegularExpressionAssertion) -> RegularExpressionNode {
    _ = take()
    return .assertion(assertion)
  }

  private mutating func scalarClass(_ flags: Flags) -> ScalarClass? {
    let kinds: [Unicode.Scalar: (ScalarClass.Kind, Bool)] = [
      "d": (.digit, false), "D": (.digit, true), "s": (.space, false), "S": (.space, true), "w": (.word, false),
      "W": (.word, true),
    ]
    guard let (kind, isNegated) = next.flatMap({ kinds[$0] }) else { return nil }
    _ = take()
    return ScalarClass(kind: kind, isNegated: isNegated, ascii: flags.ascii)
  }

  /// One or two digits; `nil` when they are three octal digits, which are a character.
  private mutating func groupNumber() -> Int? {
    let start = position
    let octalDigits = take(while: { ("0"..."7").contains($0) }, atMost: 3)
    goBack(to: start)
    if octalDigits.count == 3 { return nil }
    return Int(take(while: { ("0"..."9").contains($0) }, atMost: 2))
  }

  private mutating func escapedScalar() throws(RegularExpressionError) -> Unicode.Scalar {
    guard let scalar = take() else { throw RegularExpressionError("ends in '\\'") }
    switch scalar {
    case "a": return "\u{7}"
    case "f": return "\u{C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "v": return "\u{B}"
    case "x": return try hexadecimal(2)
    case "u": return try hexadecimal(4)
    case "U": return try hexadecimal(8)
    case "0": return try octal("0" + take(while: { ("0"..."7").contains($0) }, atMost: 2))
    case "1"..."7": return try octal(String(scalar) + take(while: { ("0"..."7").contains($0) }, atMost: 2))
    case "a"..."z", "A"..."Z", "8", "9": throw RegularExpressionError("has the unknown escape '\\\(scalar)'")
    default: return scalar
    }
  }

  private mutating func hexadecimal(_ count: Int) throws(RegularExpressionError) -> Unicode.Scalar {
    let digits = take(while: { $0.properties.isASCIIHexDigit }, atMost: count)
    guard digits.count == count, let number = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(number) else {
      throw RegularExpressionError("has an incomplete escape")
    }
    return scalar
  }

  private func octal(_ digits: String) throws(RegularExpressionError) -> Unicode.Scalar {
    guard let number = UInt32(digits, radix: 8), number <= 0o377, let scalar = Unicode.Scalar(number) else {
      throw RegularExpressionError("has a bad octal escape")
    }
    return scalar
  }
}

extension ScalarSet {
  fileprivate mutating func insert(_ item: RegularExpressionParser.SetItem) {
    switch item {
    case .scalar(let scalar): ranges.append(scalar...scalar)
    case .scalarClass(let scalarClass): classes.append(scalarClass)
    }
  }
}
