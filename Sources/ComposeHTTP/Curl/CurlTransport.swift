import Synchronization

/// Sends requests with libcurl, all on one thread of its own. Library and thread start with the first request.
///
/// Connections are kept and used again. Encodings are decoded, certificates always verified, up to five redirects
/// followed. Proxies come from the environment as curl reads it (`http_proxy`, `https_proxy`, `all_proxy`, `no_proxy`),
/// but never stand before a loopback address. When the transport goes away, so do its thread and all its connections.
package final class CurlTransport: HTTPTransport {
  private enum State {
    case idle
    case running(TransferLoop)
    case shutDown
  }

  private let state = Mutex(State.idle)
  private let certificates: TrustedCertificates?
  private let highWatermark: Int
  private let lowWatermark: Int
  private let idleConnectionLimit: Int
  private let startLimit: StartLimit

  /// - Parameters:
  ///   - caFile: certificate authorities in PEM form, in place of the system's and of the file that the variables
  ///     `CURL_CA_BUNDLE` or `SSL_CERT_FILE` name. One that cannot be read makes every secure exchange fail.
  ///   - highWatermark: the bytes of one body that may wait for their reader.
  ///   - lowWatermark: the bytes that are left when a body that waited is read on.
  ///   - idleConnectionLimit: how many connections may wait for another exchange. As many as there may be streams at the
  ///     same time on a busy service: making one anew for each request costs both sides more than a request.
  ///   - startLimit: how many exchanges may begin together. The limits of those that wait begin with them.
  package init(
    caFile: String? = nil,
    highWatermark: Int = ByteStream.defaultHighWatermark, lowWatermark: Int = ByteStream.defaultLowWatermark,
    idleConnectionLimit: Int = 1024, startLimit: StartLimit = StartLimit()
  ) {
    certificates = TrustedCertificates.chosen(caFile)
    self.highWatermark = highWatermark
    self.lowWatermark = lowWatermark
    self.idleConnectionLimit = idleConnectionLimit
    self.startLimit = startLimit
  }

  deinit {
    end()?.stop()
  }

  /// Begins to load libcurl beside what the caller does, for a command that will probably send something: that takes as
  /// long as a small request. If there is no such library, the first request says so.
  package static func preload() {
    Task.detached { CurlLibrary.map() }
  }

  package func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    let origin = try request.checked()
    if Task.isCancelled { throw .cancelledByReader }
    let loop = try runningLoop()
    let certificates = certificates
    let id = loop.makeID()
    let body = ByteStream.Storage(
      highWatermark: highWatermark, lowWatermark: lowWatermark,
      onResume: { loop.send(.resume(id)) }, onCancel: { loop.send(.cancel(id)) },
      onLeave: { loop.send(.leave(id)) })
    let promise = ResponsePromise()
    return try await withTaskCancellationHandler {
      loop.send(
        .start(
          Exchange(
            id: id, request: request, origin: origin, certificates: certificates, promise: promise, body: body)))
      return await promise.wait()
    } onCancel: {
      // The loop drops a start whose promise is settled, should the cancellation be the first to arrive.
      promise.settle(.failure(.cancelledByReader))
      loop.send(.cancel(id))
    }.get()
  }

  /// Ends every exchange with `cancelled`, and returns once all sockets are closed. Later requests fail.
  package func shutdown() async {
    await end()?.stopped()
  }

  private func runningLoop() throws(HTTPError) -> TransferLoop {
    let result: Result<TransferLoop, HTTPError> = state.withLock { state in
      switch state {
      case .running(let loop):
        return .success(loop)
      case .shutDown:
        return .failure(.shutDown)
      case .idle:
        return Result { () throws(HTTPError) in
          let loop = try TransferLoop.start(
            try CurlLibrary.load(), idleConnectionLimit: idleConnectionLimit, startLimit)
          state = .running(loop)
          return loop
        }
      }
    }
    return try result.get()
  }

  private func end() -> TransferLoop? {
    state.withLock { state in
      defer { state = .shutDown }
      guard case .running(let loop) = state else { return nil }
      return loop
    }
  }
}
