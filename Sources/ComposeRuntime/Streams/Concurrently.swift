/// Runs a function for each index below a count, several at the same time, and gives the results in order.
///
/// The first error in time ends the others and is thrown when they have ended.
///
/// - Parameter limit: how many run at the same time; at least one does.
package func concurrently<Content: Sendable>(
  count: Int, atMost limit: Int,
  _ body: @escaping @Sendable (Int) async throws(RuntimeError) -> Content
) async throws(RuntimeError) -> [Content] {
  let outcome = await withTaskGroup(of: (Int, Result<Content, RuntimeError>).self) { group in
    func start(_ index: Int) {
      group.addTask {
        do throws(RuntimeError) {
          return (index, .success(try await body(index)))
        } catch {
          return (index, .failure(error))
        }
      }
    }
    var started = min(count, max(1, limit))
    for index in 0..<started { start(index) }
    var results = [Content?](repeating: nil, count: count)
    var failure: RuntimeError?
    while let (index, result) = await group.next() {
      switch result {
      case .success(let content): results[index] = content
      case .failure(let error):
        guard failure == nil else { continue }
        failure = error
        group.cancelAll()
      }
      if failure == nil, started < count {
        start(started)
        started += 1
      }
    }
    return failure.map { Result.failure($0) } ?? .success(results.compactMap(\.self))
  }
  return try outcome.get()
}
