package import ComposeBasic
package import ComposeSyntax

/// Checks a template that stands in no file, against what is known of its roots.
///
/// - Parameters:
///   - chunks: the roots that are written with `[]`, by their names without it.
///   - isOpen: whether there may be other roots, so that nothing is said about them.
/// - Returns: the type of what the template gives.
package func checkTemplate(
  _ template: Template, roots: [String: Type], chunks: [String: Type] = [:], isOpen: Bool,
  into diagnostics: inout Diagnostics
) -> Type {
  var scope = Scope("the template")
  scope.roots = roots
  scope.chunks = chunks
  scope.isOpen = isOpen
  return ExpressionChecker(scope: scope).type(of: template, into: &diagnostics)
}
