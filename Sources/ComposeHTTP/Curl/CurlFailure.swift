import CCurl
import Glibc

/// A transfer that libcurl has ended with an error, and what we know about it.
struct CurlFailure {
  let code: CURLcode
  /// curl's words for the code.
  let summary: String
  /// curl's words for this very failure. They may hold parts of the answer, so they are shown for TLS only.
  let detail: String?
  let origin: HTTPOrigin
  let certificates: TrustedCertificates?
  /// Whether the head of the answer had come.
  let hasHead: Bool
  /// What a proxy answered when it was asked for a tunnel; 0 if none was.
  let proxyStatus: Int

  /// What it means to us.
  var error: HTTPError {
    let address = origin.hostAndPort
    if proxyStatus >= 300 {
      return HTTPError(.refused, "the proxy on the way to \(address) refused with status \(proxyStatus)")
    }
    switch code {
    case CURLE_URL_MALFORMAT:
      return HTTPError(.invalidURL, "the URL of \(address) cannot be read")
    case CURLE_COULDNT_RESOLVE_HOST:
      return HTTPError(.unresolvedHost, "host '\(origin.host)' was not found")
    case CURLE_COULDNT_RESOLVE_PROXY:
      return HTTPError(.unresolvedHost, "the proxy on the way to \(address) was not found")
    case CURLE_COULDNT_CONNECT:
      let proxy = origin.proxyVariable.map { ", by it or by the proxy of '\($0)'" } ?? ""
      return HTTPError(.refused, "connection to \(address) was refused\(proxy)")
    case CURLE_GOT_NOTHING:
      return HTTPError(.connectionLost, "the provider closed the connection without an answer (\(address))")
    case CURLE_RECV_ERROR where detail?.contains("chunked-encoding") == true:
      return HTTPError(.malformed, "the answer of \(address) does not come in chunks as it says")
    case CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_HTTP2, CURLE_HTTP2_STREAM,
      CURLE_SEND_FAIL_REWIND:
      let moment = hasHead ? "in mid-answer" : "before its answer"
      return HTTPError(.connectionLost, "the provider closed the connection \(moment) (\(address))")
    case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY:
      // The scheme was checked before: here, "unsupported" is an answer without a status line.
      return HTTPError(.malformed, "the answer of \(address) is not HTTP")
    case CURLE_BAD_CONTENT_ENCODING:
      return HTTPError(.malformed, "the answer of \(address) is not compressed as it says")
    case CURLE_SSL_CACERT_BADFILE:
      return certificates?.failure ?? HTTPError(.tls, "the system's certificate authorities cannot be read")
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
      CURLE_SSL_ISSUER_ERROR, CURLE_SSL_SHUTDOWN_FAILED, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_ENGINE_INITFAILED,
      CURLE_USE_SSL_FAILED:
      return HTTPError(.tls, "no secure connection to \(address): \((detail ?? summary).lowercasedFirst)")
    // libcurl refuses a header line beyond its limit so.
    case CURLE_OUT_OF_MEMORY where !hasHead:
      return .tooLargeHead(address)
    // And so what it has unpacked from one read, while the reader rests.
    case CURLE_OUT_OF_MEMORY:
      return HTTPError(.bodyTooLarge, "the answer of \(address) is so strongly compressed that it cannot be held")
    case CURLE_NOT_BUILT_IN, CURLE_FAILED_INIT, CURLE_UNKNOWN_OPTION:
      return HTTPError(.unavailable, "libcurl cannot do what is needed: \(summary.lowercasedFirst)")
    default:
      return HTTPError(.connectionLost, "the exchange with \(address) failed: \(summary.lowercasedFirst)")
    }
  }
}

extension HTTPError {
  static func tooLargeHead(_ address: String) -> HTTPError {
    HTTPError(.malformed, "the head of the answer of \(address) is too large")
  }
}

extension HTTPOrigin {
  /// The variable of the environment that may name a proxy on the way there. libcurl knows the exceptions.
  fileprivate var proxyVariable: String? {
    if isLoopback { return nil }
    // curl ignores HTTP_PROXY: a web server sets it to what its client sends.
    let names = (isSecure ? ["https_proxy", "HTTPS_PROXY"] : ["http_proxy"]) + ["all_proxy", "ALL_PROXY"]
    return names.first { getenv($0).map { $0.pointee != 0 } ?? false }
  }
}

extension String {
  /// "SSL peer…" stays, "Failure when…" does not.
  fileprivate var lowercasedFirst: String {
    guard dropFirst().first?.isLowercase == true else { return self }
    return prefix(1).lowercased() + dropFirst()
  }
}
