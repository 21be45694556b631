import CCurl

extension EasyHandle {
  /// Sets everything that a request decides. Redirects, and all timeouts but the one to connect, are ours.
  mutating func configure(
    _ request: HTTPRequest, origin: HTTPOrigin, certificates: TrustedCertificates?
  ) throws(HTTPError) {
    set(CURLOPT_URL, request.url)
    // We check the scheme ourselves; libcurl before 7.85 does not know this option.
    set(CURLOPT_PROTOCOLS_STR, "http,https")
    set(CURLOPT_NOSIGNAL, 1)
    set(CURLOPT_HTTP_VERSION, ccurl_http_2_over_tls)
    set(CURLOPT_SSL_VERIFYPEER, 1)
    set(CURLOPT_SSL_VERIFYHOST, 2)
    if let certificates {
      set(CURLOPT_CAINFO, certificates.path)
      set(CURLOPT_PROXY_CAINFO, certificates.path)
    }
    set(CURLOPT_TCP_NODELAY, 1)
    set(CURLOPT_TCP_KEEPALIVE, 1)
    // Every answer that is under way has such a buffer. What one read unpacks to has to be held, too: at most a thousand
    // times as much with gzip.
    set(CURLOPT_BUFFERSIZE, 4 * 1024)
    // The least that it takes. It is made for each body that is sent, and what is larger goes back to the system.
    set(CURLOPT_UPLOAD_BUFFERSIZE, 16 * 1024)
    set(CURLOPT_USERAGENT, "model-compose")
    // Empty: every encoding that this libcurl can decode.
    set(CURLOPT_ACCEPT_ENCODING, "")
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    set(CURLOPT_CONNECTTIMEOUT_MS, request.timeouts.connect.map(milliseconds) ?? Int(Int32.max))
    // Without it, giving up during a slow name look-up would hold up every other transfer until the look-up ends.
    set(CURLOPT_QUICK_EXIT, 1)
    // Proxies come from the environment, but none stands between us and ourselves.
    if origin.isLoopback { set(CURLOPT_NOPROXY, "*") }
    setMethod(of: request)
    try set(headerLines: headerLines(of: request))
  }

  private func setMethod(of request: HTTPRequest) {
    if request.isUploaded {
      set(CURLOPT_UPLOAD, 1)
      // Without a length, libcurl sends chunks.
      set(CURLOPT_INFILESIZE_LARGE, offset: request.body?.length ?? -1)
      if request.method != "PUT" { set(CURLOPT_CUSTOMREQUEST, request.method) }
    } else if let body = request.body?.bytes ?? (methodsWithBody.contains(request.method) ? [] : nil) {
      set(body: body)
      if request.method != "POST" { set(CURLOPT_CUSTOMREQUEST, request.method) }
    } else if request.method == "HEAD" {
      set(CURLOPT_NOBODY, 1)
    } else if request.method != "GET" {
      set(CURLOPT_CUSTOMREQUEST, request.method)
    }
  }

  private func headerLines(of request: HTTPRequest) -> [String] {
    // Ask for leave to send a body only when it is large (libcurl waits a second for the answer), and do not guess
    // what it is.
    let asksFirst = request.isUploaded && request.body?.length ?? .max >= sizeToAskFirst
    var lines = asksFirst ? [] : ["Expect:"]
    if !request.hasHeader("content-type") { lines.append("Content-Type:") }
    for header in request.headers where !framingHeaders.contains(where: header.isNamed) {
      // "Name:" would remove a header; "Name;" is curl's way to send one without a value.
      lines.append(header.value.isBlank ? header.name + ";" : header.name + ": " + header.value)
    }
    return lines
  }
}

extension HTTPRequest {
  /// Whether the body is read while it is sent. libcurl copies other bodies, and sends them with the head.
  var isUploaded: Bool {
    switch body {
    case .bytes(let bytes): bytes.count >= sizeToUpload
    case .stream: true
    case nil: false
    }
  }
}

extension HTTPBody {
  /// In bytes, if known.
  fileprivate var length: Int? {
    switch self {
    case .bytes(let bytes): bytes.count
    case .stream(let stream): stream.length
    }
  }
}

private let sizeToUpload = 256 * 1024
private let sizeToAskFirst = 1024 * 1024

/// They say `Content-Length: 0` when there is no body.
private let methodsWithBody: Set<String> = ["POST", "PUT", "PATCH"]

/// libcurl knows the length. Another one would let a body be read as the next request.
private let framingHeaders = ["content-length", "transfer-encoding", "expect"]

extension String {
  /// As libcurl sees it.
  fileprivate var isBlank: Bool { utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
}

/// At least 1, because 0 means "curl's default".
private func milliseconds(_ seconds: Double) -> Int {
  guard seconds < Double(Int32.max) / 1000 else { return Int(Int32.max) }
  return max(1, Int((seconds * 1000).rounded(.up)))
}
