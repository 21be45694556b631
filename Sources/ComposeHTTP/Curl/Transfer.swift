import CCurl

/// What the loop is asked to fetch: the sendable part of a transfer.
struct Exchange: Sendable {
  let id: UInt64
  let request: HTTPRequest
  let origin: HTTPOrigin
  let certificates: TrustedCertificates?
  let promise: ResponsePromise
  let body: ByteStream.Storage

  func fail(_ error: HTTPError) {
    promise.settle(.failure(error))
    body.fail(error)
  }
}

/// One exchange on the loop's thread, redirects included. Nothing here is touched by another thread.
final class Transfer {
  let exchange: Exchange
  var deadlines: TransferDeadlines
  private(set) var request: HTTPRequest
  private(set) var origin: HTTPOrigin
  private(set) var head = ResponseHead()
  /// How many redirects were followed.
  private(set) var hops = 0
  /// How often the request was about to be sent, since the last redirect.
  var attempts = 0

  /// The bytes of one read, handed over together: a read of many small HTTP chunks wakes the reader once.
  private var pending: [UInt8] = []
  /// The reader has enough for now.
  private var isFull = false
  /// libcurl was told so, and holds the bytes that it could not hand over.
  private(set) var isHeld = false

  init(_ exchange: Exchange, now: TransferDeadlines.Instant) {
    self.exchange = exchange
    request = exchange.request
    origin = exchange.origin
    deadlines = TransferDeadlines(request.timeouts, start: now)
  }

  /// Whether the answer is another request.
  var isRedirected: Bool { request.followsRedirects && head.isRedirect }

  /// Whether bytes wait for ``flush()``.
  var hasPendingBytes: Bool { !pending.isEmpty }

  /// - Throws: `malformed` when the head cannot be trusted.
  func read(headerLine line: UnsafeRawBufferPointer, now: TransferDeadlines.Instant) throws(HTTPError) {
    let isNew = head.read(line)
    if head.isTooLarge { throw .tooLargeHead(origin.hostAndPort) }
    if isNew, head.hasAmbiguousLength {
      throw HTTPError(.malformed, "the answer of \(origin.hostAndPort) has no clear length")
    }
    guard isNew, !isRedirected else { return }
    deadlines.progressed(at: now)
    let response = HTTPResponse(
      status: head.status, headers: head.headers, body: ByteStream(storage: exchange.body))
    exchange.promise.settle(.success(response))
  }

  /// - Returns: whether the bytes were taken; if not, libcurl pauses and brings them again.
  func read(body bytes: UnsafeRawBufferPointer, now: TransferDeadlines.Instant) -> Bool {
    // The page that comes with a redirect interests nobody.
    if isRedirected { return true }
    if isFull {
      isHeld = true
      return false
    }
    deadlines.progressed(at: now)
    pending.append(contentsOf: bytes)
    if pending.count >= handOverSize { flush() }
    return true
  }

  /// Gives the reader what has come.
  func flush() {
    guard !pending.isEmpty else { return }
    let bytes = pending
    pending = []
    if case .full = exchange.body.push(bytes) {
      isFull = true
      deadlines.paused()
    }
  }

  /// The reader wants more.
  ///
  /// - Returns: whether libcurl has to be told.
  func resume(now: TransferDeadlines.Instant) -> Bool {
    isFull = false
    deadlines.progressed(at: now)
    defer { isHeld = false }
    return isHeld
  }

  func follow(to location: String?) throws(HTTPError) {
    guard hops < HTTPRequest.redirectLimit else {
      throw HTTPError(
        .redirect, "more than \(HTTPRequest.redirectLimit) redirects, the last from \(origin.hostAndPort)")
    }
    guard let location else {
      throw HTTPError(.redirect, "\(origin.hostAndPort) redirects to a URL that cannot be read")
    }
    request = try request.redirected(status: head.status, to: location)
    origin = try request.checked()
    head = ResponseHead()
    hops += 1
    attempts = 0
  }

  /// The same request once more.
  func startAgain() {
    head = ResponseHead()
  }

  func finish() {
    flush()
    exchange.body.finish()
  }

  func fail(_ error: HTTPError) {
    flush()
    exchange.fail(error)
  }
}

/// What a piece of a body is at most: whoever reads it makes values of all of it, which a slow client then holds.
private let handOverSize = 16 * 1024
