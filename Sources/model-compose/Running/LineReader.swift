import Glibc
import Synchronization

/// Lines that somebody types, read so that a wait for one can be given up.
final class LineReader: Sendable {
  enum Line: Sendable {
    /// Without its line feed.
    case text(String)
    /// Nobody types any more.
    case end
    case cancelled
    /// The input cannot be read; an error number.
    case failed(Int32)
  }

  private let descriptor: Int32
  /// What was read behind the last line.
  private let rest = Mutex<[UInt8]>([])

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// Waits for the next line, on a thread of its own: tasks must not wait for people. To be called by one task at a
  /// time.
  func next() async -> Line {
    let waiting = WaitingRead(descriptor, rest.withLock { $0 })
    guard let waiting else { return .failed(errno) }
    let (line, rest) = await withTaskCancellationHandler {
      await withCheckedContinuation { waiting.start($0) }
    } onCancel: {
      waiting.cancel()
    }
    self.rest.withLock { $0 = rest }
    return line
  }
}

/// One wait for a line.
private final class WaitingRead: Sendable {
  typealias Outcome = (line: LineReader.Line, rest: [UInt8])

  private let descriptor: Int32
  private let begun: [UInt8]
  /// A pipe that becomes readable when the wait is given up.
  private let cancellation: (reader: Int32, writer: Int32)

  /// - Returns: `nil` when no descriptor is left.
  init?(_ descriptor: Int32, _ begun: [UInt8]) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    cancellation = (ends[0], ends[1])
    self.descriptor = descriptor
    self.begun = begun
  }

  deinit {
    close(cancellation.reader)
    close(cancellation.writer)
  }

  func cancel() { Terminal.write([0], to: cancellation.writer) }

  func start(_ continuation: CheckedContinuation<Outcome, Never>) {
    let user = Unmanaged.passRetained(StartedRead(self, continuation))
    var thread = pthread_t()
    guard pthread_create(&thread, nil, runRead, user.toOpaque()) == 0 else {
      user.release()
      continuation.resume(returning: (.failed(EAGAIN), begun))
      return
    }
    pthread_detach(thread)
  }

  /// Blocks.
  func read() -> Outcome {
    var bytes = begun
    var piece = [UInt8](repeating: 0, count: 4096)
    while true {
      if let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
        let text = bytes[..<end].last == UInt8(ascii: "\r") ? bytes[..<(end - 1)] : bytes[..<end]
        return (.text(String(decoding: text, as: UTF8.self)), Array(bytes[(end + 1)...]))
      }
      var polled = [pollfd(fd: cancellation.reader, events: Int16(POLLIN), revents: 0)]
      polled.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
      if poll(&polled, 2, -1) < 0 {
        if errno == EINTR { continue }
        return (.failed(errno), bytes)
      }
      if polled[0].revents != 0 { return (.cancelled, bytes) }
      let count = Glibc.read(descriptor, &piece, piece.count)
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      if count < 0 { return (.failed(errno), bytes) }
      if count == 0 {
        return bytes.isEmpty ? (.end, []) : (.text(String(decoding: bytes, as: UTF8.self)), [])
      }
      bytes += piece[..<count]
    }
  }
}

/// A wait and who waits, as one pointer for its thread.
private final class StartedRead: Sendable {
  private let read: WaitingRead
  private let continuation: CheckedContinuation<WaitingRead.Outcome, Never>

  init(_ read: WaitingRead, _ continuation: CheckedContinuation<WaitingRead.Outcome, Never>) {
    self.read = read
    self.continuation = continuation
  }

  func run() { continuation.resume(returning: read.read()) }
}

/// A function and no closure: a closure would inherit the isolation of where it is written and trap on this thread.
private func runRead(_ user: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  // Signals are for the threads that expect them.
  var all = sigset_t()
  sigfillset(&all)
  pthread_sigmask(SIG_SETMASK, &all, nil)
  if let user { Unmanaged<StartedRead>.fromOpaque(user).takeRetainedValue().run() }
  return nil
}
