package import ComposeBasic
package import ComposeSyntax

/// Checks one template by itself against the kinds of values at hand, and returns the type of what it gives.
///
/// Of a value only its kind counts, because another value of the same kind may have other members: pass
/// ``Type/someObject`` and ``Type/someList`` for collections and `any` for null. A path that finds nothing is no
/// finding. Roots ending in `[]` are chunks of streams.
///
/// - Parameter isOpen: whether there may be other roots, so that nothing is said about them.
package func check(
  _ template: Template, roots: [String: Type], isOpen: Bool = true, into diagnostics: inout Diagnostics
) -> Type {
  var scope = Scope("the template")
  for (name, type) in roots {
    if name.hasSuffix("[]") { scope.chunks[String(name.dropLast(2))] = type } else { scope.roots[name] = type }
  }
  scope.isOpen = isOpen
  scope.isSample = true
  return ExpressionChecker(scope: scope).type(of: template, into: &diagnostics)
}

extension Type {
  /// Any object.
  package static let someObject = Type.object(ObjectType([], rest: .any))
  /// Any list.
  package static let someList = Type.list(.any)
}
