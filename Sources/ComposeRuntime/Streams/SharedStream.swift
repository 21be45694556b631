import Synchronization

/// One stream that several lanes read: the core of `"|"` and of fan-out.
///
/// A lane that is asked and has nothing left lets one item be pulled, which every lane gets. What the others have not
/// asked for yet waits in their buffers. Nothing is pulled before a lane is asked.
///
/// The source is pulled by a task of its own, since the reader that asks first may be cancelled while others go on.
/// There is one for the whole stream, and it sleeps while nobody asks.
///
/// Errors of the source and its end reach every lane, behind the values that came before. A lane that is given up, or
/// that nobody holds any more, takes part no longer, and what waits for it is dropped; without any lane left the source
/// is cancelled. Cancelling the task of a reader gives up its lane.
final class SharedStream: Sendable {
  /// Makes the values of all lanes from an item and its position.
  typealias Render = @Sendable (Value, Int) async throws(RuntimeError) -> [Value]

  /// Who waits for whom.
  enum Pace: Sendable {
    /// Lanes do not wait for each other. Beyond ``limit`` all lanes fail, with this message.
    case fastest(failure: String)
    /// A lane waits while another one has this many chunks that it has not read, or ``limit`` bytes.
    ///
    /// A lane that was never read counts by its bytes alone: one task may read the lanes one after the other, and
    /// nobody could tell it from a reader that is about to begin.
    case slowest(bufferSize: Int)
  }

  /// How many bytes may wait for slow lanes.
  static let limit = Value.drainLimit

  private let source: ValueStream
  private let form: ValueStream.Form
  private let pace: Pace
  private let render: Render?
  private let state: Mutex<State>

  /// Claims the source.
  ///
  /// - Parameters:
  ///   - form: that of the lanes.
  ///   - render: what each lane gets of an item; without it all get the item.
  init(
    _ source: ValueStream, laneCount: Int, form: ValueStream.Form, pace: Pace, render: Render? = nil
  ) throws(RuntimeError) {
    try source.take()
    self.source = source
    self.form = form
    self.pace = pace
    self.render = render
    state = Mutex(State(laneCount: laneCount, pace: pace))
    if laneCount == 0 { source.cancel() }
  }

  /// The streams of all lanes in order; they are to be asked for once.
  func lanes() -> [ValueStream] {
    state.withLock { $0.lanes.indices }.map { index in
      let handle = LaneHandle(self, index)
      return ValueStream(
        form,
        next: { () async throws(RuntimeError) in try await handle.shared.next(in: handle.index) },
        cancel: { handle.shared.leave(handle.index) })
    }
  }

  // MARK: Reading

  private func next(in lane: Int) async throws(RuntimeError) -> Value? {
    while true {
      switch state.withLock({ $0.step(of: lane) }) {
      case .give(let value, let wakeUp):
        carryOut(wakeUp)
        return value
      case .end: return nil
      case .fail(let error): throw error
      case .wait: await waitForValue(lane)
      }
    }
  }

  /// Ends when there is something for the lane, and at once when the reader is cancelled.
  private func waitForValue(_ lane: Int) async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { reader in
        let wakeUp = state.withLock { $0.wait(reader, in: lane) }
        if let wakeUp { carryOut(wakeUp) } else { reader.resume() }
      }
    } onCancel: {
      leave(lane)
    }
  }

  private func carryOut(_ wakeUp: State.WakeUp) {
    switch wakeUp {
    case .nothing: return
    case .resume(let puller): puller.resume()
    case .start:
      let task = Task { await self.pullWhileAsked() }
      let isWanted = state.withLock { state in
        state.task = task
        return state.isOpen
      }
      if !isWanted { task.cancel() }
    }
  }

  // MARK: Pulling

  private func pullWhileAsked() async {
    do throws(RuntimeError) {
      while await isAsked() {
        guard let item = try await source.nextItem() else { return finish(.finished) }
        guard let render else {
          deliver { _ in item }
          continue
        }
        let values = try await render(item, state.withLock { $0.takePosition() })
        deliver { values[$0] }
      }
    } catch {
      finish(.failed(error))
    }
  }

  /// Waits until a lane needs an item and all have room; false when no lane is left.
  private func isAsked() async -> Bool {
    if !state.withLock({ $0.mayPull || !$0.isOpen }) {
      await withCheckedContinuation { puller in
        let isAsked = state.withLock { $0.sleep(puller) }
        if isAsked { puller.resume() }
      }
    }
    return state.withLock { $0.isOpen }
  }

  private func deliver(_ value: (Int) -> Value) {
    let dropsNulls = form == .chunks(fragmented: true)
    let (readers, isBeyondLimit) = state.withLock { state in
      let readers = state.append(value, droppingNulls: dropsNulls)
      return (readers, state.isBeyondLimit)
    }
    for reader in readers { reader.resume() }
    if isBeyondLimit, case .fastest(let message) = pace { finish(.failed(RuntimeError(.protocolViolation, message))) }
  }

  private func finish(_ end: State.End) {
    // What fails may be a lane's value, and the source does not know of it.
    if case .failed = end { source.cancel() }
    for reader in state.withLock({ $0.finish(end) }) { reader.resume() }
  }

  // MARK: Leaving

  /// The lane takes part no longer, and what waits for it is dropped.
  fileprivate func leave(_ lane: Int) {
    let (reader, wakeUp, isLast, task) = state.withLock { state in
      let wasOpen = state.isOpen
      let reader = state.leave(lane)
      let isLast = wasOpen && !state.isOpen
      return (reader, state.takeWakeUp(), isLast, isLast ? state.task : nil)
    }
    if isLast { source.cancel() }
    // What the source is made of may end only with its task, such as a URL that is being opened.
    task?.cancel()
    carryOut(wakeUp)
    reader?.resume()
  }
}

/// A lane as its stream holds it: when the stream is dropped unread, the lane leaves, so that nothing waits for it.
private final class LaneHandle: Sendable {
  let shared: SharedStream
  let index: Int

  init(_ shared: SharedStream, _ index: Int) {
    self.shared = shared
    self.index = index
  }

  deinit { shared.leave(index) }
}
