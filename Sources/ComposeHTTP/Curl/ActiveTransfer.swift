import CCurl

/// A transfer on its handle, which is made anew for each redirect: what libcurl's callbacks get.
final class ActiveTransfer {
  let transfer: Transfer
  let handle: EasyHandle
  /// What a callback found wrong; it counts more than what libcurl makes of it.
  private var failure: HTTPError?
  /// Whether the head of the answer is still to come. The engine keeps this.
  var isUnanswered = true
  fileprivate unowned let engine: TransferEngine
  private let wake: @Sendable () -> Void
  private var upload: Upload?
  /// How much of the body has gone, and whether all of it has.
  private var sentBytes = 0
  private var isSent = true
  private var isSendingPaused = false
  /// Whether the connection was made for this transfer.
  fileprivate var isConnectionNew = false
  /// libcurl's socket for this transfer.
  var socket: Int32 = -1
  private var lastWords: LastWords?
  /// Whether ``mayStartAgain(after:)`` has led here.
  private let isSecondChance: Bool

  /// - Parameter wake: called from any thread when ``resumeSending()`` has something to do.
  init(
    _ transfer: Transfer, _ engine: TransferEngine, _ library: CurlLibrary, wake: @escaping @Sendable () -> Void
  ) throws(HTTPError) {
    var handle = try EasyHandle(library, from: engine.handles)
    try handle.configure(
      transfer.request, origin: transfer.origin, certificates: transfer.exchange.certificates)
    self.transfer = transfer
    self.engine = engine
    self.handle = handle
    self.wake = wake
    isSecondChance = transfer.attempts > 0
    let user = Unmanaged.passUnretained(self).toOpaque()
    self.handle.set(CURLOPT_PRIVATE, user: user)
    // What was asked before may have come on a connection that cannot be used any more; there may be others like it.
    if transfer.attempts > 0 { self.handle.set(CURLOPT_FRESH_CONNECT, 1) }
    self.handle.set(CURLOPT_OPENSOCKETDATA, user: user)
    self.handle.set(openSocket: openSocket)
    self.handle.set(CURLOPT_PREREQDATA, user: user)
    self.handle.set(request: requestStarts)
    self.handle.set(CURLOPT_HEADERDATA, user: user)
    self.handle.set(CURLOPT_HEADERFUNCTION, callback: headerLineArrived)
    self.handle.set(CURLOPT_WRITEDATA, user: user)
    self.handle.set(CURLOPT_WRITEFUNCTION, callback: bodyArrived)
    guard transfer.request.isUploaded, let body = transfer.request.body else { return }
    upload = Upload(body, wake: wake)
    isSent = false
    self.handle.set(CURLOPT_READDATA, user: user)
    self.handle.set(CURLOPT_READFUNCTION, callback: bodyWanted)
    self.handle.set(CURLOPT_SEEKDATA, user: user)
    self.handle.set(seek: bodyWantedAgain)
  }

  /// The transfer that a handle belongs to.
  static func of(_ easy: CurlLibrary.Easy, _ library: CurlLibrary) -> ActiveTransfer? {
    var user: UnsafeMutableRawPointer?
    _ = ccurl_get_pointer(library.easyGetinfo, easy, CURLINFO_PRIVATE, &user)
    return user.map { Unmanaged<ActiveTransfer>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Tells libcurl which directions rest.
  func applyPauses() {
    let receiving = transfer.isHeld ? ccurl_pause_receiving : 0
    let sending = isSendingPaused ? ccurl_pause_sending : 0
    handle.pause(receiving | sending)
  }

  // MARK: Sending

  /// libcurl sends a request again when a connection that was used before turns out to be dead. We allow it once, and
  /// only when the server cannot have acted on the first one, or when acting twice does no harm (RFC 9110, section
  /// 9.2.2).
  fileprivate func mayBegin() -> Bool {
    transfer.attempts += 1
    lastWords = nil
    if transfer.attempts == 1 || isSecondChance { return true }
    if transfer.attempts == 2, isHarmlessTwice || handle.number(CURLINFO_REQUEST_SIZE) == 0 { return true }
    failure = HTTPError(
      .connectionLost, "the provider closed the connection without an answer (\(transfer.origin.hostAndPort))")
    return false
  }

  /// Whether a refusal or a redirect came before the body had gone. The rest of it is not sent then, and how the
  /// connection ends does not matter: the answer is there.
  var isAnsweredEarly: Bool { !isSent && transfer.head.isComplete && transfer.head.status >= 300 }

  var uploadFailure: HTTPError? { isAnsweredEarly ? nil : upload?.failure }

  private var isHarmlessTwice: Bool {
    idempotentMethods.contains(transfer.request.method) && transfer.request.body?.isRepeatable ?? true
  }

  /// Whether the request should be sent again by us, because libcurl did not although it may: on an HTTP/2 connection
  /// that the server no longer takes requests on (RFC 9113, section 6.8) it gives up before it has sent anything.
  func mayStartAgain(after code: CURLcode) -> Bool {
    guard failure == nil, !isConnectionNew, transfer.attempts == 1, !transfer.head.isComplete else { return false }
    switch code {
    case CURLE_HTTP2: return isHarmlessTwice || sentBytes == 0
    case CURLE_HTTP2_STREAM, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING: return isHarmlessTwice
    default: return false
    }
  }

  /// What has ended the transfer, by libcurl's word for it.
  func error(after code: CURLcode, summary: String) -> HTTPError {
    if let failure { return failure }
    if code == CURLE_OPERATION_TIMEDOUT {
      return transfer.deadlines.error(.connect, host: transfer.origin.hostAndPort)
    }
    return CurlFailure(
      code: code, summary: summary, detail: handle.problem, origin: transfer.origin,
      certificates: transfer.exchange.certificates, hasHead: transfer.head.isComplete,
      proxyStatus: handle.number(CURLINFO_HTTP_CONNECTCODE)
    ).error
  }

  /// Makes libcurl ask for the body again, if it was told to wait.
  func resumeSending() {
    guard isSendingPaused else { return }
    isSendingPaused = false
    applyPauses()
  }

  /// Takes the answer that stood in the socket when sending failed.
  ///
  /// - Returns: whether there was one that ends the upload.
  func hearLastWords() -> Bool {
    guard !isSent, !transfer.head.isComplete, let (lines, body) = lastWords?.read() else { return false }
    for line in lines where !line.withUnsafeBytes({ receive(headerLine: $0) }) { return false }
    _ = body.withUnsafeBytes { transfer.read(body: $0, now: engine.now) }
    return true
  }

  /// Ends the reading of the body's source.
  func closeUpload() {
    lastWords = nil
    upload?.close()
    upload = nil
  }

  /// - Returns: what libcurl's read callback returns.
  fileprivate func send(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    guard let upload, !isAnsweredEarly else { return 0 }
    if lastWords == nil, !transfer.origin.isSecure, socket >= 0 { lastWords = LastWords(of: socket) }
    defer { engine.note(transfer) }
    switch upload.read(into: buffer) {
    case .bytes(let count):
      sentBytes += count
      if sentBytes == upload.length { noteSent() } else { transfer.deadlines.sent(at: engine.now) }
      return count
    case .end:
      noteSent()
      return 0
    case .wait:
      isSendingPaused = true
      transfer.deadlines.starved()
      return ccurl_read_pause
    case .failed(let error):
      failure = error
      return ccurl_read_abort
    }
  }

  private func noteSent() {
    isSent = true
    transfer.deadlines.sentAll(at: engine.now)
  }

  /// - Returns: whether the body can be sent from its start.
  fileprivate func rewind() -> Bool {
    guard let upload, let body = transfer.request.body else { return false }
    if sentBytes == 0 { return true }
    guard body.isRepeatable else { return false }
    upload.close()
    self.upload = Upload(body, wake: wake)
    sentBytes = 0
    isSent = false
    return true
  }

  // MARK: Receiving

  /// - Returns: whether the answer can be gone on with.
  fileprivate func receive(headerLine line: UnsafeRawBufferPointer) -> Bool {
    let hadHead = transfer.head.isComplete
    do throws(HTTPError) {
      try transfer.read(headerLine: line, now: engine.now)
    } catch {
      failure = error
      return false
    }
    engine.note(transfer)
    if transfer.head.isComplete { engine.noteAnswer(of: self) }
    guard !hadHead, isAnsweredEarly else { return true }
    upload?.close()
    engine.stopSendingLater(self)
    return true
  }

  /// - Returns: whether the bytes were taken.
  fileprivate func receive(body bytes: UnsafeRawBufferPointer) -> Bool {
    let hadPendingBytes = transfer.hasPendingBytes
    guard transfer.read(body: bytes, now: engine.now) else { return false }
    if !hadPendingBytes, transfer.hasPendingBytes { engine.handOverLater(transfer) }
    return true
  }
}

/// RFC 9110, section 9.2.2.
private let idempotentMethods: Set<String> = ["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"]

// The callbacks are global functions: a closure could inherit an actor that libcurl's thread is not on.

private func headerLineArrived(
  _ data: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ user: UnsafeMutableRawPointer?
) -> Int {
  guard let user else { return 0 }
  let entry = Unmanaged<ActiveTransfer>.fromOpaque(user).takeUnretainedValue()
  let line = UnsafeRawBufferPointer(start: data, count: size * count)
  return entry.receive(headerLine: line) ? size * count : 0
}

private func bodyArrived(
  _ data: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ user: UnsafeMutableRawPointer?
) -> Int {
  guard let user else { return 0 }
  let entry = Unmanaged<ActiveTransfer>.fromOpaque(user).takeUnretainedValue()
  let bytes = UnsafeRawBufferPointer(start: data, count: size * count)
  return entry.receive(body: bytes) ? size * count : ccurl_write_pause
}

private func bodyWanted(
  _ data: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ user: UnsafeMutableRawPointer?
) -> Int {
  guard let user else { return ccurl_read_abort }
  let entry = Unmanaged<ActiveTransfer>.fromOpaque(user).takeUnretainedValue()
  return entry.send(into: UnsafeMutableRawBufferPointer(start: data, count: size * count))
}

/// libcurl wants to send the body again, on another connection. It never seeks to anywhere but the start.
private func bodyWantedAgain(_ user: UnsafeMutableRawPointer?, _ offset: curl_off_t, _ origin: Int32) -> Int32 {
  guard let user, offset == 0 else { return CURL_SEEKFUNC_FAIL }
  let entry = Unmanaged<ActiveTransfer>.fromOpaque(user).takeUnretainedValue()
  return entry.rewind() ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL
}

/// The connection stands, and libcurl is about to send the head.
private func requestStarts(
  _ user: UnsafeMutableRawPointer?, _ address: UnsafeMutablePointer<CChar>?,
  _ ownAddress: UnsafeMutablePointer<CChar>?, _ port: Int32, _ ownPort: Int32
) -> Int32 {
  guard let user else { return CURL_PREREQFUNC_ABORT }
  let entry = Unmanaged<ActiveTransfer>.fromOpaque(user).takeUnretainedValue()
  return entry.mayBegin() ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}

/// A child process must not inherit a connection: it would keep it open after we have closed it.
private func openSocket(
  _ user: UnsafeMutableRawPointer?, _ purpose: curlsocktype, _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
  if let user { Unmanaged<ActiveTransfer>.fromOpaque(user).takeUnretainedValue().isConnectionNew = true }
  return address.map { ccurl_open_socket($0) } ?? -1
}
