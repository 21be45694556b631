import CCurl
import Glibc
import Synchronization

/// The way to the one thread that talks to libcurl: an inbox of commands, and a wake-up call.
///
/// libcurl's handles may be used by one thread at a time, so everybody else asks (libcurl-thread(3)).
final class TransferLoop: Sendable {
  enum Command: Sendable {
    case start(Exchange)
    case cancel(UInt64)
    case resume(UInt64)
    /// Nothing more of a body is wanted; what is left of it may still pass.
    case leave(UInt64)
    /// A body that is sent has more bytes, or has failed.
    case sendMore(UInt64)
    case stop
  }

  private struct Inbox {
    var commands: [Command] = []
    var isOpen = true
    var whenClosed: [CheckedContinuation<Void, Never>] = []
  }

  private let inbox = Mutex(Inbox())
  private let lastID = Atomic<UInt64>(0)
  private let library: CurlLibrary
  let idleConnectionLimit: Int
  let startLimit: StartLimit
  let epoll: Int32
  /// Readable when the inbox has something.
  let wakeUp: Int32

  /// Starts the thread. It ends with ``stop()``; this object alone does not keep it.
  ///
  /// - Throws: `unavailable` when the machine has no thread or descriptor left.
  static func start(
    _ library: CurlLibrary, idleConnectionLimit: Int, _ startLimit: StartLimit
  ) throws(HTTPError) -> TransferLoop {
    let loop = try TransferLoop(library, idleConnectionLimit, startLimit)
    var thread = pthread_t()
    let user = Unmanaged.passRetained(loop)
    guard pthread_create(&thread, nil, runTransferLoop, user.toOpaque()) == 0 else {
      user.release()
      loop.close()
      throw HTTPError(.unavailable, "no thread could be started for requests")
    }
    pthread_detach(thread)
    return loop
  }

  private init(_ library: CurlLibrary, _ idleConnectionLimit: Int, _ startLimit: StartLimit) throws(HTTPError) {
    self.library = library
    self.idleConnectionLimit = idleConnectionLimit
    self.startLimit = startLimit
    epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    wakeUp = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    guard epoll >= 0, wakeUp >= 0 else {
      close()
      throw HTTPError(.unavailable, "no file descriptor is left for requests")
    }
  }

  func makeID() -> UInt64 {
    lastID.add(1, ordering: .relaxed).newValue
  }

  /// Leaves a command for the thread. After the end it is dropped, and a start fails at once.
  func send(_ command: Command) {
    let isOpen = inbox.withLock { inbox in
      guard inbox.isOpen else { return false }
      inbox.commands.append(command)
      // Within the lock, because the descriptor is closed within it.
      if inbox.commands.count == 1 { eventfd_write(wakeUp, 1) }
      return true
    }
    if !isOpen { Self.refuse(command) }
  }

  /// Asks the thread to close everything and end.
  func stop() {
    send(.stop)
  }

  /// Stops the thread and waits until every socket is closed.
  func stopped() async {
    stop()
    await withCheckedContinuation { continuation in
      let isOpen = inbox.withLock { inbox in
        if inbox.isOpen { inbox.whenClosed.append(continuation) }
        return inbox.isOpen
      }
      if !isOpen { continuation.resume() }
    }
  }

  func takeCommands() -> [Command] {
    inbox.withLock { inbox in
      defer { inbox.commands = [] }
      return inbox.commands
    }
  }

  /// The life of the thread.
  fileprivate func run() {
    do throws(HTTPError) {
      try TransferEngine(self, library).run()
    } catch {
      for command in takeCommands() {
        if case .start(let exchange) = command { exchange.fail(error) }
      }
    }
    close()
  }

  private func close() {
    let rest = inbox.withLock { inbox in
      inbox.isOpen = false
      if epoll >= 0 { _ = Glibc.close(epoll) }
      if wakeUp >= 0 { _ = Glibc.close(wakeUp) }
      defer { inbox = Inbox(isOpen: false) }
      return inbox
    }
    for command in rest.commands { Self.refuse(command) }
    for continuation in rest.whenClosed { continuation.resume() }
  }

  private static func refuse(_ command: Command) {
    if case .start(let exchange) = command { exchange.fail(.shutDown) }
  }
}

extension HTTPError {
  static let shutDown = HTTPError(.cancelled, "the HTTP client was shut down")
}

/// The thread's first function. It is global, so that it belongs to no actor.
private func runTransferLoop(_ user: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  // Signals are for the threads that expect them; a broken pipe inside TLS must not end the program.
  var all = sigset_t()
  sigfillset(&all)
  pthread_sigmask(SIG_SETMASK, &all, nil)
  ccurl_name_thread("http-transfers")
  if let user { Unmanaged<TransferLoop>.fromOpaque(user).takeRetainedValue().run() }
  return nil
}
