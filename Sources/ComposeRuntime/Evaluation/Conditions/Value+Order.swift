import ComposePlan

extension Value {
  /// Negative, zero or positive as this value is less than, equal to or greater than the other; `nil` when neither
  /// holds, as with NaN. Numbers are compared exactly, texts by code points, lists by their first difference.
  ///
  /// - Throws: a `value` error for kinds that have no order, null among them.
  func order(to other: Value, _ name: ComparisonName) throws(RuntimeError) -> Int? {
    switch (self, other) {
    case (.text(let left), .text(let right)): return Self.order(left.unicodeScalars, right.unicodeScalars)
    case (.bytes(let left), .bytes(let right)): return Self.order(left, right)
    case (.list(let left), .list(let right)):
      guard let (first, second) = zip(left, right).first(where: { !$0.isEqual(to: $1) }) else {
        return left.count - right.count
      }
      return try first.order(to: second, name)
    default:
      guard let left = ExactNumber(self), let right = ExactNumber(other) else {
        throw .cannotCompare(self, other, name)
      }
      return left.order(to: right)
    }
  }

  private static func order<Elements: Sequence>(_ left: Elements, _ right: Elements) -> Int
  where Elements.Element: Comparable {
    if left.lexicographicallyPrecedes(right) { return -1 }
    return right.lexicographicallyPrecedes(left) ? 1 : 0
  }
}

/// A number split so that it can be compared without rounding.
private enum ExactNumber {
  case notANumber
  case infinite(isNegative: Bool)
  /// - Parameters:
  ///   - integer: the part before the point, as `integer` or `bigInteger`.
  ///   - fraction: what is left, with the sign of the number.
  case finite(integer: Value, fraction: Double)

  /// `nil` when the value is no number; a boolean is one.
  init?(_ value: Value) {
    switch value {
    case .boolean(let value): self = .finite(integer: .integer(value ? 1 : 0), fraction: 0)
    case .integer: self = .finite(integer: value, fraction: 0)
    case .bigInteger(let digits): self = .finite(integer: DecimalInteger.value(of: digits), fraction: 0)
    case .number(let number):
      if number.isNaN {
        self = .notANumber
      } else if number.isInfinite {
        self = .infinite(isNegative: number < 0)
      } else {
        let whole = number.rounded(.towardZero)
        self = .finite(integer: DecimalInteger.value(truncating: whole), fraction: number - whole)
      }
    default: return nil
    }
  }

  func order(to other: ExactNumber) -> Int? {
    switch (self, other) {
    case (.notANumber, _), (_, .notANumber): return nil
    case (.infinite(let left), .infinite(let right)): return left == right ? 0 : left ? -1 : 1
    case (.infinite(let isNegative), .finite): return isNegative ? -1 : 1
    case (.finite, .infinite(let isNegative)): return isNegative ? 1 : -1
    case (.finite(let left, let leftFraction), .finite(let right, let rightFraction)):
      let order = Self.order(left, right)
      if order != 0 { return order }
      return leftFraction < rightFraction ? -1 : leftFraction > rightFraction ? 1 : 0
    }
  }

  private static func order(_ left: Value, _ right: Value) -> Int {
    switch (left, right) {
    case (.integer(let left), .integer(let right)): left < right ? -1 : left > right ? 1 : 0
    case (.bigInteger(let left), .bigInteger(let right)): order(digits: left, right)
    // One beyond 64 bits is farther from zero than any other.
    case (.bigInteger(let digits), _): digits.hasPrefix("-") ? -1 : 1
    case (_, .bigInteger(let digits)): digits.hasPrefix("-") ? 1 : -1
    default: 0
    }
  }

  private static func order(digits left: String, _ right: String) -> Int {
    let isNegative = left.hasPrefix("-")
    if isNegative != right.hasPrefix("-") { return isNegative ? -1 : 1 }
    let order =
      left.utf8.count == right.utf8.count
      ? (left < right ? -1 : left > right ? 1 : 0) : left.utf8.count - right.utf8.count
    return isNegative ? -order : order
  }
}
