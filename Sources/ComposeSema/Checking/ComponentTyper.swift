import ComposeBasic
import ComposeSyntax

/// Checks the few fields of components that are rendered when an action runs (language specification, section 10.2).
struct ComponentTyper {
  let catalog: Catalog
  let log: TypeLog?

  func check(_ component: ComponentDecl, into diagnostics: inout Diagnostics) {
    var scope = Scope("the component")
    scope.log = log
    scope.roots["input"] = .any
    scope.roots["context"] = .object(ObjectType([.init("run_id", .text)], rest: nil))
    scope.readsPassedInput = true
    checkHeaders(of: component, into: &diagnostics)
    guard let shape = catalog.component(of: component)?.component, let traits = catalog.traits(of: component) else {
      return
    }
    check(component.fields.entries, of: shape, "the \(traits.noun)'s", scope, into: &diagnostics)
  }

  private func check(
    _ entries: [TemplateEntry], of shape: ObjectShape, _ owner: String, _ scope: Scope,
    into diagnostics: inout Diagnostics
  ) {
    for entry in entries {
      let name = entry.key.value
      let place = "\(owner) \(name)"
      if let roots = shape.roots(of: name) {
        _ = ExpressionChecker(scope: scope.adding(roots, at: place)).type(of: entry.value, into: &diagnostics)
      } else if case .object(let members) = entry.value.content, let field = shape.field(name),
        shape.shorthands[name] == nil
      {
        for inner in catalog.objects(in: field.type, usedBy: shape) where !inner.facts.isEmpty {
          check(members, of: inner, place, scope, into: &diagnostics)
        }
      }
    }
  }

  /// Headers that may hold anything are no templates all the same.
  private func checkHeaders(of component: ComponentDecl, into diagnostics: inout Diagnostics) {
    guard let headers = component.fields["headers"],
      let field = catalog.component(of: component)?.component.field("headers"),
      field.type.alternatives.contains(.openObject)
    else { return }
    for expression in headers.expressions {
      let start = Int(expression.range.start)
      diagnostics.emit(
        Diagnostic(
          ShapeCode.notRendered, "'headers' are read once at start: expressions are not evaluated here",
          at: SourceRange(file: expression.range.file, start: start, end: start + 2)
        )
        .help("only ${env.NAME} is replaced here; write the header into the action's 'headers'")
        .upstream("sends the text as it is"))
    }
  }
}
