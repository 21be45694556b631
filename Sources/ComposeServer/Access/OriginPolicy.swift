/// Decides by `Host` and `Origin` whether a browser may be behind a request that its user did not mean.
///
/// On a loopback address the port is open to every page that the user visits: such a page sends its own `Origin`, and
/// one that points a name of its own at this machine (DNS rebinding) sends its own `Host`.
struct OriginPolicy: Sendable {
  enum Decision: Hashable, Sendable {
    /// `sharedWith`: what `Access-Control-Allow-Origin` is to say, if anything.
    case allowed(sharedWith: String?)
    case foreignHost
    case foreignOrigin
  }

  private let isLoopback: Bool
  private let hosts: Set<String>
  private let origins: Set<String>

  /// - Parameters:
  ///   - host: the configured host, which a request may name.
  ///   - origins: origins that are allowed besides our own; `*` for all.
  init(isLoopback: Bool, host: String, origins: [String]) {
    self.isLoopback = isLoopback
    self.hosts = ["localhost", "127.0.0.1", "[::1]", host.lowercased()]
    self.origins = Set(origins.map { normalized($0) })
  }

  /// Whether answers differ by origin, which caches must know.
  var variesByOrigin: Bool { !origins.isEmpty && !origins.contains("*") }

  func decide(host: String?, origin: String?) -> Decision {
    if isLoopback {
      guard let host, hosts.contains(hostName(of: host.lowercased())) else { return .foreignHost }
    }
    guard let origin else { return .allowed(sharedWith: nil) }
    if origins.contains("*") { return .allowed(sharedWith: "*") }
    if origins.contains(normalized(origin)) { return .allowed(sharedWith: origin) }
    if isLoopback, !isSame(origin, as: host) { return .foreignOrigin }
    return .allowed(sharedWith: nil)
  }

  private func isSame(_ origin: String, as host: String?) -> Bool {
    guard let host else { return false }
    let origin = normalized(origin)
    return ["http": "80", "https": "443"].contains { scheme, port in
      guard origin.hasPrefix(scheme + "://") else { return false }
      let authority = origin.dropFirst(scheme.count + 3)
      return withoutPort(port, String(authority)) == withoutPort(port, host.lowercased())
    }
  }

  private func withoutPort(_ port: String, _ authority: String) -> String {
    authority.hasSuffix(":" + port) ? String(authority.dropLast(port.count + 1)) : authority
  }

  /// The authority without its port; empty when what follows the name is no port.
  private func hostName(of authority: String) -> String {
    let bytes = authority.utf8
    let bracket = bytes.first == UInt8(ascii: "[") ? bytes.firstIndex(of: UInt8(ascii: "]")) : nil
    let end = bracket.map(bytes.index(after:)) ?? bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
    let rest = bytes[end...]
    let isPort = rest.isEmpty || (rest.first == UInt8(ascii: ":") && rest.dropFirst().allSatisfy { 0x30...0x39 ~= $0 })
    return isPort ? String(authority[..<end]) : ""
  }
}

private func normalized(_ origin: String) -> String {
  let origin = origin.lowercased()
  return origin.hasSuffix("/") ? String(origin.dropLast()) : origin
}
