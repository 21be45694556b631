import ComposeBasic
import ComposeSyntax

extension SectionDecl {
  /// The local ports that a gateway makes reachable; `nil` as a value when it is not known or does not exist.
  func gatewayPorts(_ catalog: Catalog) -> [Located<Int?>] {
    guard let node = node[key: "port"], !node.isNull else {
      return [Located(8090, at: type?.range ?? range)]
    }
    let forwards = catalog.forwardsPorts(self)
    return (node.sequence ?? [node]).map { item in
      let port = forwards ? forwardedPort(item) : item.knownText.flatMap { Int($0) }
      return Located(port.flatMap { 1...65535 ~= $0 ? $0 : nil }, at: item.range)
    }
  }

  /// The last of remote port, local host and local port, in a list or with colons between; the local port may be left
  /// out, and then it is the remote one.
  private func forwardedPort(_ item: YAMLNode) -> Int? {
    if case .integer(let port)? = item.scalar?.value { return port }
    let parts = item.sequence?.map(\.knownText) ?? item.knownText?.split(separator: ":").map { String($0) } ?? []
    guard parts.count > 1 else { return nil }
    guard let first = parts.first ?? nil, let last = parts.last ?? nil else { return nil }
    return Int(last) ?? Int(first)
  }
}
