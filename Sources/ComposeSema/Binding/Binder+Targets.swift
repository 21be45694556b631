import ComposeBasic
import ComposeSyntax

/// Which component and action a call runs.
extension Binder {
  /// The component and action of a call; `nil` with a finding when there is none.
  func target(of call: ComponentCall, into diagnostics: inout Diagnostics) -> ActionTarget? {
    guard let component = component(of: call, into: &diagnostics) else { return nil }
    guard let action = action(of: call, in: component, into: &diagnostics) else { return nil }
    return actions.target(component, action)
  }

  /// Whether components are missing because of a fault that is reported already: a misspelt section, or one that could
  /// not be read.
  private var hasFaultyComponents: Bool {
    guard let root = file.root else { return true }
    return misspelt.contains(root.range) || file.hasUnreadable("component")
  }

  // MARK: Components

  private func component(of call: ComponentCall, into diagnostics: inout Diagnostics) -> ComponentDecl? {
    switch call.component {
    case .inline(let component): return component
    case .named(let name):
      if let component = symbols.component(named: name.value) { return component }
      if hasFaultyComponents { return nil }
      diagnostics.emit(undefinedComponent(name, of: call))
      return nil
    case .unnamed:
      if let component = symbols.defaultComponent { return component }
      if hasFaultyComponents || misspelt.contains(call.node) { return nil }
      diagnostics.emit(missingComponent(of: call))
      return nil
    }
  }

  private func undefinedComponent(_ name: Located<String>, of call: ComponentCall) -> Diagnostic {
    if name.value.contains("${") {
      return Diagnostic(
        BindingCode.undefinedComponent, "a component is named by its id, not by an expression", at: name.range
      )
      .help("write the id, or choose between jobs with a 'switch' job")
      .upstream("takes the text as it is, and \(call.upstream)")
    }
    let diagnostic = Diagnostic.undefined(
      BindingCode.undefinedComponent, "no component '\(name.value)'", name,
      among: symbols.components.compactMap(\.id?.value), upstream: call.upstream)
    guard diagnostic.fixes.isEmpty, let help = whereabouts(ofComponent: name.value) else { return diagnostic }
    return diagnostic.help(help)
  }

  /// What else has the name that no declared component has.
  private func whereabouts(ofComponent name: String) -> String? {
    if symbols.workflow(named: name) != nil {
      return "'\(name)' is a workflow: to run it, declare a component with 'type: workflow' and this workflow"
    }
    if symbols.inlineComponents.contains(name) {
      return "the component of that id is written inside a job: declare it under 'components' to share it"
    }
    guard let owner = symbols.workflow(withJob: name) else { return nil }
    return "'\(name)' is a job of workflow '\(owner.name)', not a component"
  }

  private func missingComponent(of call: ComponentCall) -> Diagnostic {
    if symbols.components.isEmpty {
      return Diagnostic(
        BindingCode.undefinedComponent, "\(call.caller) has no component, and the file declares none", at: call.place
      )
      .help("declare a 'component'")
      .upstream(call.upstream)
    }
    return Diagnostic(
      BindingCode.ambiguousDefault,
      "\(call.caller) names no component, and none of the \(symbols.components.count) is the default", at: call.place
    )
    .help("add 'component: \(symbols.components[0].name)', or mark one with 'default: true'")
    .upstream(call.upstream)
  }

  // MARK: Actions

  private func action(
    of call: ComponentCall, in component: ComponentDecl, into diagnostics: inout Diagnostics
  ) -> ActionDecl? {
    guard let name = call.action, name.value != "__default__" else {
      if let action = component.defaultAction { return action }
      reportMissingAction(of: call, in: component, into: &diagnostics)
      return nil
    }
    if let action = component.action(named: name.value) { return action }
    if component.node.hasUnreadable("action") || misspelt.contains(component.node.range) { return nil }
    diagnostics.emit(undefinedAction(name, in: component, of: call))
    return nil
  }

  private func undefinedAction(_ name: Located<String>, in component: ComponentDecl, of call: ComponentCall)
    -> Diagnostic
  {
    if name.value.contains("${") {
      return Diagnostic(
        BindingCode.undefinedAction, "an action is named by its id, not by an expression", at: name.range
      )
      .help("write the id, or choose between jobs with a 'switch' job")
      .upstream("takes the text as it is, and \(call.actionUpstream)")
    }
    let diagnostic = Diagnostic.undefined(
      BindingCode.undefinedAction, "component '\(component.name)' has no action '\(name.value)'", name,
      among: component.actions.compactMap(\.id?.value), upstream: call.actionUpstream
    )
    .note("the component is declared here", at: component.id?.range ?? component.type?.range)
    if component.actions.count == 1, component.actions[0].id == nil {
      return diagnostic.help("its one action has no id: leave 'action' out")
        .removing("action", of: call.entries)
    }
    guard diagnostic.fixes.isEmpty,
      let owner = symbols.components.first(where: { $0.action(named: name.value) != nil && $0.id != nil })
    else { return diagnostic }
    return diagnostic.help("component '\(owner.name)' has an action of that name")
  }

  /// Whether the component's tags choose a shape.
  private func isDescribed(_ component: ComponentDecl) -> Bool {
    guard let any = catalog.shape("component"), let base = catalog.variant(component.type?.value ?? "", of: any) else {
      return false
    }
    return catalog.resolve(base, for: component.node).obstacle == nil
  }

  private func reportMissingAction(
    of call: ComponentCall, in component: ComponentDecl, into diagnostics: inout Diagnostics
  ) {
    // What an undescribed type needs as action is not known.
    guard catalog.component(component.type?.value ?? "") != nil,
      !misspelt.contains(call.node), !misspelt.contains(component.node.range)
    else { return }
    let isUnreadable = component.node.entry("action") != nil || component.node.entry("actions") != nil
    guard !component.actions.isEmpty || !isUnreadable else { return }
    // An action that stands elsewhere, or two that share one name, are reported as such.
    if component.actions.isEmpty, file.root.map({ misspelt.contains($0.range) }) == true { return }
    let names = component.actions.map { $0.id?.value ?? "" }
    guard Set(names).count == names.count else { return }
    if component.actions.isEmpty {
      // Which keys of a component without a known task or driver belong to an action is not known.
      guard isDescribed(component) else { return }
      diagnostics.emit(
        Diagnostic(
          BindingCode.undefinedAction, "component '\(component.name)' has no action",
          at: component.type?.range ?? component.node.range
        )
        .help("add an 'action'")
        .note("used by \(call.caller)", at: call.place)
        .upstream(call.actionUpstream))
    } else {
      diagnostics.emit(
        Diagnostic(
          BindingCode.ambiguousDefault,
          "\(call.caller) names no action, and none of the \(component.actions.count) actions of '\(component.name)' "
            + "is the default",
          at: call.place
        )
        .help("add 'action: \(component.actions[0].name)', or mark one with 'default: true'")
        .upstream(call.actionUpstream))
    }
  }
}
