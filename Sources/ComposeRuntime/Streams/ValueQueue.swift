/// Values in the order in which they came, with their size.
struct ValueQueue: Sendable {
  private var values: [(value: Value, size: Int)] = []
  /// How many at the front are taken out already.
  private var taken = 0
  /// About how many bytes the values take.
  private(set) var size = 0

  var count: Int { values.count - taken }
  var isEmpty: Bool { count == 0 }

  mutating func append(_ value: Value) {
    let size = value.approximateSize
    values.append((value, size))
    self.size += size
  }

  mutating func popFirst() -> Value? {
    guard taken < values.count else { return nil }
    let (value, size) = values[taken]
    values[taken].value = .null
    taken += 1
    self.size -= size
    // Moving the rest to the front is paid for by what was taken out.
    if taken * 2 > values.count {
      values.removeFirst(taken)
      taken = 0
    }
    return value
  }
}
