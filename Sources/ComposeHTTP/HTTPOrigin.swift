/// Scheme, host and port of a URL: whom we talk to, and what messages may say about it.
struct HTTPOrigin: Hashable, Sendable {
  let isSecure: Bool
  /// In lower case; an IPv6 address keeps its brackets.
  let host: String
  let port: Int

  /// Reads an `http` or `https` URL (RFC 3986, section 3). Credentials before the host are skipped.
  ///
  /// - Throws: `invalidURL` for another scheme, no host, a bad port, or bytes that do not belong in a URL.
  init(url: String) throws(HTTPError) {
    // Bytes and not characters: all that counts is ASCII, and every request comes through here.
    let bytes = url.utf8
    if bytes.contains(where: { $0 <= 0x20 || $0 == 0x7F }) {
      throw HTTPError(.invalidURL, "the URL contains a space or a control character")
    }
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), bytes[colon...].starts(with: "://".utf8) else {
      throw HTTPError(.invalidURL, "the URL has no 'http://' or 'https://' in front")
    }
    switch url[..<colon].lowercased() {
    case "http": isSecure = false
    case "https": isSecure = true
    case let scheme: throw HTTPError(.invalidURL, "the URL's scheme is '\(scheme)', not http or https")
    }
    let authority = bytes[colon...].dropFirst(3).prefix {
      $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#")
    }
    let sign = UInt8(ascii: "@")
    // URL parsers disagree about these, and we and libcurl must mean the same host.
    if authority.contains(UInt8(ascii: "\\")) || authority.count(where: { $0 == sign }) > 1 {
      throw HTTPError(.invalidURL, "the URL's host cannot be told from its credentials")
    }
    let address = authority.firstIndex(of: sign).map { authority[$0...].dropFirst() } ?? authority
    let portStart = Self.hostEnd(of: address)
    host = Substring(address[..<portStart]).lowercased()
    if host.isEmpty { throw HTTPError(.invalidURL, "the URL has no host") }
    let digits = Substring(address[portStart...].dropFirst())
    if digits.isEmpty {
      port = isSecure ? 443 : 80
    } else if digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = UInt16(digits) {
      port = Int(number)
    } else {
      throw HTTPError(.invalidURL, "the URL's port '\(digits)' is not a number from 0 to 65535")
    }
  }

  var hostAndPort: String { "\(host):\(port)" }

  /// Whether the address never leaves this machine.
  var isLoopback: Bool {
    guard host.utf8.starts(with: "127.".utf8) else {
      return host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]"
    }
    let parts = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { UInt8(Substring($0)) != nil }
  }

  /// Whether credentials meant for this origin may go to another one: the same, or the same host's TLS port in place
  /// of its plain one.
  func trusts(_ other: HTTPOrigin) -> Bool {
    if self == other { return true }
    return host == other.host && !isSecure && port == 80 && other.isSecure && other.port == 443
  }

  private static func hostEnd(of address: Substring.UTF8View) -> Substring.Index {
    if address.first == UInt8(ascii: "["), let bracket = address.firstIndex(of: UInt8(ascii: "]")) {
      return address.index(after: bracket)
    }
    return address.firstIndex(of: UInt8(ascii: ":")) ?? address.endIndex
  }
}
