import ComposeBasic
import ComposeRuntime
import ComposeSema
import ComposeSyntax

/// Checks a template against the kinds of the values that its roots hold. What is inside of a value is not looked at: it
/// is an example, and another one may have other members.
///
/// - Parameter isOpen: whether a root that nobody has set is null, as in a run, and not a mistake.
@discardableResult
func check(_ template: Template, in scope: Scope, isOpen: Bool, into diagnostics: inout Diagnostics) -> Type {
  var roots = scope.callers.merging(scope.roots) { _, nearer in nearer }
  for (name, value) in scope.chunks { roots[name + "[]"] = value }
  return ComposeSema.check(
    template, roots: roots.mapValues { Type(kindOf: $0) }, isOpen: isOpen, into: &diagnostics)
}

extension Type {
  /// What the kind alone says. Null says nothing: with another input there may be something.
  fileprivate init(kindOf value: Value) {
    switch value {
    case .null: self = .any
    case .boolean: self = .boolean
    case .integer, .bigInteger: self = .integer
    case .number: self = .number
    case .text: self = .text
    case .bytes: self = .bytes
    case .list: self = .someList
    case .object: self = .someObject
    case .stream(let stream):
      switch stream.form {
      case .bare: self = .stream(.any, fragmented: false)
      case .chunks(let isFragmented): self = .stream(.any, fragmented: isFragmented)
      case .encoded(.text): self = .encoded(.text)
      case .encoded(.json): self = .encoded(.json)
      }
    case .resource(let resource): self = .media(resource.kind.rawValue)
    }
  }
}
