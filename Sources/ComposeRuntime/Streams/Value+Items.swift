extension Value {
  /// What a function makes of each item: the jobs `for-each` and `filter`.
  ///
  /// | value | result |
  /// |---|---|
  /// | a list | a list; with `streaming` a bare stream that works when it is read |
  /// | a stream | a stream that works when it is read: fragmented if the value is, else bare |
  /// | anything else | the one result; `nil` when the function takes the item out |
  ///
  /// - Parameters:
  ///   - batchSize: how many items are worked on at the same time; anything below one is one.
  ///   - body: gets an item and its position.
  /// - Throws: a `value` error when somebody else reads the stream already, and the first error of the function; the
  ///   other items of its batch are cancelled.
  package func mappingItems(
    batchSize: Int = 1, streaming: Bool = false, _ body: @escaping ItemBody
  ) async throws(RuntimeError) -> Value? {
    switch self {
    case .stream:
      return .stream(try BatchedItems(self, batchSize: batchSize, body: body).stream)
    case .list(let list):
      var batches = try BatchedItems(self, batchSize: batchSize, body: body)
      if streaming { return .stream(batches.stream) }
      var results: [Value] = []
      results.reserveCapacity(list.count)
      while let result = try await batches.next() {
        if Task.isCancelled { throw .cancelled }
        results.append(result)
      }
      return .list(results)
    default: return try await body(self, 0)
    }
  }

  /// What is left when a function has put every item into the value before: the job `accumulate`.
  ///
  /// - Parameter body: makes the new value from the one before, an item and its position.
  /// - Throws: a `value` error when somebody else reads the stream already, and the first error of the function.
  package func foldingItems(
    into initial: Value, _ body: (Value, Value, Int) async throws(RuntimeError) -> Value
  ) async throws(RuntimeError) -> Value {
    var items = try Items(self)
    var result = initial
    var position = 0
    do throws(RuntimeError) {
      while let item = try await items.next() {
        if Task.isCancelled { throw .cancelled }
        result = try await body(result, item, position)
        position += 1
      }
    } catch {
      items.source?.cancel()
      throw error
    }
    return result
  }
}
