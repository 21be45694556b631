import Synchronization

extension ByteStream {
  /// What the two ends of a stream share: the state machine behind its lock, and the effects of its decisions.
  ///
  /// It is apart from ``ByteStream`` so that a producer does not keep the reader's end alive: a body that nobody holds
  /// any more is a body that nobody will read.
  final class Storage: Sendable {
    typealias Reader = CheckedContinuation<Result<[UInt8]?, HTTPError>, Never>
    typealias Writer = CheckedContinuation<Void, Never>

    private let machine: Mutex<StateMachine<Reader, Writer>>
    private let onResume: @Sendable () -> Void
    private let onCancel: @Sendable () -> Void
    private let onLeave: @Sendable () -> Void

    /// - Parameters:
    ///   - onResume: called, from any thread, when a producer that saw ``Push/full`` may go on.
    ///   - onCancel: called at most once, from any thread, when the reader gives up before the end.
    ///   - onLeave: called in its place when the reader has all that it wants; `nil` is the same.
    init(
      highWatermark: Int, lowWatermark: Int,
      onResume: @escaping @Sendable () -> Void = {}, onCancel: @escaping @Sendable () -> Void = {},
      onLeave: (@Sendable () -> Void)? = nil
    ) {
      machine = Mutex(StateMachine(highWatermark: highWatermark, lowWatermark: lowWatermark))
      self.onResume = onResume
      self.onCancel = onCancel
      self.onLeave = onLeave ?? onCancel
    }

    var bufferedBytes: Int { machine.withLock { $0.bufferedBytes } }

    enum Push {
      case accepted
      /// Accepted, but no more until the producer is told to resume.
      case full
      case closed
    }

    /// Hands bytes to the reader without waiting.
    func push(_ bytes: [UInt8]) -> Push {
      switch machine.withLock({ $0.push(bytes) }) {
      case .stored(let isFull):
        return isFull ? .full : .accepted
      case .deliver(let reader):
        reader.resume(returning: .success(bytes))
        return .accepted
      case .closed:
        return .closed
      }
    }

    /// Waits until the reader has made room, or the stream has ended, or the writer's task is cancelled.
    func waitForRoom(writer id: Int) async {
      await withTaskCancellationHandler {
        await withCheckedContinuation { (continuation: Writer) in
          let action = machine.withLock { $0.suspend(continuation, id: id) }
          switch action {
          case .goOn, .closed:
            continuation.resume()
          case .wait:
            // The handler may have run before the continuation was there to be found.
            if Task.isCancelled { withdraw(writer: id) }
          }
        }
      } onCancel: {
        withdraw(writer: id)
      }
    }

    var isClosed: Bool { machine.withLock { $0.isClosed } }

    /// Reads the next chunk; cancelling the task cancels the stream.
    func next() async -> Result<[UInt8]?, HTTPError> {
      if Task.isCancelled { cancel() }
      if let result = perform(machine.withLock { $0.pull() }) { return result }
      return await withTaskCancellationHandler {
        await withCheckedContinuation { (continuation: Reader) in
          if let result = perform(machine.withLock { $0.pull(waiting: continuation) }) {
            continuation.resume(returning: result)
          }
        }
      } onCancel: {
        cancel()
      }
    }

    func finish() {
      wake(machine.withLock { $0.finish() }, with: .success(nil))
    }

    func fail(_ error: HTTPError) {
      wake(machine.withLock { $0.fail(error) }, with: .failure(error))
    }

    func cancel() {
      if end() { onCancel() }
    }

    func leave() {
      if end() { onLeave() }
    }

    /// - Returns: whether it had not ended before.
    private func end() -> Bool {
      let action = machine.withLock { $0.cancel() }
      wake(action, with: .failure(.cancelledByReader))
      return action.isFirst
    }

    /// The result for the reader, or `nil` when it has to wait.
    private func perform(_ action: StateMachine<Reader, Writer>.PullAction) -> Result<[UInt8]?, HTTPError>? {
      switch action {
      case .chunk(let bytes, let release):
        if release.resumesProducer { onResume() }
        for writer in release.writers { writer.resume() }
        return .success(bytes)
      case .finished: return .success(nil)
      case .failed(let error): return .failure(error)
      case .wait: return nil
      }
    }

    private func wake(
      _ action: StateMachine<Reader, Writer>.EndAction, with result: Result<[UInt8]?, HTTPError>
    ) {
      action.reader?.resume(returning: result)
      for writer in action.writers { writer.resume() }
    }

    private func withdraw(writer id: Int) {
      machine.withLock { $0.withdraw(writer: id) }?.resume()
    }
  }
}
