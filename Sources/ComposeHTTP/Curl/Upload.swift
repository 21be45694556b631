import Synchronization

/// The way of a body from its source to libcurl: a task that reads, and the bytes that wait for the socket.
///
/// The source is opened when libcurl asks for the first bytes: after the connection stands and, when the server was
/// asked for leave, after its answer. It rests while ``highWatermark`` bytes wait.
final class Upload: Sendable {
  /// What libcurl gets for its question.
  enum Step {
    case bytes(Int)
    case end
    /// Nothing is here yet; `wake` will be called.
    case wait
    case failed(HTTPError)
  }

  private struct State {
    var chunks: [[UInt8]] = []
    /// The oldest chunk, and how much of it has gone.
    var first = 0
    var offset = 0
    var bufferedBytes = 0
    var isStarted = false
    /// The source has ended, or was refused.
    var isComplete = false
    var isClosed = false
    var failure: HTTPError?
    var libraryWaits = false
    var sourceWaits: CheckedContinuation<Void, Never>?
    var reader: HTTPBodyReader?
    var task: Task<Void, Never>?
  }

  static let highWatermark = 192 * 1024
  static let lowWatermark = 64 * 1024

  let length: Int?
  private let stream: HTTPBodyStream?
  private let wake: @Sendable () -> Void
  private let state: Mutex<State>

  /// - Parameter wake: called from any thread when there is something for a library that was told to wait.
  init(_ body: HTTPBody, wake: @escaping @Sendable () -> Void) {
    self.wake = wake
    switch body {
    case .bytes(let bytes):
      stream = nil
      length = bytes.count
      state = Mutex(State(chunks: bytes.isEmpty ? [] : [bytes], isStarted: true, isComplete: true))
    case .stream(let stream):
      self.stream = stream
      length = stream.length
      state = Mutex(State())
    }
  }

  // MARK: The library's side

  /// Moves waiting bytes into libcurl's buffer, and lets the source go on when there is room again.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Step {
    let (step, waiting, isFirst) = state.withLock { state in
      let isFirst = !state.isStarted
      state.isStarted = true
      let step = Self.take(buffer, &state)
      var waiting: CheckedContinuation<Void, Never>?
      if state.bufferedBytes <= Self.lowWatermark {
        waiting = state.sourceWaits
        state.sourceWaits = nil
      }
      return (step, waiting, isFirst)
    }
    waiting?.resume()
    if isFirst { start() }
    return step
  }

  /// Why the source failed, if it did.
  var failure: HTTPError? { state.withLock { $0.failure } }

  /// Gives the rest of the source up.
  func close() {
    let (task, reader, waiting) = state.withLock { state in
      defer { state = State(isStarted: true, isClosed: true, failure: state.failure) }
      return (state.task, state.isComplete ? nil : state.reader, state.sourceWaits)
    }
    task?.cancel()
    reader?.cancel()
    waiting?.resume()
  }

  private static func take(_ buffer: UnsafeMutableRawBufferPointer, _ state: inout State) -> Step {
    if let failure = state.failure { return .failed(failure) }
    guard state.first < state.chunks.count else {
      if state.isComplete || state.isClosed { return .end }
      state.libraryWaits = true
      return .wait
    }
    let chunk = state.chunks[state.first]
    let count = min(buffer.count, chunk.count - state.offset)
    chunk.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[state.offset..<state.offset + count])) }
    state.offset += count
    state.bufferedBytes -= count
    if state.offset == chunk.count {
      state.chunks[state.first] = []
      state.first += 1
      state.offset = 0
    }
    if state.first == state.chunks.count {
      state.chunks.removeAll(keepingCapacity: true)
      state.first = 0
    }
    return .bytes(count)
  }

  // MARK: The source's side

  private func start() {
    guard let stream else { return }
    // It keeps the upload until that is closed, which the end of every transfer does.
    let task = Task {
      do throws(HTTPError) {
        let reader = try await stream.open()
        guard keep(reader) else {
          reader.cancel()
          return
        }
        try await Self.pump(reader, length: stream.length) { chunk in
          guard push(chunk) else { return false }
          await waitForRoom()
          return true
        }
        end(nil)
      } catch {
        end(error)
      }
    }
    let isClosed = state.withLock { state in
      if !state.isClosed { state.task = task }
      return state.isClosed
    }
    if isClosed { task.cancel() }
  }

  /// Reads to the end, and makes sure that it comes where it was said to come. The chunk that completes the length is
  /// held back until the source has ended, so that a server never takes a part for the whole.
  private static func pump(
    _ reader: HTTPBodyReader, length: Int?, push: @Sendable ([UInt8]) async -> Bool
  ) async throws(HTTPError) {
    var count = 0
    var last: [UInt8]?
    while let chunk = try await reader.next() {
      if chunk.isEmpty { continue }
      count += chunk.count
      if let length, count >= length {
        guard count == length else {
          reader.cancel()
          throw HTTPError(.invalidRequest, "the request's body is longer than the \(length) bytes that were announced")
        }
        last = chunk
      } else if await !push(chunk) {
        return
      }
    }
    if let length, count != length {
      throw HTTPError(.invalidRequest, "the request's body ended after \(count) of \(length) bytes")
    }
    if let last { _ = await push(last) }
  }

  private func keep(_ reader: HTTPBodyReader) -> Bool {
    state.withLock { state in
      if !state.isClosed { state.reader = reader }
      return !state.isClosed
    }
  }

  private func push(_ chunk: [UInt8]) -> Bool {
    let (isOpen, libraryWaits) = state.withLock { state in
      guard !state.isClosed else { return (false, false) }
      state.chunks.append(chunk)
      state.bufferedBytes += chunk.count
      defer { state.libraryWaits = false }
      return (true, state.libraryWaits)
    }
    if libraryWaits { wake() }
    return isOpen
  }

  private func waitForRoom() async {
    await withCheckedContinuation { continuation in
      let waits = state.withLock { state in
        guard !state.isClosed, state.bufferedBytes >= Self.highWatermark else { return false }
        state.sourceWaits = continuation
        return true
      }
      if !waits { continuation.resume() }
    }
  }

  private func end(_ failure: HTTPError?) {
    let wakes = state.withLock { state in
      guard !state.isClosed else { return false }
      state.isComplete = true
      state.failure = failure
      defer { state.libraryWaits = false }
      // A failure ends the exchange even while the server takes nothing.
      return state.libraryWaits || failure != nil
    }
    if wakes { wake() }
  }
}
