import ComposeBasic
package import ComposeSyntax

/// What a component job runs: the component, its action, and what is known about them.
package struct ActionTarget: Sendable {
  package let component: ComponentDecl
  package let action: ActionDecl
  /// `nil` when only the type's name is known.
  package let shape: ComponentShape?
  /// The described API that the action calls, if it is one.
  package let api: APIDescription?
  /// Whether the API's own provider is called, as far as the address is written down.
  package let callsProvider: Bool

  init(component: ComponentDecl, action: ActionDecl, catalog: Catalog) {
    self.component = component
    self.action = action
    self.shape = component.type.flatMap { catalog.component($0.value) }
    let api = Self.path(of: component, action).flatMap { catalog.api(forPath: $0) }
    self.api = api
    let address = (action.fields["endpoint"] ?? component.fields["base_url"])?.constantText ?? ""
    self.callsProvider = api?.provider.map { address.contains("//\($0)/") } ?? false
  }

  /// Whether the request asks for a stream; `nil` when that is not known before it runs.
  package var asksForStream: Bool? {
    guard let streamSwitch = api?.streamSwitch, let body = action.fields["body"] else { return nil }
    guard case .object = body.content else { return nil }
    guard let value = body[streamSwitch] else { return false }
    switch value.content {
    case .constant(.boolean(let isOn)): return isOn
    case .constant(.null): return false
    default: return nil
    }
  }

  /// Whether the action's output is rendered once per chunk of a stream: it reads `response[]`.
  package var readsChunks: Bool { action.output?.expressions.contains { $0.isChunk } ?? false }

  /// The end of the URL as far as it is known. Only fields of that name are looked at, so that a component of another
  /// type with the same fields is recognised too.
  private static func path(of component: ComponentDecl, _ action: ActionDecl) -> String? {
    let fields = action.fields
    if fields["endpoint"] == nil, let path = fields["path"]?.constantText {
      // The API's path may be cut anywhere between the two.
      let base = component.fields["base_url"]?.constantText ?? ""
      return base + (base.hasSuffix("/") || path.hasPrefix("/") ? "" : "/") + path
    }
    guard case .text(let text)? = (fields["endpoint"] ?? fields["path"])?.content else { return nil }
    switch text.parts.last {
    case .text(let piece): return piece.value
    case .environment(let reference): return reference.value
    case .expression, nil: return nil
    }
  }
}
