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
  private let source: Source
  /// What outer parts know about errors, from the innermost.
  private let errorChanges: [@Sendable (RuntimeError) -> RuntimeError]
  private let isTaken = Atomic(false)

  /// Where the values come from. A stream under another form, or with other errors, has the same one: each step between
  /// a provider and a client would cost every piece that passes.
  private final class Source: Sendable {
    let produce: @Sendable () async throws(RuntimeError) -> Value?
    let ready: @Sendable () -> [Value]
    let stop: @Sendable () -> Void
    private let isOver = Atomic(false)

    init(
      produce: @escaping @Sendable () async throws(RuntimeError) -> Value?, ready: @escaping @Sendable () -> [Value],
      stop: @escaping @Sendable () -> Void
    ) {
      self.produce = produce
      self.ready = ready
      self.stop = stop
    }

    var isEnded: Bool { isOver.load(ordering: .acquiring) }

    /// - Returns: whether it had ended before.
    @discardableResult
    func end() -> Bool { isOver.exchange(true, ordering: .acquiringAndReleasing) }
  }

  /// - Parameters:
  ///   - next: gives the next value, or `nil` at the end; it is never called twice at the same time, and never again
  ///     after it has returned `nil` or thrown.
  ///   - ready: gives the values that follow and are there already; see ``takeReady()``.
  ///   - cancel: releases the source, closing its socket; called at most once, from any thread.
  package init(
    _ form: Form,
    next: @escaping @Sendable () async throws(RuntimeError) -> Value?,
    ready: @escaping @Sendable () -> [Value] = { [] },
    cancel: @escaping @Sendable () -> Void = {}
  ) {
    self.form = form
    source = Source(produce: next, ready: ready, stop: cancel)
    errorChanges = []
  }

  private init(_ form: Form, _ source: Source, _ errorChanges: [@Sendable (RuntimeError) -> RuntimeError]) {
    self.form = form
    self.source = source
    self.errorChanges = errorChanges
  }

  /// Claims the stream for one reader.
  ///
  /// - Throws: a `value` error when somebody else reads it already.
  package func take() throws(RuntimeError) {
    if isTaken.exchange(true, ordering: .relaxed) {
      throw RuntimeError(
        .value, "a stream can be read once, and this one already has a reader", diagnosticCode: "stream-read-twice")
    }
  }

  /// The next value, or `nil` when the stream has ended.
  package func next() async throws(RuntimeError) -> Value? {
    if source.isEnded { return nil }
    do throws(RuntimeError) {
      if let value = try await source.produce() { return value }
    } catch {
      source.end()
      var error = error
      for change in errorChanges { error = change(error) }
      throw error
    }
    source.end()
    return nil
  }

  /// The values behind the last one that can be had without waiting, perhaps none. Whoever passes many small values on
  /// asks for them after ``next()``, and saves a step through all the parts of the stream for each.
  ///
  /// An error and the end are for ``next()`` to tell. A stream may have values at hand and not say so here.
  package func takeReady() -> [Value] { source.isEnded ? [] : source.ready() }

  /// Gives the stream up before its end.
  package func cancel() {
    if !source.end() { source.stop() }
  }

  // MARK: The same values

  /// The same stream with its errors changed, for what an outer part knows about them.
  ///
  /// - Throws: a `value` error when somebody else reads the stream already.
  package func mappingErrors(_ change: @escaping @Sendable (RuntimeError) -> RuntimeError) throws(RuntimeError)
    -> ValueStream
  {
    try take()
    return ValueStream(form, source, errorChanges + [change])
  }

  /// The same chunks under another form.
  ///
  /// - Throws: a `value` error when somebody else reads the stream already.
  func claimed(as form: Form) throws(RuntimeError) -> ValueStream {
    try take()
    return ValueStream(form, source, errorChanges)
  }
}
