package import ComposeBasic

/// `controller:` — how the service is reached.
package struct ControllerDecl: Sendable {
  package let adapters: [AdapterDecl]
  package let webUI: WebUIDecl?
  package let node: YAMLNode
  /// Whether the adapter's keys stand in the controller itself, as older files write them.
  package let isFlat: Bool

  package init(adapters: [AdapterDecl], webUI: WebUIDecl?, node: YAMLNode, isFlat: Bool) {
    self.adapters = adapters
    self.webUI = webUI
    self.node = node
    self.isFlat = isFlat
  }
}

/// One way to reach the service.
package struct AdapterDecl: Sendable {
  package let node: YAMLNode

  package init(_ node: YAMLNode) { self.node = node }

  package var type: Located<String>? { node.locatedText("type") }
  package var host: String? { node.locatedText("host")?.value }
  /// `nil` when it is not written, or is no number.
  package var port: Int? { node.locatedText("port").flatMap { Int($0.value) } }
  package var basePath: String? { node.locatedText("base_path")?.value }
  /// Separated by commas.
  package var origins: String? { node.locatedText("origins")?.value }
  package var range: SourceRange { node.range }
}

/// `controller.webui:` — the page to try workflows.
package struct WebUIDecl: Sendable {
  package let node: YAMLNode

  package init(_ node: YAMLNode) { self.node = node }

  package var host: String? { node.locatedText("host")?.value }
  /// `nil` when it is not written, or is no number.
  package var port: Int? { node.locatedText("port").flatMap { Int($0.value) } }
}
