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
    func check(_ template: Template?, _ place: String, _ roots: [String: Type] = [:]) {
      guard let template else { return }
      _ = ExpressionChecker(scope: scope.adding(roots, at: place)).type(of: template, into: &diagnostics)
    }
    checkHeaders(of: component, into: &diagnostics)
    switch component.type?.value {
    case "agent":
      let roots: [String: Type] = ["messages": .list(.any), "tools": .list(.any)]
      check(component.fields["instructions"], "the agent's instructions")
      check(component.fields["model"]?["input"], "the agent's model input", roots)
      check(
        component.fields["model"]?["output"], "the agent's model output",
        roots.merging(["output": .any]) { own, _ in own })
    case "model-memory":
      check(component.fields["summary"]?["instruction"], "the summary's instruction")
      check(
        component.fields["summary"]?["input"], "the summary's input",
        ["messages": .list(.any), "instruction": .any, "previous_summary": .any])
    case "shell":
      check(component.fields["env"], "the component's environment")
    default: break
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
