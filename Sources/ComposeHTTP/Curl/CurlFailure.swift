import CCurl

/// What libcurl's result means to us.
///
/// - Parameter hasHead: whether the head of the answer had come.
func transferError(_ code: CURLcode, _ library: CurlLibrary, origin: HTTPOrigin, hasHead: Bool) -> HTTPError {
  let address = origin.hostAndPort
  let detail = library.text(code)
  switch code {
  case CURLE_URL_MALFORMAT:
    return HTTPError(.invalidURL, "the URL of \(address) cannot be read")
  case CURLE_COULDNT_RESOLVE_HOST:
    return HTTPError(.unresolvedHost, "host '\(origin.host)' was not found")
  case CURLE_COULDNT_RESOLVE_PROXY:
    return HTTPError(.unresolvedHost, "the proxy on the way to \(address) was not found")
  case CURLE_COULDNT_CONNECT:
    return HTTPError(.refused, "connection to \(address) was refused")
  case CURLE_GOT_NOTHING:
    return HTTPError(.connectionLost, "the provider closed the connection without an answer (\(address))")
  case CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_HTTP2, CURLE_HTTP2_STREAM:
    let moment = hasHead ? "in mid-answer" : "before its answer"
    return HTTPError(.connectionLost, "the provider closed the connection \(moment) (\(address))")
  case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY:
    // The scheme was checked before: here, "unsupported" is an answer without a status line.
    return HTTPError(.malformed, "the answer of \(address) is not HTTP")
  case CURLE_BAD_CONTENT_ENCODING:
    return HTTPError(.malformed, "the answer of \(address) is not compressed as it says")
  case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
    CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_SHUTDOWN_FAILED, CURLE_SSL_INVALIDCERTSTATUS,
    CURLE_SSL_ENGINE_INITFAILED, CURLE_USE_SSL_FAILED:
    return HTTPError(.tls, "no secure connection to \(address): \(detail.lowercasedFirst)")
  // libcurl refuses a header line beyond its limit so.
  case CURLE_OUT_OF_MEMORY where !hasHead:
    return HTTPError(.malformed, "the head of the answer of \(address) is too large")
  case CURLE_NOT_BUILT_IN, CURLE_OUT_OF_MEMORY, CURLE_FAILED_INIT, CURLE_UNKNOWN_OPTION:
    return HTTPError(.unavailable, "libcurl could not do its work: \(detail.lowercasedFirst)")
  default:
    return HTTPError(.connectionLost, "the exchange with \(address) failed: \(detail.lowercasedFirst)")
  }
}

extension String {
  /// "SSL peer…" stays, "Failure when…" does not.
  fileprivate var lowercasedFirst: String {
    guard dropFirst().first?.isLowercase == true else { return self }
    return prefix(1).lowercased() + dropFirst()
  }
}
