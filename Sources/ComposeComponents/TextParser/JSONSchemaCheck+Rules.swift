import ComposeBasic
import ComposeRuntime

extension JSONSchemaCheck {
  /// Whether a value is as a rule wants it. A rule for one kind of value says nothing of others.
  func accepts(_ value: Value, _ rule: JSONSchemaRule, depth: Int) throws(TextParserFault) -> Bool {
    switch rule {
    case .types(let types): return types.contains(where: value.isOfType)
    case .anyOfValues(let values): return values.contains(where: value.isSameJSON)
    case .number(let comparison, let bound): return value.holds(comparison, bound)
    case .length(let range):
      guard case .text(let text) = value else { return true }
      return range.contains(text.unicodeScalars.count)
    case .pattern(let pattern):
      guard case .text(let text) = value else { return true }
      return try occurs(pattern, in: text)
    case .all(let schemas): return try count(of: schemas, value, depth, atMost: .max) == schemas.count
    case .any(let schemas): return try count(of: schemas, value, depth, atMost: 1) > 0
    case .one(let schemas): return try count(of: schemas, value, depth, atMost: 2) == 1
    case .not(let schema): return try !accepts(value, schema, depth: depth)
    case .condition(let condition, let then, let otherwise):
      return try accepts(value, accepts(value, condition, depth: depth) ? then : otherwise, depth: depth)
    case .itemCount, .uniqueItems, .items, .contains:
      guard case .list(let list) = value else { return true }
      return try acceptsList(list, rule, depth)
    default:
      guard case .object(let object) = value else { return true }
      return try acceptsObject(object, rule, depth)
    }
  }

  private func acceptsList(_ list: [Value], _ rule: JSONSchemaRule, _ depth: Int) throws(TextParserFault) -> Bool {
    switch rule {
    case .itemCount(let range): return range.contains(list.count)
    case .uniqueItems:
      for (position, item) in list.enumerated() where list[..<position].contains(where: item.isSameJSON) {
        return false
      }
      return true
    case .items(let first, let rest):
      for (position, item) in list.enumerated() {
        let schema = position < first.count ? first[position] : rest
        if try !accepts(item, schema, depth: depth) { return false }
      }
      return true
    case .contains(let schema, let range):
      var count = 0
      for item in list where try accepts(item, schema, depth: depth) { count += 1 }
      return range.contains(count)
    default: return true
    }
  }

  private func acceptsObject(
    _ object: OrderedObject, _ rule: JSONSchemaRule, _ depth: Int
  ) throws(TextParserFault) -> Bool {
    switch rule {
    case .memberCount(let range): return range.contains(object.count)
    case .required(let names): return names.allSatisfy { object[$0] != nil }
    case .requiredWith(let name, let names):
      return object[name] == nil || names.allSatisfy { object[$0] != nil }
    case .schemaWith(let name, let schema):
      guard object[name] != nil else { return true }
      return try accepts(.object(object), schema, depth: depth)
    case .memberNames(let schema):
      for member in object where try !accepts(.text(member.key), schema, depth: depth) { return false }
      return true
    case .members(let schemas, let patterns, let rest):
      for (name, value) in object {
        var isNamed = false
        if let schema = schemas[Array(name.utf8)] {
          isNamed = true
          if try !accepts(value, schema, depth: depth) { return false }
        }
        for (pattern, schema) in patterns where try occurs(pattern, in: name) {
          isNamed = true
          if try !accepts(value, schema, depth: depth) { return false }
        }
        if isNamed { continue }
        if try !accepts(value, rest, depth: depth) { return false }
      }
      return true
    default: return true
    }
  }

  /// How many of the schemas accept the value, as far as it matters.
  private func count(
    of schemas: [JSONSchema], _ value: Value, _ depth: Int, atMost limit: Int
  ) throws(TextParserFault) -> Int {
    var count = 0
    for schema in schemas where try accepts(value, schema, depth: depth) {
      count += 1
      if count >= limit { break }
    }
    return count
  }

  private func occurs(_ pattern: RegularExpression, in text: String) throws(TextParserFault) -> Bool {
    do throws(RegularExpressionError) {
      return try pattern.occurs(in: text)
    } catch {
      throw TextParserFault("json_schema", "has a pattern that \(error.description)")
    }
  }
}

extension Value {
  fileprivate func isOfType(_ type: String) -> Bool {
    switch (self, type) {
    case (.null, "null"), (.boolean, "boolean"), (.text, "string"), (.list, "array"), (.object, "object"),
      (.integer, "integer"), (.bigInteger, "integer"), (.integer, "number"), (.bigInteger, "number"),
      (.number, "number"):
      true
    case (.number(let number), "integer"): number.isFinite && number.rounded() == number
    default: false
    }
  }

  /// Whether both are the same JSON: `1` and `1.0` are, `1` and `true` are not.
  func isSameJSON(as other: Value) -> Bool {
    switch (self, other) {
    case (.null, .null): true
    case (.boolean(let left), .boolean(let right)): left == right
    case (.text(let left), .text(let right)): left.utf8.elementsEqual(right.utf8)
    case (.integer(let left), .integer(let right)): left == right
    case (.bigInteger(let left), .bigInteger(let right)): left == right
    case (.list(let left), .list(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.isSameJSON(as: $1) }
    case (.object(let left), .object(let right)):
      left.count == right.count && left.allSatisfy { right[$0.key].map($0.value.isSameJSON) ?? false }
    default:
      if let left = asNumber, let right = other.asNumber { left == right } else { false }
    }
  }

  fileprivate func holds(_ rule: JSONNumberRule, _ bound: Value) -> Bool {
    if case (.integer(let value), .integer(let bound)) = (self, bound) {
      return switch rule {
      case .minimum: value >= bound
      case .maximum: value <= bound
      case .exclusiveMinimum: value > bound
      case .exclusiveMaximum: value < bound
      case .multipleOf: value.isMultiple(of: bound)
      }
    }
    guard let value = asNumber, let limit = bound.asNumber else { return true }
    return switch rule {
    // What is not a number is neither less nor more.
    case .minimum: !(value < limit)
    case .maximum: !(value > limit)
    case .exclusiveMinimum: !(value <= limit)
    case .exclusiveMaximum: !(value >= limit)
    case .multipleOf: value.isMultiple(of: limit, isFraction: bound.isFraction)
    }
  }

  private var asNumber: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .bigInteger(let digits): Double(digits)
    case .number(let value): value
    default: nil
    }
  }

  private var isFraction: Bool {
    if case .number = self { true } else { false }
  }
}

extension Double {
  /// By a fraction as the reference finds out: whether the quotient is whole, `1.1` of `0.1` is not.
  fileprivate func isMultiple(of divisor: Double, isFraction: Bool) -> Bool {
    let quotient = self / divisor
    if isFraction, quotient.isFinite { return quotient.rounded(.towardZero) == quotient }
    return truncatingRemainder(dividingBy: divisor) == 0
  }
}
