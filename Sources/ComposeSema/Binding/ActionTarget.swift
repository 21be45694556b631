import ComposeBasic
package import ComposeSyntax

/// What a component job runs: the component, its action, and what is known about them.
package final class ActionTarget: Sendable {
  package let component: ComponentDecl
  package let action: ActionDecl
  /// `nil` when the type is not known.
  package let shape: ComponentShape?
  /// The described API that the action calls, if it is one.
  package let api: APIDescription?
  /// Where the action's request goes, if it sends one.
  package let address: RequestAddress
  /// Whether the API's own provider is called, as far as the address is written down.
  package let callsProvider: Bool
  /// Whether the action's output is rendered once per chunk of a stream: it reads `response[]`.
  package let readsChunks: Bool
  /// The field that names the workflow which the action runs.
  let workflowField: String?

  init(component: ComponentDecl, action: ActionDecl, catalog: Catalog) {
    self.component = component
    self.action = action
    self.shape = catalog.component(of: component, action: action)
    let address = RequestAddress(component, action)
    self.address = address
    var api = catalog.api(for: address, headers: Self.headerNames(of: component, action))
    // Another method without a body is another request, such as that for a list of earlier answers.
    if let method = action.fields["method"]?.constantText, let expected = api?.method, method != expected,
      action.fields["body"] == nil
    {
      api = nil
    }
    self.api = api
    self.workflowField = shape?.action.fieldNaming("workflow")
    self.readsChunks = action.output?.expressions.contains { $0.isChunk } ?? false
    self.callsProvider = api?.isProvider(address.host) ?? false
  }

  /// Whether the request asks for a stream; `nil` when that is not known before it runs.
  package var asksForStream: Bool? {
    guard let streamSwitch = api?.streamSwitch, let body = action.fields["body"] else { return nil }
    guard case .object = body.content else { return nil }
    guard let value = body[streamSwitch] else { return false }
    switch value.content {
    case .constant(.boolean(let isOn)) where api?.streamWord == nil: return isOn
    case .constant(.null): return false
    default:
      guard let word = api?.streamWord, let text = value.constantText else { return nil }
      return text == word
    }
  }

  /// The type of a whole answer to this request.
  func answerType(of api: APIDescription) -> Type {
    let body = action.fields["body"]
    return api.response(isProvider: callsProvider) { name in
      // A body that is one expression may hold anything.
      guard case .object(let entries)? = body?.content else { return (body != nil, nil) }
      let entry = entries.last { $0.key.value == name }
      return (entry != nil, entry?.value.constantText)
    }
  }

  /// The names of the headers that are sent, in lower case.
  private static func headerNames(of component: ComponentDecl, _ action: ActionDecl) -> Set<String> {
    var names: Set<String> = []
    for headers in [component.fields["headers"], action.fields["headers"]] {
      guard case .object(let entries)? = headers?.content else { continue }
      for entry in entries { names.insert(entry.key.value.lowercased()) }
    }
    return names
  }
}
