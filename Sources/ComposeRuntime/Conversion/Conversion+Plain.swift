extension Conversion {
  /// The value after a conversion that reads nothing: a plain type or an unchanged value, without a format.
  ///
  /// - Throws: a `value` error as the conversion itself does, also when there was something to read.
  package func plainValue(of value: Value) throws(RuntimeError) -> Value {
    if value.isNull { return .null }
    guard isList else { return try plainElement(value) }
    guard case .list(let list) = value else {
      throw RuntimeError(.value, "'as \(name)[]' needs a list, and this is \(value.kindName)")
    }
    var converted: [Value] = []
    converted.reserveCapacity(list.count)
    for element in list { converted.append(try plainElement(element)) }
    return .list(converted)
  }

  private func plainElement(_ value: Value) throws(RuntimeError) -> Value {
    guard case .plain(let type) = target else { return value }
    return try convert(value, to: type, fields: fields(of: type))
  }
}
