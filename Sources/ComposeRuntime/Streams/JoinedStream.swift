import Synchronization

/// The pieces of several parts one after the other, as one fragmented stream: lists and streams among the parts are
/// unrolled, nulls are left out (language specification, section 9, `+`).
///
/// A part is opened when the one before it has ended. Nothing of a part is read before that.
final class JoinedStream: Sendable {
  private let state: Mutex<State>
  /// The stream whose chunks are the parts; `nil` when the parts are known.
  private let outer: ValueStream?

  private struct State {
    /// Parts that are not opened yet.
    var parts: ArraySlice<Value>
    /// Elements of the part that is open, when it is a list.
    var elements: ArraySlice<Value> = []
    /// The part that is open, when it is a stream.
    var current: ValueStream?
    var isCancelled = false
  }

  /// Joins known parts, and claims those that are streams.
  init(_ parts: [Value]) throws(RuntimeError) {
    for case .stream(let stream) in parts { try stream.take() }
    state = Mutex(State(parts: parts[...]))
    outer = nil
  }

  /// Joins parts that come in a stream, which is claimed.
  init(partsOf stream: ValueStream) throws(RuntimeError) {
    try stream.take()
    state = Mutex(State(parts: []))
    outer = stream
  }

  /// The joined stream; it is to be asked for once.
  var stream: ValueStream {
    ValueStream(
      .chunks(fragmented: true),
      next: { () async throws(RuntimeError) in
        do throws(RuntimeError) {
          return try await self.next()
        } catch {
          self.cancel()
          throw error
        }
      },
      cancel: { self.cancel() })
  }

  private func next() async throws(RuntimeError) -> Value? {
    while true {
      if let element = state.withLock({ $0.elements.popFirst() }) {
        if !element.isNull { return element }
      } else if let current = state.withLock({ $0.current }) {
        guard let chunk = try await current.next() else {
          state.withLock { $0.current = nil }
          continue
        }
        if !chunk.isNull { return chunk }
      } else {
        guard let part = try await nextPart() else { return nil }
        try open(part)
      }
    }
  }

  private func nextPart() async throws(RuntimeError) -> Value? {
    if let outer { return try await outer.next() }
    return state.withLock { $0.parts.popFirst() }
  }

  private func open(_ part: Value) throws(RuntimeError) {
    switch part {
    case .stream(let stream):
      // Known parts are claimed from the beginning, those that come in a stream when they come.
      if outer != nil { try stream.take() }
      setCurrent(stream)
    case .resource(let resource): setCurrent(resource.pieces())
    case .list(let list): state.withLock { $0.elements = list[...] }
    default: state.withLock { $0.elements = [part] }
    }
  }

  private func setCurrent(_ stream: ValueStream) {
    let isCancelled = state.withLock { state in
      if !state.isCancelled { state.current = stream }
      return state.isCancelled
    }
    if isCancelled { stream.cancel() }
  }

  /// Gives up every stream among the parts, those included that were never opened.
  private func cancel() {
    let streams = state.withLock { state -> [ValueStream] in
      let waiting = state.parts.compactMap { part -> ValueStream? in
        if case .stream(let stream) = part { stream } else { nil }
      }
      let open = state.current
      state.isCancelled = true
      state.parts = []
      state.elements = []
      state.current = nil
      return (open.map { [$0] } ?? []) + waiting
    }
    for stream in streams { stream.cancel() }
    outer?.cancel()
  }
}
