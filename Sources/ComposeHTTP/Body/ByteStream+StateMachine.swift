extension ByteStream {
  /// Every decision of a byte stream, without its effects: each step returns what to do once the lock is released.
  ///
  /// `Reader` and `Writer` stand for whoever waits: continuations in the stream, plain numbers in tests.
  struct StateMachine<Reader: Sendable, Writer: Sendable>: Sendable {
    private enum Ending {
      case finished
      case failed(HTTPError)
      case cancelled
    }

    private let highWatermark: Int
    private let lowWatermark: Int
    private var chunks: [[UInt8]] = []
    /// The index of the oldest chunk; taking one does not move the others.
    private var first = 0
    private var isHeldBack = false
    private var ending: Ending?
    private var reader: Reader?
    private var writers: [(id: Int, writer: Writer)] = []

    /// The bytes waiting to be read.
    private(set) var bufferedBytes = 0

    init(highWatermark: Int, lowWatermark: Int) {
      self.highWatermark = max(1, highWatermark)
      self.lowWatermark = min(max(0, lowWatermark), max(1, highWatermark) - 1)
    }

    /// Whom to wake when the reader has made room.
    struct Release {
      /// Whether a transfer that was told to stop sending may go on.
      var resumesProducer = false
      var writers: [Writer] = []
    }

    // MARK: Reading

    enum PullAction {
      case chunk([UInt8], Release)
      case finished
      case failed(HTTPError)
      case wait
    }

    mutating func pull() -> PullAction {
      if case .cancelled = ending { return .failed(.cancelledByReader) }
      if first < chunks.count {
        let chunk = chunks[first]
        chunks[first] = []
        first += 1
        if first == chunks.count {
          chunks.removeAll(keepingCapacity: true)
          first = 0
        }
        bufferedBytes -= chunk.count
        return .chunk(chunk, releaseIfDrained())
      }
      switch ending {
      case .finished: return .finished
      case .failed(let error): return .failed(error)
      case .cancelled: return .failed(.cancelledByReader)
      case nil: return .wait
      }
    }

    /// Like ``pull()``, but remembers the reader when there is nothing yet.
    mutating func pull(waiting newReader: Reader) -> PullAction {
      let action = pull()
      if case .wait = action {
        precondition(reader == nil, "a byte stream has one reader")
        reader = newReader
      }
      return action
    }

    // MARK: Writing

    enum PushAction {
      /// The bytes are kept. When `isFull`, the producer pauses until it is released.
      case stored(isFull: Bool)
      /// A reader waits: hand them over.
      case deliver(Reader)
      /// Nobody wants them any more.
      case closed
    }

    mutating func push(_ bytes: [UInt8]) -> PushAction {
      guard ending == nil else { return .closed }
      guard !bytes.isEmpty else { return .stored(isFull: isHeldBack) }
      if let waiting = reader {
        reader = nil
        return .deliver(waiting)
      }
      chunks.append(bytes)
      bufferedBytes += bytes.count
      if bufferedBytes >= highWatermark { isHeldBack = true }
      return .stored(isFull: isHeldBack)
    }

    enum SuspensionAction {
      case wait
      case goOn
      case closed
    }

    /// Remembers a writer until the reader has made room.
    mutating func suspend(_ writer: Writer, id: Int) -> SuspensionAction {
      guard ending == nil else { return .closed }
      guard isHeldBack else { return .goOn }
      writers.append((id, writer))
      return .wait
    }

    /// Takes back a writer whose task was cancelled.
    mutating func withdraw(writer id: Int) -> Writer? {
      guard let index = writers.firstIndex(where: { $0.id == id }) else { return nil }
      return writers.remove(at: index).writer
    }

    var isClosed: Bool { ending != nil }

    // MARK: Ending

    struct EndAction {
      var reader: Reader?
      var writers: [Writer] = []
      /// Whether this call was the one that ended the stream.
      var isFirst = false
    }

    /// Ends the stream after the bytes that are already here.
    mutating func finish() -> EndAction { end(.finished) }

    /// Makes the reader fail after the bytes that are already here.
    mutating func fail(_ error: HTTPError) -> EndAction { end(.failed(error)) }

    /// Drops the bytes that are already here, and refuses all others.
    mutating func cancel() -> EndAction {
      if case .cancelled = ending { return EndAction() }
      let wasOver = ending != nil
      if wasOver, first == chunks.count { return EndAction() }
      ending = nil
      chunks = []
      first = 0
      bufferedBytes = 0
      var action = end(.cancelled)
      action.isFirst = !wasOver
      return action
    }

    private mutating func end(_ newEnding: Ending) -> EndAction {
      guard ending == nil else { return EndAction() }
      ending = newEnding
      isHeldBack = false
      defer {
        reader = nil
        writers = []
      }
      return EndAction(reader: reader, writers: writers.map(\.writer), isFirst: true)
    }

    private mutating func releaseIfDrained() -> Release {
      guard isHeldBack, bufferedBytes <= lowWatermark else { return Release() }
      isHeldBack = false
      defer { writers = [] }
      return Release(resumesProducer: true, writers: writers.map(\.writer))
    }
  }
}

extension HTTPError {
  static let cancelledByReader = HTTPError(.cancelled, "the exchange was cancelled")
}
