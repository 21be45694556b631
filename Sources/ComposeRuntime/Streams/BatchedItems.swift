/// What is done with an item and its position, which counts from zero. `nil` takes the item out.
package typealias ItemBody = @Sendable (Value, Int) async throws(RuntimeError) -> Value?

/// Items that are worked on in batches: those of a batch at the same time, the next batch when the whole one is done.
///
/// Results come in the order of the items. The first error in a batch ends the others in it.
package struct BatchedItems: Sendable {
  private var items: Items
  private let batchSize: Int
  private let body: ItemBody
  private let dropsNulls: Bool
  /// Results of the present batch, and how many of them are given out.
  private var results: [Value?] = []
  private var given = 0
  private var position = 0
  private var isAtEnd = false

  /// - Parameters:
  ///   - value: what is walked over; a stream is claimed.
  ///   - batchSize: how many items at the same time; anything below one is one.
  /// - Throws: a `value` error when somebody else reads the stream already.
  package init(_ value: Value, batchSize: Int, body: @escaping ItemBody) throws(RuntimeError) {
    items = try Items(value)
    self.batchSize = max(1, batchSize)
    self.body = body
    dropsNulls = items.source?.form == .chunks(fragmented: true)
  }

  /// The next result, or `nil` behind the last.
  package mutating func next() async throws(RuntimeError) -> Value? {
    while true {
      let result: Value?
      if batchSize == 1 {
        guard let item = try await items.next() else { return nil }
        defer { position += 1 }
        // Nothing to do at the same time: no task.
        result = try await body(item, position)
      } else {
        guard try await fillBatch() else { return nil }
        result = results[given]
        given += 1
      }
      if let result, !(dropsNulls && result.isNull) { return result }
    }
  }

  /// The results as a stream that works on a batch when it is asked for its first result. It is to be asked for once.
  ///
  /// Of what is walked over it keeps whether the chunks are pieces of one value, and no other flag.
  package var stream: ValueStream {
    ValueStream(
      dropsNulls ? .chunks(fragmented: true) : .bare, from: items.source.map { [$0] } ?? [], initially: self,
      next: { (batches) async throws(RuntimeError) in try await batches.next() })
  }

  /// Sees to it that there is a result to give out; false at the end.
  private mutating func fillBatch() async throws(RuntimeError) -> Bool {
    if given < results.count { return true }
    given = 0
    results = []
    var batch: [Value] = []
    while !isAtEnd, batch.count < batchSize {
      if let item = try await items.next() { batch.append(item) } else { isAtEnd = true }
    }
    guard !batch.isEmpty else { return false }
    results = try await atOnce(batch, from: position, body)
    position += batch.count
    return true
  }
}

/// Works on all items at the same time.
private func atOnce(_ items: [Value], from position: Int, _ body: @escaping ItemBody) async throws(RuntimeError)
  -> [Value?]
{
  if items.count == 1 { return [try await body(items[0], position)] }
  return try await concurrently(count: items.count, atMost: items.count) { (index) async throws(RuntimeError) in
    try await body(items[index], position + index)
  }
}
