package import ComposeBasic
package import ComposeSyntax

/// Checks one template by itself against the kinds of values at hand, and returns the type of what it gives.
///
/// Of a value only its kind counts, because another value of the same kind may have other members: pass
/// ``Type/someObject`` and ``Type/someList`` for collections and `any` for null. A path that finds nothing is no
/// finding, and neither is a root that is not listed. Roots ending in `[]` are chunks of streams.
package func check(_ template: Template, roots: [String: Type], into diagnostics: inout Diagnostics) -> Type {
  var scope = Scope("the template")
  for (name, type) in roots {
    if name.hasSuffix("[]") { scope.chunks[String(name.dropLast(2))] = type } else { scope.roots[name] = type }
  }
  scope.isOpen = true
  scope.isSample = true
  return ExpressionChecker(scope: scope).type(of: template, into: &diagnostics)
}

extension Type {
  /// Any object.
  package static let someObject = Type.object(ObjectType([], rest: .any))
  /// Any list.
  package static let someList = Type.list(.any)
}
