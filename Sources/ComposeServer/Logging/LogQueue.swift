import Glibc
import Synchronization

/// Writes lines to a descriptor on a thread of its own. Whoever has a line never waits: what does not fit is dropped and
/// counted.
package final class LogQueue: Sendable {
  private struct State {
    var lines: [[UInt8]] = []
    var size = 0
    var dropped = 0
    var descriptor: Int32
    var isEnding = false
    var hasThread = false
  }

  private let state: Mutex<State>
  private let limit: Int
  private let ownsDescriptor: Bool
  private let describeLoss: @Sendable (Int) -> [UInt8]
  private let ended = Latch()
  /// A pipe that is readable while there is something to do.
  private let wake: (reader: Int32, writer: Int32)

  /// - Parameters:
  ///   - ownsDescriptor: whether it is closed at the end.
  ///   - limit: the most bytes that wait to be written.
  ///   - describeLoss: the line that stands where so many lines are missing.
  /// - Returns: `nil` when the system has no descriptor left.
  package init?(
    descriptor: Int32, ownsDescriptor: Bool, limit: Int = 1 << 20,
    describeLoss: @escaping @Sendable (Int) -> [UInt8]
  ) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    wake = (ends[0], ends[1])
    self.limit = limit
    self.ownsDescriptor = ownsDescriptor
    self.describeLoss = describeLoss
    state = Mutex(State(descriptor: descriptor))
  }

  deinit {
    close(wake.reader)
    close(wake.writer)
    if ownsDescriptor { close(state.withLock { $0.descriptor }) }
  }

  /// Hands a line over. It never waits.
  package func write(_ line: [UInt8]) {
    let (isFirst, needsThread) = state.withLock { state in
      guard !state.isEnding else { return (false, false) }
      guard state.size + line.count <= limit else {
        state.dropped += 1
        return (false, false)
      }
      let isFirst = state.lines.isEmpty
      state.lines.append(line)
      state.size += line.count
      defer { state.hasThread = true }
      return (isFirst, !state.hasThread)
    }
    if needsThread { startThread() }
    if isFirst { wakeThread() }
  }

  /// Goes on with another descriptor; the old one is closed when it was owned.
  package func replace(with descriptor: Int32) {
    let old = state.withLock { state in
      defer { state.descriptor = descriptor }
      return state.descriptor
    }
    if ownsDescriptor { close(old) }
  }

  /// Takes no more lines, and waits for those that it has: at most so long.
  package func end(within limit: Duration = .seconds(1)) async {
    let hasThread = state.withLock { state in
      state.isEnding = true
      return state.hasThread
    }
    guard hasThread else { return }
    wakeThread()
    await withTaskGroup { group in
      group.addTask { await self.ended.wait() }
      group.addTask { try? await Task.sleep(for: limit) }
      await group.next()
      group.cancelAll()
    }
  }

  // MARK: The thread

  private func wakeThread() {
    var byte: UInt8 = 0
    _ = Glibc.write(wake.writer, &byte, 1)
  }

  private func startThread() {
    var thread = pthread_t()
    let user = Unmanaged.passRetained(self)
    guard pthread_create(&thread, nil, runLogQueue, user.toOpaque()) == 0 else {
      user.release()
      state.withLock { $0.hasThread = false }
      return
    }
    pthread_detach(thread)
  }

  fileprivate func run() {
    var byte: UInt8 = 0
    while true {
      while read(wake.reader, &byte, 1) < 0, errno == EINTR {}
      let isLast = writeWhatIsThere()
      if isLast { break }
    }
    ended.open()
  }

  /// - Returns: whether there will be no more.
  private func writeWhatIsThere() -> Bool {
    while true {
      let (lines, dropped, isEnding) = state.withLock { state in
        defer { (state.lines, state.size, state.dropped) = ([], 0, 0) }
        return (state.lines, state.dropped, state.isEnding)
      }
      for line in lines { writeLine(line) }
      if dropped > 0 { writeLine(describeLoss(dropped)) }
      if lines.isEmpty { return isEnding }
    }
  }

  /// A reader that has gone takes no line, which is no reason to end.
  private func writeLine(_ line: [UInt8]) {
    var rest = line[...]
    while !rest.isEmpty {
      let descriptor = state.withLock { $0.descriptor }
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return }
      rest = rest.dropFirst(count)
    }
  }
}

/// A function and no closure: a closure would inherit the isolation of where it is written and trap on this thread.
private func runLogQueue(_ user: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  // Signals are for the threads that expect them.
  var all = sigset_t()
  sigfillset(&all)
  pthread_sigmask(SIG_SETMASK, &all, nil)
  if let user { Unmanaged<LogQueue>.fromOpaque(user).takeRetainedValue().run() }
  return nil
}
