import ComposeSyntax

/// What a component runs itself.
extension ActionTarget {
  /// The actions of other components that the component runs: the model of an agent.
  package func callsOfComponent(in program: TypedProgram) -> [ActionTarget] {
    guard let field = program.catalog.traits(of: component)?.call?.field,
      let call = ComponentCall(component.fields[field], of: "the component", upstream: ""),
      let called = program.symbols.component(of: call), let action = program.symbols.action(of: call, in: called)
    else { return [] }
    return [program.actionTable.target(called, action)]
  }
}
