package import ComposeBasic

/// `controller:` — how the service is reached.
package struct ControllerDecl: Sendable {
  package let adapters: [AdapterDecl]
  package let webUI: YAMLNode?
  package let node: YAMLNode
  /// Whether the adapter's keys stand in the controller itself, as older files write them.
  package let isFlat: Bool

  package init(adapters: [AdapterDecl], webUI: YAMLNode?, node: YAMLNode, isFlat: Bool) {
    self.adapters = adapters
    self.webUI = webUI
    self.node = node
    self.isFlat = isFlat
  }
}

/// One way to reach the service.
package struct AdapterDecl: Sendable {
  package let type: Located<String>?
  package let node: YAMLNode

  package init(type: Located<String>?, node: YAMLNode) {
    self.type = type
    self.node = node
  }
}
