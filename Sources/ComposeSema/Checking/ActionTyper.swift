import ComposeBasic
import ComposeSyntax

/// Checks the expressions of an action and gives the type of what it returns.
struct ActionTyper {
  let target: ActionTarget
  /// What the action's callers pass, as far as all of them agree.
  let inputType: Type
  let typing: Typing
  /// What the component's type gives; `nil` when nothing is known about it.
  let result: ResultCatalog.Entry?

  init(target: ActionTarget, inputType: Type, typing: Typing) {
    self.target = target
    self.inputType = inputType
    self.typing = typing
    result = typing.results[target.component.type?.value ?? "", target.action.fields["method"]?.constantText]
  }

  func type(into diagnostics: inout Diagnostics) -> Type {
    let fields = fieldTypes(into: &diagnostics)
    checkPassedNames(into: &diagnostics)
    // A misspelt 'completion' or 'output' changes what the other fields see.
    guard let result, isKnownType, !typing.misspelt.contains(target.action.node.range) else {
      return looseOutput(into: &diagnostics)
    }
    let own = ownType(result, fields)
    checkCompletion(into: &diagnostics)
    guard let output = target.action.output else { return own }
    guard !isPassThrough(output, root: result.root) else {
      if let expression = output.wholeExpression { typing.log?.record(own, at: expression.range) }
      return own
    }
    return outputType(output, result, own, into: &diagnostics)
  }

  /// A component whose type is missing or unknown may be of any.
  private var isKnownType: Bool { typing.catalog.componentTypes.contains(target.component.type?.value ?? "") }

  // MARK: Fields

  /// The types of the fields that see the input only.
  private func fieldTypes(into diagnostics: inout Diagnostics) -> [String: Type] {
    let scope = callScope("the action")
    let numberPlaces = NumberPlaces(of: target, in: typing.catalog)
    var types: [String: Type] = [:]
    for entry in target.action.fields.entries where !["output", "completion"].contains(entry.key.value) {
      // The value of an unknown key would be judged by the wrong key's rules.
      if let shape = target.shape, shape.action.field(entry.key.value) == nil { continue }
      let isText = TextPlaces.isText(entry.key.value, of: target)
      types[entry.key.value] = ExpressionChecker(scope: scope, isTextPlace: isText, numberPlaces: numberPlaces)
        .type(of: entry.value, into: &diagnostics)
    }
    return types
  }

  /// What every field of an action sees.
  func callScope(_ place: String) -> Scope {
    var scope = Scope(place)
    scope.log = typing.log
    scope.roots["input"] = inputType
    scope.roots["context"] = .object(ObjectType([.init("run_id", .text)], rest: nil))
    scope.readsPassedInput = true
    return scope
  }

  /// The fields of a completion see the first reply; how its own is read, sees that too.
  private func checkCompletion(into diagnostics: inout Diagnostics) {
    guard let completion = target.action.fields["completion"] else { return }
    var first = callScope("the completion")
    first.roots["response"] = .any
    guard case .object(let entries) = completion.content else {
      _ = ExpressionChecker(scope: first).type(of: completion, into: &diagnostics)
      return
    }
    var second = first
    second.roots["result"] = .any
    second.chunks["result"] = .any
    for entry in entries {
      let scope = ["status", "output"].contains(entry.key.value) ? second : first
      _ = ExpressionChecker(scope: scope).type(of: entry.value, into: &diagnostics)
    }
  }

  /// The output and completion of an action about which nothing is known.
  private func looseOutput(into diagnostics: inout Diagnostics) -> Type {
    var scope = callScope("the action's output")
    scope.isOpen = true
    for name in ["completion", "output"] {
      guard let template = target.action.fields[name] else { continue }
      _ = ExpressionChecker(scope: scope).type(of: template, into: &diagnostics)
    }
    return .any
  }
}
