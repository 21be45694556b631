import Synchronization

extension ValueStream {
  /// A stream that is made from others: an error in it, its end and its cancellation give the sources up.
  ///
  /// - Parameters:
  ///   - sources: streams that this one has claimed.
  ///   - state: what `next` keeps between two calls.
  package convenience init<State: Sendable>(
    _ form: Form, from sources: [ValueStream], initially state: State,
    next: @escaping @Sendable (inout State) async throws(RuntimeError) -> Value?
  ) {
    // A stream is never pulled twice at the same time, so the state is nobody else's while `next` works on it.
    let kept = KeptState(state)
    self.init(
      form,
      next: { () async throws(RuntimeError) in
        var state = kept.value
        do throws(RuntimeError) {
          let value = try await next(&state)
          kept.value = state
          if value == nil { for source in sources { source.cancel() } }
          return value
        } catch {
          for source in sources { source.cancel() }
          throw error
        }
      },
      cancel: { for source in sources { source.cancel() } })
  }

  /// The next chunk as an item: nulls of a fragmented stream are no items (language specification, section 1).
  func nextItem() async throws(RuntimeError) -> Value? {
    while let chunk = try await next() {
      if chunk.isNull, form == .chunks(fragmented: true) { continue }
      return chunk
    }
    return nil
  }
}

extension ValueStream.Form {
  /// The form of a stream of items that were made one by one: it keeps the flag, and no encoding.
  var ofItems: ValueStream.Form {
    switch self {
    case .chunks: self
    case .bare, .encoded: .bare
    }
  }
}

private final class KeptState<State: Sendable>: Sendable {
  private let state: Mutex<State>

  init(_ state: State) { self.state = Mutex(state) }

  var value: State {
    get { state.withLock { $0 } }
    set { state.withLock { $0 = newValue } }
  }
}
