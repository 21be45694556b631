extension Value {
  /// Whether both are equal as the language compares: `1`, `1.0` and `true` are, members may stand in another order,
  /// and a stream or a resource equals only itself.
  package func isEqual(to other: Value) -> Bool {
    switch (self, other) {
    case (.null, .null): return true
    case (.text(let left), .text(let right)): return left.hasSameCodePoints(as: right)
    case (.bytes(let left), .bytes(let right)): return left == right
    case (.stream(let left), .stream(let right)): return left === right
    case (.resource(let left), .resource(let right)): return left === right
    case (.list(let left), .list(let right)):
      return left.count == right.count && zip(left, right).allSatisfy { $0.isEqual(to: $1) }
    case (.object(let left), .object(let right)):
      return left.count == right.count
        && left.allSatisfy { member in right[member.key].map { member.value.isEqual(to: $0) } ?? false }
    default: return hasEqualNumber(to: other)
    }
  }

  /// Whether both are of the same kind, with the same members in the same order; NaN is identical to NaN, and `0.0` is
  /// not to `-0.0`.
  package func isIdentical(to other: Value) -> Bool {
    switch (self, other) {
    case (.boolean(let left), .boolean(let right)): return left == right
    case (.integer(let left), .integer(let right)): return left == right
    case (.bigInteger(let left), .bigInteger(let right)): return left == right
    case (.number(let left), .number(let right)):
      return (left.isNaN && right.isNaN) || left.bitPattern == right.bitPattern
    case (.list(let left), .list(let right)):
      return left.count == right.count && zip(left, right).allSatisfy { $0.isIdentical(to: $1) }
    case (.object(let left), .object(let right)):
      return left.count == right.count
        && zip(left, right).allSatisfy { $0.key.hasSameCodePoints(as: $1.key) && $0.value.isIdentical(to: $1.value) }
    case (.null, .null), (.text, .text), (.bytes, .bytes), (.stream, .stream), (.resource, .resource):
      return isEqual(to: other)
    default: return false
    }
  }

  /// Compares exactly: 2^53 + 1 does not equal the number 2^53.
  private func hasEqualNumber(to other: Value) -> Bool {
    switch (asExactInteger, other.asExactInteger) {
    case (let left?, let right?):
      switch (left, right) {
      case (.integer(let left), .integer(let right)): return left == right
      case (.bigInteger(let left), .bigInteger(let right)): return left == right
      default: return false
      }
    case (nil, nil):
      guard case .number(let left) = self, case .number(let right) = other else { return false }
      return left == right
    default: return false
    }
  }

  /// The same number as `integer` or `bigInteger`, if it is a number without a fraction.
  private var asExactInteger: Value? {
    switch self {
    case .boolean(let value): return .integer(value ? 1 : 0)
    case .integer: return self
    case .bigInteger(let digits): return DecimalInteger.value(of: digits)
    case .number(let number):
      guard number.isFinite, number == number.rounded(.towardZero) else { return nil }
      return DecimalInteger.value(truncating: number)
    default: return nil
    }
  }
}
