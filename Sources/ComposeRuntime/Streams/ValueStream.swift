import Synchronization

/// A lazy sequence of values that can be read once. Pulling is the back-pressure: nothing is produced unless the reader
/// asks, and a source between two sockets buffers a bounded number of bytes.
package final class ValueStream: Sendable {
  /// The three sorts of stream (language specification, section 1).
  package enum Form: Hashable, Sendable {
    /// `fragmented`: the chunks are pieces of one value, and null chunks are dropped.
    case chunks(fragmented: Bool)
    case bare
    case encoded(Encoding)
  }

  /// The data of the events in which a stream leaves.
  package enum Encoding: String, Hashable, Sendable {
    case text
    case json
  }

  package let form: Form
  private let produce: @Sendable () async throws(RuntimeError) -> Value?
  private let stop: @Sendable () -> Void
  private let state = Mutex(State())

  private struct State {
    var isTaken = false
    var isEnded = false
  }

  /// - Parameters:
  ///   - next: gives the next value, or `nil` at the end; it is never called twice at the same time, and never again
  ///     after it has returned `nil` or thrown.
  ///   - cancel: releases the source, closing its socket; called at most once, from any thread.
  package init(
    _ form: Form,
    next: @escaping @Sendable () async throws(RuntimeError) -> Value?,
    cancel: @escaping @Sendable () -> Void = {}
  ) {
    self.form = form
    self.produce = next
    self.stop = cancel
  }

  /// Claims the stream for one reader.
  ///
  /// - Throws: a `value` error when somebody else reads it already.
  package func take() throws(RuntimeError) {
    let wasTaken = state.withLock { state in
      defer { state.isTaken = true }
      return state.isTaken
    }
    if wasTaken {
      throw RuntimeError(
        .value, "a stream can be read once, and this one already has a reader", diagnosticCode: "stream-read-twice")
    }
  }

  /// The next value, or `nil` when the stream has ended.
  package func next() async throws(RuntimeError) -> Value? {
    if state.withLock({ $0.isEnded }) { return nil }
    do throws(RuntimeError) {
      if let value = try await produce() { return value }
    } catch {
      state.withLock { $0.isEnded = true }
      throw error
    }
    state.withLock { $0.isEnded = true }
    return nil
  }

  /// Gives the stream up before its end.
  package func cancel() {
    let wasEnded = state.withLock { state in
      defer { state.isEnded = true }
      return state.isEnded
    }
    if !wasEnded { stop() }
  }
}
