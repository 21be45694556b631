import CCurl
import Glibc

/// All that happens on the loop's thread: libcurl's multi handle, driven by epoll, and the transfers on it.
///
/// `curl_multi_socket_action` looks at the sockets that are ready, where `curl_multi_perform` would look at all of them
/// each time (libcurl-multi(3)). The transfers' own deadlines are looked at when the earliest may have passed.
final class TransferEngine {
  typealias Instant = TransferDeadlines.Instant

  /// The time of this turn of the loop.
  private(set) var now = Instant(0)

  private let loop: TransferLoop
  private let library: CurlLibrary
  private let multi: CurlLibrary.Multi
  let handles: EasyHandles
  private var active: [UInt64: ActiveTransfer] = [:]
  /// The transfers whose callbacks have left bytes to hand over.
  private var touched: [Transfer] = []
  /// The exchanges that have not begun.
  private var starts: StartQueue
  /// Those whose answer came before their body had gone: it interests nobody any more.
  private var answered: [ActiveTransfer] = []
  private var isStopping = false
  /// When libcurl wants to be called though no socket is ready.
  private var libraryDeadline = Instant.max
  /// No transfer's deadline is before this. It may be too early, never too late.
  private var earliestDeadline = Instant.max

  init(_ loop: TransferLoop, _ library: CurlLibrary) throws(HTTPError) {
    guard let multi = library.multiInit() else {
      throw HTTPError(.unavailable, "libcurl could not start: out of memory")
    }
    self.loop = loop
    self.library = library
    self.multi = multi
    handles = EasyHandles(library)
    starts = StartQueue(loop.startLimit)
    watch(loop.wakeUp, EPOLLIN.rawValue)
    let user = Unmanaged.passUnretained(self).toOpaque()
    _ = ccurl_multi_set_pointer(library.multiSetopt, multi, CURLMOPT_SOCKETDATA, user)
    _ = ccurl_multi_set_socket_callback(library.multiSetopt, multi, socketChanged)
    _ = ccurl_multi_set_pointer(library.multiSetopt, multi, CURLMOPT_TIMERDATA, user)
    _ = ccurl_multi_set_timer_callback(library.multiSetopt, multi, timerChanged)
    _ = ccurl_multi_set_long(library.multiSetopt, multi, CURLMOPT_MAXCONNECTS, loop.idleConnectionLimit)
    // An HTTP/2 connection carries one exchange at a time. When several share one, libcurl holds up to 32 MiB of each
    // whose reader rests, because the others have to get through.
    _ = ccurl_multi_set_long(
      library.multiSetopt, multi, CURLMOPT_PIPELINING, ccurl_one_transfer_per_connection)
  }

  deinit {
    _ = library.multiCleanup(multi)
  }

  /// Works until it is told to stop; every transfer is over then.
  func run() {
    var events = [epoll_event](repeating: epoll_event(), count: 256)
    while true {
      now = monotonicNow()
      for command in loop.takeCommands() { perform(command) }
      if isStopping { break }
      startWaiting(at: now)
      if now >= libraryDeadline {
        libraryDeadline = .max
        act(on: ccurl_socket_timeout, 0)
      }
      if now >= earliestDeadline { failLateTransfers() }
      let count = epoll_wait(loop.epoll, &events, Int32(events.count), millisecondsToWait())
      now = monotonicNow()
      for event in events.prefix(max(0, Int(count))) { receive(event) }
    }
    for entry in active.values { end(entry, .shutDown) }
    while let exchange = starts.next(at: .max) { exchange.fail(.shutDown) }
  }

  /// Makes sure that the transfer's deadline is not slept over.
  func note(_ transfer: Transfer) {
    if let next = transfer.deadlines.next { earliestDeadline = min(earliestDeadline, next.at) }
  }

  /// Remembers that a callback has left bytes, to be handed over when libcurl has read all that was there.
  func handOverLater(_ transfer: Transfer) {
    touched.append(transfer)
  }

  /// Remembers that a callback has seen an answer that makes the rest of the body needless.
  func stopSendingLater(_ entry: ActiveTransfer) {
    answered.append(entry)
  }

  /// Remembers that the head of an answer is there.
  func noteAnswer(of entry: ActiveTransfer) {
    if entry.isUnanswered { starts.noteAnswer() }
    entry.isUnanswered = false
  }

  // MARK: Commands

  private func perform(_ command: TransferLoop.Command) {
    switch command {
    case .start(let exchange): starts.append(exchange, at: now)
    case .cancel(let id):
      if let entry = active[id] { end(entry, .cancelledByReader) }
    case .resume(let id): resume(id)
    case .leave(let id):
      active[id]?.transfer.deadlines.left(at: now)
      resume(id)
    case .sendMore(let id):
      guard let entry = active[id] else { return }
      if let failure = entry.uploadFailure { end(entry, failure) } else { entry.resumeSending() }
    case .stop: isStopping = true
    }
  }

  private func resume(_ id: UInt64) {
    guard let entry = active[id] else { return }
    // This may call back with the bytes that were held.
    if entry.transfer.resume(now: now) { entry.applyPauses() }
    note(entry.transfer)
    settle()
  }

  private func startWaiting(at now: Instant) {
    while let exchange = starts.next(at: now) {
      // The caller may have been cancelled meanwhile.
      if !exchange.promise.isSettled { launch(Transfer(exchange, now: now)) }
    }
  }

  private func launch(_ transfer: Transfer) {
    do throws(HTTPError) {
      let id = transfer.exchange.id
      let entry = try ActiveTransfer(transfer, self, library) { [loop] in loop.send(.sendMore(id)) }
      guard library.multiAddHandle(multi, entry.handle.pointer) == CURLM_OK else {
        throw HTTPError(.unavailable, "libcurl could not take another transfer")
      }
      active[id] = entry
      starts.noteStart()
      note(transfer)
    } catch {
      transfer.fail(error)
    }
  }

  // MARK: Sockets and time

  private func receive(_ event: epoll_event) {
    if event.data.fd == loop.wakeUp {
      var value: eventfd_t = 0
      eventfd_read(loop.wakeUp, &value)
      return
    }
    var ready: Int32 = 0
    if event.events & EPOLLIN.rawValue != 0 { ready |= CURL_CSELECT_IN }
    if event.events & EPOLLOUT.rawValue != 0 { ready |= CURL_CSELECT_OUT }
    if event.events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 { ready |= CURL_CSELECT_ERR }
    act(on: event.data.fd, ready)
  }

  private func act(on socket: curl_socket_t, _ ready: Int32) {
    var running: Int32 = 0
    _ = library.multiSocketAction(multi, socket, ready, &running)
    settle()
  }

  fileprivate func noteSocket(_ socket: Int32, _ easy: CurlLibrary.Easy) {
    ActiveTransfer.of(easy, library)?.socket = socket
  }

  fileprivate func watch(_ socket: Int32, _ events: UInt32) {
    var event = epoll_event()
    event.data.fd = socket
    event.events = events
    // libcurl does not say whether it closed the socket of this number in between; the kernel knows.
    if epoll_ctl(loop.epoll, EPOLL_CTL_MOD, socket, &event) != 0 {
      epoll_ctl(loop.epoll, EPOLL_CTL_ADD, socket, &event)
    }
  }

  fileprivate func unwatch(_ socket: Int32) {
    var event = epoll_event()
    epoll_ctl(loop.epoll, EPOLL_CTL_DEL, socket, &event)
  }

  fileprivate func callBack(inMilliseconds milliseconds: Int) {
    libraryDeadline = milliseconds < 0 ? .max : monotonicNow() + Instant(milliseconds) * 1_000_000
  }

  private func millisecondsToWait() -> Int32 {
    let deadline = min(libraryDeadline, earliestDeadline, starts.deadline)
    guard deadline != .max else { return -1 }
    let now = monotonicNow()
    guard deadline > now else { return 0 }
    // Rounded up: waking a moment early would mean turning in circles until the deadline.
    return Int32(clamping: (deadline - now) / 1_000_000 + 1)
  }

  private func failLateTransfers() {
    earliestDeadline = .max
    for entry in active.values {
      guard let next = entry.transfer.deadlines.next else { continue }
      if now >= next.at {
        end(entry, entry.transfer.deadlines.error(next.timeout, host: entry.transfer.origin.hostAndPort))
      } else {
        earliestDeadline = min(earliestDeadline, next.at)
      }
    }
  }

  // MARK: Results

  /// Hands over what libcurl has read, then deals with the transfers that it has finished.
  private func settle() {
    while !touched.isEmpty {
      let transfers = touched
      touched = []
      for transfer in transfers { transfer.flush() }
    }
    for entry in answered { entry.resumeSending() }
    answered = []
    var left: Int32 = 0
    while let message = library.multiInfoRead(multi, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
      let code = ccurl_message_result(message)
      if let entry = ActiveTransfer.of(easy, library) { finish(entry, code) }
    }
  }

  private func finish(_ entry: ActiveTransfer, _ code: CURLcode) {
    let transfer = entry.transfer
    guard code == CURLE_OK || entry.isAnsweredEarly || entry.hearLastWords() else {
      guard entry.mayStartAgain(after: code) else {
        end(entry, entry.error(after: code, summary: library.text(code)))
        return
      }
      detach(entry)
      transfer.startAgain()
      launch(transfer)
      return
    }
    guard transfer.isRedirected else {
      detach(entry)
      transfer.finish()
      return
    }
    let location = entry.handle.redirectURL
    detach(entry)
    do throws(HTTPError) {
      try transfer.follow(to: location)
    } catch {
      transfer.fail(error)
      return
    }
    transfer.deadlines.restarted(at: now)
    launch(transfer)
  }

  private func end(_ entry: ActiveTransfer, _ error: HTTPError) {
    detach(entry)
    entry.transfer.fail(error)
  }

  /// Takes the transfer off libcurl. If it is unfinished, this closes its connection (an HTTP/2 stream is reset).
  private func detach(_ entry: ActiveTransfer) {
    _ = library.multiRemoveHandle(multi, entry.handle.pointer)
    entry.closeUpload()
    noteAnswer(of: entry)
    active[entry.transfer.exchange.id] = nil
  }
}

// The callbacks are global functions: a closure could inherit an actor that libcurl's thread is not on.

private func socketChanged(
  _ easy: CurlLibrary.Easy?, _ socket: curl_socket_t, _ what: Int32, _ user: UnsafeMutableRawPointer?,
  _ socketUser: UnsafeMutableRawPointer?
) -> Int32 {
  guard let user else { return 0 }
  let engine = Unmanaged<TransferEngine>.fromOpaque(user).takeUnretainedValue()
  if let easy { engine.noteSocket(socket, easy) }
  if what == CURL_POLL_REMOVE {
    engine.unwatch(socket)
  } else {
    let reads = what & CURL_POLL_IN != 0 ? EPOLLIN.rawValue : 0
    let writes = what & CURL_POLL_OUT != 0 ? EPOLLOUT.rawValue : 0
    engine.watch(socket, reads | writes)
  }
  return 0
}

private func timerChanged(_ multi: CurlLibrary.Multi?, _ milliseconds: Int, _ user: UnsafeMutableRawPointer?) -> Int32 {
  guard let user else { return 0 }
  Unmanaged<TransferEngine>.fromOpaque(user).takeUnretainedValue().callBack(inMilliseconds: milliseconds)
  return 0
}
