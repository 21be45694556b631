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

  /// Whether both listen on the same port of an address that they share.
  func clashes(with other: ListenAddress) -> Bool {
    port == other.port && (host == other.host || isWildcard || other.isWildcard || isLoopback && other.isLoopback)
  }

  private var isWildcard: Bool { ["0.0.0.0", "::", "*", ""].contains(host) }
  private var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }

  /// `nil` when the port or the host is not known before the service runs.
  private init?(_ owner: String, _ node: YAMLNode, defaultHost: String, defaultPort: Int, at place: SourceRange) {
    self.owner = owner
    let portNode = node[key: "port"].flatMap { $0.isNull ? nil : $0 }
    guard let port = portNode.map({ $0.knownText.flatMap { Int($0) } }) ?? defaultPort,
      let host = node[key: "host"].map({ $0.isNull ? defaultHost : $0.knownText }) ?? defaultHost
    else { return nil }
    // A port that does not exist is reported as such.
    guard 1...65535 ~= port else { return nil }
    self.host = host
    self.port = port
    self.place = portNode?.range ?? place
    isWritten = portNode != nil && defaultHost != "localhost"
  }

  init?(_ adapter: AdapterDecl) {
    guard let type = adapter.type, type.value == "http-server" || type.value == "mcp-server",
      adapter.node[key: "transport"]?.scalar?.text != "stdio"
    else { return nil }
    self.init(
      "the \(type.value) adapter", adapter.node, defaultHost: "127.0.0.1", defaultPort: 8080, at: type.range)
  }

  init?(_ webUI: WebUIDecl) {
    guard webUI.node[key: "driver"]?.scalar?.text != "dynamic" else { return nil }
    let place = webUI.node.mapping?.first?.key.range ?? webUI.node.range
    self.init("the web UI", webUI.node, defaultHost: "127.0.0.1", defaultPort: 8081, at: place)
  }

  init?(_ listener: SectionDecl) {
    guard let type = listener.type, type.value == "http-callback" || type.value == "http-trigger" else { return nil }
    self.init(
      "the \(type.value) listener", listener.node, defaultHost: "0.0.0.0",
      defaultPort: type.value == "http-callback" ? 8090 : 8091, at: type.range)
  }

  /// A component that starts a server of its own on this machine.
  init?(_ component: ComponentDecl) {
    let ports = ["http-server": 8000, "mcp-server": 8000, "websocket-server": 3000]
    guard let type = component.type, let port = ports[type.value], component.startsProcess else { return nil }
    self.init(
      component.id.map { "component '\($0.value)'" } ?? "the \(type.value) component", component.node,
      defaultHost: "localhost", defaultPort: port, at: type.range)
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

extension YAMLNode {
  /// The text of a scalar when every environment variable in it is set.
  var knownText: String? { scalar.flatMap { $0.isUnknown ? nil : $0.text } }
}

extension ComposeFile {
  /// What listens on a port, ours first, then what components start.
  var listenAddresses: [ListenAddress] {
    let controller = controller
    return (controller?.adapters ?? []).compactMap { ListenAddress($0) }
      + [controller?.webUI].compactMap { $0.flatMap { ListenAddress($0) } }
      + declarations(.listener).compactMap { ListenAddress($0) }
      + components.compactMap { ListenAddress($0) }
  }
}
