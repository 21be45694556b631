import Synchronization

/// One stream that several lanes share (language specification, section 9, `|`).
///
/// An item is pulled when a lane that is asked has nothing left. All lanes' values of it are made at once, and what the
/// other lanes have not asked for yet waits in their buffers.
///
/// Lanes do not wait for each other: one task may read them one after the other, as a result with two lanes is read,
/// and would wait for ever. So the fastest lane sets the pace, and the source is asked for no more than it takes. What
/// the slower ones have not read is bounded: beyond ``limit`` all lanes fail.
///
/// Errors of the source and of any lane's value reach every lane, behind the values that came before. A lane that is
/// given up, or that nobody holds any more, takes part no longer; without any lane left the source is cancelled.
final class StreamSplitter: Sendable {
  /// Makes the values of all lanes from an item and its position.
  typealias Render = @Sendable (Value, Int) async throws(RuntimeError) -> [Value]

  private let source: ValueStream
  private let render: Render
  private let state: Mutex<State>

  private struct State {
    var lanes: [Lane]
    var isPulling = false
    /// The pull that is under way, once it has begun.
    var pull: Task<Void, Never>?
    /// Counts the items of the source.
    var position = 0
    var end: End?
  }

  private struct Lane {
    var waiting = ValueQueue()
    var isOpen = true
    /// The reader, while it waits for a pull.
    var reader: CheckedContinuation<Void, Never>?
  }

  /// Why no more values come.
  private enum End {
    case finished
    case failed(RuntimeError)
  }

  /// How many bytes may wait for slow lanes.
  private static let limit = Value.drainLimit

  /// Claims the source.
  init(_ source: ValueStream, laneCount: Int, render: @escaping Render) throws(RuntimeError) {
    try source.take()
    self.source = source
    self.render = render
    state = Mutex(State(lanes: [Lane](repeating: Lane(), count: laneCount)))
  }

  /// The streams of all lanes in order, with the flag of the source; they are to be asked for once.
  func lanes() -> [ValueStream] {
    state.withLock { $0.lanes.indices }.map { index in
      let handle = LaneHandle(self, index)
      return ValueStream(
        .chunks(fragmented: isFragmented),
        next: { () async throws(RuntimeError) in try await handle.splitter.next(in: handle.index) },
        cancel: { handle.splitter.leave(handle.index) })
    }
  }

  /// A source without the flag counts as fragmented.
  private var isFragmented: Bool { source.form != .chunks(fragmented: false) }

  // MARK: Reading

  private enum Step {
    case give(Value)
    case end
    case fail(RuntimeError)
    case wait(startsPull: Bool)
  }

  fileprivate func next(in lane: Int) async throws(RuntimeError) -> Value? {
    while true {
      switch step(of: lane) {
      case .give(let value): return value
      case .end: return nil
      case .fail(let error): throw error
      case .wait(let startsPull):
        // The pull belongs to no reader: the one that asks first may be cancelled while others go on.
        if startsPull { startPull() }
        await waitForPull(lane)
      }
    }
  }

  private func step(of lane: Int) -> Step {
    state.withLock { state in
      guard state.lanes[lane].isOpen else { return .fail(.cancelled) }
      if let value = state.lanes[lane].waiting.popFirst() { return .give(value) }
      switch state.end {
      case .finished?: return .end
      case .failed(let error)?: return .fail(error)
      case nil: break
      }
      defer { state.isPulling = true }
      return .wait(startsPull: !state.isPulling)
    }
  }

  /// Ends with the pull that is under way, and at once when the reader is cancelled.
  private func waitForPull(_ lane: Int) async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isWaiting = state.withLock { state in
          // The pull may have ended before this, and another one begun.
          guard state.isPulling, state.lanes[lane].isOpen, state.lanes[lane].waiting.isEmpty else { return false }
          state.lanes[lane].reader = continuation
          return true
        }
        if !isWaiting { continuation.resume() }
      }
    } onCancel: {
      leave(lane)
    }
  }

  // MARK: Pulling

  private func startPull() {
    let pull = Task { await self.pull() }
    let isWanted = state.withLock { state in
      if state.isPulling { state.pull = pull }
      return state.lanes.contains(where: \.isOpen)
    }
    if !isWanted { pull.cancel() }
  }

  private func pull() async {
    do throws(RuntimeError) {
      guard let item = try await source.nextItem() else { return finish(.finished) }
      let position = state.withLock { state in
        defer { state.position += 1 }
        return state.position
      }
      deliver(try await render(item, position))
    } catch {
      source.cancel()
      finish(.failed(error))
    }
  }

  /// Puts the values of one item into the buffers and wakes the readers, or fails when too much waits.
  private func deliver(_ values: [Value]) {
    let isBeyondLimit = state.withLock { state in
      for (index, value) in values.enumerated() where state.lanes[index].isOpen {
        // A fragmented stream has no nulls.
        if value.isNull, isFragmented { continue }
        state.lanes[index].waiting.append(value)
      }
      // A single value is never too much: whoever reads next gets it.
      return state.lanes.reduce(0) { $0 + ($1.waiting.count > 1 ? $1.waiting.size : 0) } > Self.limit
    }
    guard isBeyondLimit else { return finish(nil) }
    source.cancel()
    finish(
      .failed(
        RuntimeError(
          .protocolViolation,
          "the parts of a split stream are read too far apart: more than \(Self.limit / 1024 / 1024) MiB wait to be read"
        )))
  }

  /// Ends a pull, and everything when there is a reason.
  private func finish(_ end: End?) {
    let readers = state.withLock { state in
      state.isPulling = false
      state.pull = nil
      state.end = state.end ?? end
      return state.lanes.indices.compactMap { state.lanes[$0].reader.take() }
    }
    for reader in readers { reader.resume() }
  }

  // MARK: Leaving

  /// The lane takes part no longer, and what waits for it is dropped.
  fileprivate func leave(_ lane: Int) {
    let (reader, isLast, pull) = state.withLock { state in
      guard state.lanes[lane].isOpen else {
        return (CheckedContinuation<Void, Never>?.none, false, Task<Void, Never>?.none)
      }
      state.lanes[lane].isOpen = false
      state.lanes[lane].waiting = ValueQueue()
      let isLast = state.end == nil && !state.lanes.contains(where: \.isOpen)
      return (state.lanes[lane].reader.take(), isLast, isLast ? state.pull : nil)
    }
    if isLast { source.cancel() }
    // What the source is made of may end only with its task, such as a URL that is being opened.
    pull?.cancel()
    reader?.resume()
  }
}

/// A lane as its stream holds it: when the stream is dropped unread, the lane leaves, so that nothing waits for it.
private final class LaneHandle: Sendable {
  let splitter: StreamSplitter
  let index: Int

  init(_ splitter: StreamSplitter, _ index: Int) {
    self.splitter = splitter
    self.index = index
  }

  deinit { splitter.leave(index) }
}
