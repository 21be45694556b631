import ComposeBasic
package import ComposePlan

extension Value {
  /// Whether a condition holds, with this value as `input` (language specification, section 9). The rules are Python's.
  ///
  /// - Throws: a `value` error when values of these kinds cannot be compared so, or when a pattern is not valid.
  package func compares(to other: Value, by name: ComparisonName) throws(RuntimeError) -> Bool {
    switch name {
    case .equal: isEqual(to: other)
    case .notEqual: !isEqual(to: other)
    case .greater: try order(to: other, name).map { $0 > 0 } ?? false
    case .greaterOrEqual: try order(to: other, name).map { $0 >= 0 } ?? false
    case .less: try order(to: other, name).map { $0 < 0 } ?? false
    case .lessOrEqual: try order(to: other, name).map { $0 <= 0 } ?? false
    case .isIn: try other.contains(self, name)
    case .isNotIn: try !other.contains(self, name)
    case .startsWith: try affix(other, name, { $0.starts(with: $1) }, { $0.starts(with: $1) })
    case .endsWith:
      try affix(other, name, { $0.reversed().starts(with: $1.reversed()) }, { $0.suffix($1.count) == $1[...] })
    case .match: try matches(other)
    }
  }

  // MARK: Containment

  private func contains(_ element: Value, _ name: ComparisonName) throws(RuntimeError) -> Bool {
    switch (self, element) {
    case (.list(let list), _): return list.contains { $0.isEqual(to: element) }
    case (.text(let text), .text(let part)): return contains(Array(part.utf8), in: Array(text.utf8))
    case (.object(let object), .text(let key)): return object[key] != nil
    // Python asks for the hash first, and lists and objects have none.
    case (.object, .list), (.object, .object): throw .cannotCompare(element, self, name)
    case (.object, _): return false
    case (.bytes(let bytes), .bytes(let part)): return contains(part, in: bytes)
    case (.bytes(let bytes), .integer(let number)):
      guard let byte = UInt8(exactly: number) else {
        throw RuntimeError(.value, "'\(name.rawValue)' in bytes needs a number from 0 to 255, not \(number)")
      }
      return bytes.contains(byte)
    case (.bytes(let bytes), .boolean(let value)): return bytes.contains(value ? 1 : 0)
    default: throw .cannotCompare(element, self, name)
    }
  }

  private func contains(_ part: [UInt8], in whole: [UInt8]) -> Bool {
    guard let first = part.first else { return true }
    guard part.count <= whole.count else { return false }
    return (0...(whole.count - part.count)).contains { start in
      whole[start] == first && whole[start..<(start + part.count)].elementsEqual(part)
    }
  }

  // MARK: Beginnings and ends

  private func affix(
    _ other: Value, _ name: ComparisonName, _ texts: (String.UnicodeScalarView, String.UnicodeScalarView) -> Bool,
    _ bytes: ([UInt8], [UInt8]) -> Bool
  ) throws(RuntimeError) -> Bool {
    switch (self, other) {
    case (.text(let text), .text(let part)): texts(text.unicodeScalars, part.unicodeScalars)
    case (.bytes(let whole), .bytes(let part)): bytes(whole, part)
    case (.text, _), (.bytes, _): throw .cannotCompare(self, other, name)
    default:
      // Only texts and bytes have a beginning and an end.
      throw RuntimeError.cannotCompare(self, other, name).withFault(.operation)
    }
  }

  // MARK: Patterns

  private func matches(_ other: Value) throws(RuntimeError) -> Bool {
    guard case .text(let text) = self, case .text(let pattern) = other else {
      throw .cannotCompare(self, other, .match)
    }
    do throws(RegularExpressionError) {
      return try RegularExpression(pattern).matchesPrefix(of: text)
    } catch {
      throw RuntimeError(.value, "the pattern \(quotedForError(other)) \(error)")
    }
  }
}

extension RuntimeError {
  static func cannotCompare(_ left: Value, _ right: Value, _ name: ComparisonName) -> RuntimeError {
    .wrongKind("'\(name.rawValue)' cannot compare \(left.kindName) with \(right.kindName)")
  }
}
