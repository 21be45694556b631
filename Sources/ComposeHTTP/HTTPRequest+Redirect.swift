extension HTTPRequest {
  static let redirectLimit = 5

  /// The statuses that send a request on, if a `Location` comes with them (RFC 9110, section 15.4).
  static func isRedirect(_ status: Int) -> Bool {
    switch status {
    case 301, 302, 303, 307, 308: true
    default: false
    }
  }

  /// The request that follows a redirect.
  ///
  /// 303, and 301 and 302 after a POST, turn into a GET without a body, as in every browser. Headers that may hold a
  /// key go to nobody else: another origin gets only those that describe what we can read.
  ///
  /// - Throws: `redirect` when the way leads from https to http, or to what is not HTTP, or when a body would have to
  ///   be sent again that exists only once.
  func redirected(status: Int, to location: String) throws(HTTPError) -> HTTPRequest {
    let origin = try HTTPOrigin(url: url)
    let target: HTTPOrigin
    do throws(HTTPError) {
      target = try HTTPOrigin(url: location)
    } catch {
      throw HTTPError(.redirect, "\(origin.hostAndPort) redirects to where we cannot go: \(error.message)")
    }
    if origin.isSecure, !target.isSecure {
      throw HTTPError(
        .redirect, "\(origin.hostAndPort) redirects from https to unencrypted http at \(target.hostAndPort)")
    }
    var next = self
    next.url = location
    if status == 303 && method != "HEAD" || (status == 301 || status == 302) && method == "POST" {
      next.method = "GET"
      next.body = nil
      next.headers.removeAll { $0.name.lowercased().hasPrefix("content-") }
    }
    if let body = next.body, !body.isRepeatable {
      throw HTTPError(
        .redirect, "\(origin.hostAndPort) redirects to \(target.hostAndPort), but the body cannot be sent again")
    }
    if !origin.trusts(target) {
      next.headers.removeAll { !harmlessHeaders.contains($0.name.lowercased()) }
    }
    return next
  }
}

/// Any other header may be somebody's name for an API key.
private let harmlessHeaders: Set<String> = [
  "accept", "accept-encoding", "accept-language", "content-encoding", "content-language", "content-type", "user-agent",
]
