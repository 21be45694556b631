import Hummingbird

/// What can be asked for at one port.
struct Routes: Sendable {
  enum Endpoint: Hashable, Sendable {
    case health
    case workflows
    case schema(workflow: String)
    case run
    /// A file of the web page, by its path.
    case asset(String)
  }

  enum Match: Hashable, Sendable {
    case endpoint(Endpoint)
    /// The path exists, but not for this method; `allowed` is what `Allow` says.
    case wrongMethod(allowed: String)
    case notFound
  }

  /// Where the API begins; several on the port of the web page.
  let basePaths: [String]
  /// The paths of the web page's files; empty where it is not served.
  let assets: Set<String>

  func match(_ method: HTTPRequest.Method, _ path: String) -> Match {
    guard let endpoint = endpoint(at: path) else { return .notFound }
    if endpoint == .run { return method == .post ? .endpoint(endpoint) : .wrongMethod(allowed: "POST") }
    return method == .get || method == .head ? .endpoint(endpoint) : .wrongMethod(allowed: "GET, HEAD")
  }

  private func endpoint(at path: String) -> Endpoint? {
    for base in basePaths where path.hasPrefix(base) {
      if let endpoint = apiEndpoint(at: path.dropFirst(base.count)) { return endpoint }
    }
    return assets.contains(path) ? .asset(path) : nil
  }

  private func apiEndpoint(at path: Substring) -> Endpoint? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.first == "" else { return nil }
    switch parts.dropFirst() {
    case ["health"]: return .health
    case ["workflows"]: return .workflows
    case ["workflows", "runs"]: return .run
    default:
      guard parts.count == 4, parts[1] == "workflows", parts[3] == "schema" else { return nil }
      return percentDecoded(parts[2]).map { .schema(workflow: $0) }
    }
  }
}

/// The text that percent-encoding stands for (RFC 3986, section 2.1), or `nil` when it is malformed.
func percentDecoded(_ text: Substring) -> String? {
  var bytes: [UInt8] = []
  var rest = text.utf8[...]
  while let byte = rest.popFirst() {
    guard byte == UInt8(ascii: "%") else {
      bytes.append(byte)
      continue
    }
    let digits = rest.prefix(2)
    guard digits.count == 2, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
    else { return nil }
    bytes.append(value)
    rest = rest.dropFirst(2)
  }
  return String(validating: bytes, as: UTF8.self)
}
