import ComposeBasic
import ComposeSyntax

/// Checks the expressions of listeners: what they see is the call from outside (language specification, section 10.2).
struct ListenerTyper {
  let catalog: Catalog
  let log: TypeLog?

  func check(_ section: SectionDecl, into diagnostics: inout Diagnostics) {
    guard let (list, shape) = catalog.entryShape(of: section) else { return }
    var scope = Scope("a \(section.kind.rawValue)")
    scope.log = log
    func check(_ entries: [TemplateEntry]) {
      for entry in entries {
        // The others are literals.
        guard let roots = shape.roots(of: entry.key.value) else { continue }
        scope.roots = roots
        _ = ExpressionChecker(scope: scope).type(of: entry.value, into: &diagnostics)
      }
    }
    guard let written = section.fields[list] else { return check(section.fields.entries) }
    guard case .list(let items) = written.content else { return }
    for case .object(let entries) in items.map(\.content) { check(entries) }
  }
}
