import CProcess
import Glibc
import Synchronization

/// Our end of a pipe. Reading and writing never block: where the kernel's buffer is empty or full, the task waits for
/// the thread of ``ProcessLoop``. Nothing is buffered on top of it, so a slow reader slows the program down.
///
/// One task at a time reads or writes; any task closes.
final class Pipe: Sendable {
  private struct State {
    /// -1 when the end is closed.
    var descriptor: Int32
    var isRegistered = false
    var waiter: CheckedContinuation<Void, Never>?
  }

  let token: UInt64
  private let loop: ProcessLoop
  private let events: UInt32
  private let state: Mutex<State>

  /// - Parameter descriptor: is owned from now on, and does not block.
  init(_ descriptor: Int32, isWriter: Bool, _ loop: ProcessLoop) {
    token = loop.makeToken()
    self.loop = loop
    events = isWriter ? EPOLLOUT.rawValue : EPOLLIN.rawValue
    state = Mutex(State(descriptor: descriptor))
  }

  deinit { close() }

  /// How much is read at once: what a pipe holds (pipe(7)).
  private static let chunkSize = 64 * 1024

  /// The bytes that are there, at least one; `nil` at the end, and after ``close()``.
  func read() async throws(ProcessError) -> [UInt8]? {
    while true {
      if Task.isCancelled { throw .cancelled }
      if let bytes = readNow() {
        if !bytes.isEmpty { return bytes }
        close()
        return nil
      }
      try await waitUntilReady()
    }
  }

  /// The bytes that are there: none at the end, and `nil` when there may be more later.
  func readNow() -> [UInt8]? {
    var isEmpty = false
    let bytes = state.withLock { state -> [UInt8] in
      guard state.descriptor >= 0 else { return [] }
      return [UInt8](unsafeUninitializedCapacity: Self.chunkSize) { buffer, count in
        var result = 0
        repeat {
          result = Glibc.read(state.descriptor, buffer.baseAddress, Self.chunkSize)
        } while result < 0 && errno == EINTR
        isEmpty = result < 0 && errno == EAGAIN
        count = max(0, result)
      }
    }
    return isEmpty ? nil : bytes
  }

  /// Writes all bytes. Returns false when nobody reads them any more.
  func write(_ bytes: [UInt8]) async throws(ProcessError) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      if Task.isCancelled { throw .cancelled }
      let written = state.withLock { state in
        guard state.descriptor >= 0 else { return -Int(EPIPE) }
        return rest.withUnsafeBytes { cprocess_write(state.descriptor, $0.baseAddress, $0.count) }
      }
      if written == -Int(EAGAIN) {
        try await waitUntilReady()
      } else if written < 0 {
        close()
        return false
      } else {
        rest = rest.dropFirst(written)
      }
    }
    return true
  }

  /// Closes the end. Whoever waits for it finds it at its end.
  func close() {
    let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
      guard state.descriptor >= 0 else { return nil }
      if state.isRegistered { loop.forget(token, state.descriptor) }
      _ = Glibc.close(state.descriptor)
      state.descriptor = -1
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume()
  }

  /// The thread has seen that something can be done.
  func becameReady() {
    takeWaiter()?.resume()
  }

  private func takeWaiter() -> CheckedContinuation<Void, Never>? {
    state.withLock { state in
      defer { state.waiter = nil }
      return state.waiter
    }
  }

  private func waitUntilReady() async throws(ProcessError) {
    var failure: Int32 = 0
    await withTaskCancellationHandler {
      await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
        let isWaiting = state.withLock { state in
          // The handler of a cancellation before this line has found nobody.
          guard state.descriptor >= 0, !Task.isCancelled else { return false }
          failure = loop.arm(self, state.descriptor, events, isKnown: state.isRegistered)
          guard failure == 0 else { return false }
          state.isRegistered = true
          state.waiter = continuation
          return true
        }
        if !isWaiting { continuation.resume() }
      }
    } onCancel: {
      takeWaiter()?.resume()
    }
    if Task.isCancelled { throw .cancelled }
    guard failure == 0 else { throw .unavailable("a pipe could not be watched", failure) }
  }
}

/// Both ends of a new pipe. What is not taken out is closed with it.
struct PipePair: ~Copyable {
  private var readEnd: Int32
  private var writeEnd: Int32

  /// - Throws: `unavailable` when no descriptor is left.
  init() throws(ProcessError) {
    var ends: [Int32] = [-1, -1]
    guard cprocess_pipe(&ends) == 0 else { throw .unavailable("no pipe for a process", errno) }
    readEnd = ends[0]
    writeEnd = ends[1]
  }

  deinit {
    if readEnd >= 0 { _ = close(readEnd) }
    if writeEnd >= 0 { _ = close(writeEnd) }
  }

  /// The end that the program gets; it blocks, as programs expect it.
  var theirReadEnd: Int32 { readEnd }
  var theirWriteEnd: Int32 { writeEnd }

  /// Takes the end out that this process reads.
  mutating func takeReader(_ loop: ProcessLoop) -> Pipe {
    defer { readEnd = -1 }
    _ = fcntl(readEnd, F_SETFL, O_NONBLOCK)
    return Pipe(readEnd, isWriter: false, loop)
  }

  /// Takes the end out that this process writes.
  mutating func takeWriter(_ loop: ProcessLoop) -> Pipe {
    defer { writeEnd = -1 }
    _ = fcntl(writeEnd, F_SETFL, O_NONBLOCK | O_WRONLY)
    return Pipe(writeEnd, isWriter: true, loop)
  }
}
