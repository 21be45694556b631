import ComposeBasic
import ComposeSyntax

/// A port that something of the file listens on.
struct ListenAddress {
  /// What listens: `the http-server adapter`.
  let owner: String
  let host: String
  let port: Int
  /// Where the port is written, or else what listens.
  let place: SourceRange
  /// Whether the port is written there and can be changed without a change elsewhere: the process that a component
  /// starts has its own idea of it.
  let isWritten: Bool
  /// Whether there may be several of its type.
  let repeats: Bool

  /// Whether both listen on the same port of an address that they share.
  func clashes(with other: ListenAddress) -> Bool {
    port == other.port && (host == other.host || isWildcard || other.isWildcard || isLoopback && other.isLoopback)
  }

  private var isWildcard: Bool { ["0.0.0.0", "::", "*", ""].contains(host) }
  private var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }

  /// `nil` for what does not listen, and when the port or the host is not known before the service runs.
  private init?(_ owner: String, _ node: YAMLNode, _ shape: ObjectShape?, at place: SourceRange) {
    guard let shape, shape.listens({ node[key: $0.field]?.scalar?.text == $0.value }),
      let defaultPort = shape.number(of: "port")
    else { return nil }
    self.owner = owner
    // A process that a component starts has no `host` to choose.
    let ownHost = shape.field("host")?.fallback
    let defaultHost = ownHost ?? "localhost"
    let portNode = node[key: "port"].flatMap { $0.isNull ? nil : $0 }
    guard let port = portNode.map({ $0.knownText.flatMap { Int($0) } }) ?? defaultPort,
      let host = node[key: "host"].map({ $0.isNull ? defaultHost : $0.knownText }) ?? defaultHost
    else { return nil }
    // A port that does not exist is reported as such.
    guard 1...65535 ~= port else { return nil }
    self.host = host
    self.port = port
    self.place = portNode?.range ?? place
    isWritten = portNode != nil && ownHost != nil
    repeats = shape.facts.contains(.repeats)
  }

  init?(_ adapter: AdapterDecl, _ catalog: Catalog) {
    guard let type = adapter.type else { return nil }
    self.init("the \(type.value) adapter", adapter.node, catalog.adapter(adapter), at: type.range)
  }

  init?(_ webUI: WebUIDecl, _ catalog: Catalog) {
    let place = webUI.node.mapping?.first?.key.range ?? webUI.node.range
    let shape = catalog.shape("webui").map { catalog.resolve($0, for: webUI.node).shape }
    self.init("the web UI", webUI.node, shape, at: place)
  }

  init?(_ listener: SectionDecl, _ catalog: Catalog) {
    guard let type = listener.type else { return nil }
    self.init("the \(type.value) listener", listener.node, catalog.section(listener), at: type.range)
  }

  /// A component that starts a server of its own on this machine.
  init?(_ component: ComponentDecl, _ catalog: Catalog) {
    guard let type = component.type, component.startsProcess else { return nil }
    self.init(
      component.id.map { "component '\($0.value)'" } ?? "the \(type.value) component", component.node,
      catalog.component(of: component)?.component, at: type.range)
  }
}

extension ComponentDecl {
  /// Whether the component starts a process outside of a container.
  var startsProcess: Bool {
    let runtime = node[key: "runtime"]
    let name = (runtime?[key: "type"] ?? runtime)?.scalar?.text ?? "native"
    guard name != "docker", name != "apple-container" else { return false }
    return node.entry("start") != nil || node[key: "manage"]?[key: "scripts"]?.entry("start") != nil
  }
}

extension ObjectShape {
  /// The default of a field that is a number.
  fileprivate func number(of name: String) -> Int? { field(name)?.fallback.flatMap { Int($0) } }
}

extension YAMLNode {
  /// The text of a scalar when every environment variable in it is set.
  var knownText: String? { scalar.flatMap { $0.isUnknown ? nil : $0.text } }
}

extension ComposeFile {
  /// What listens on a port, ours first, then what components start.
  func listenAddresses(_ catalog: Catalog) -> [ListenAddress] {
    let controller = controller
    return (controller?.adapters ?? []).compactMap { ListenAddress($0, catalog) }
      + [controller?.webUI].compactMap { $0.flatMap { ListenAddress($0, catalog) } }
      + declarations(.listener).compactMap { ListenAddress($0, catalog) }
      + components.compactMap { ListenAddress($0, catalog) }
  }
}
