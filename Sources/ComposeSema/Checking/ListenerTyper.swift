import ComposeBasic
import ComposeSyntax

/// Checks the expressions of listeners: what they see is the call from outside (language specification, section 10.2).
struct ListenerTyper {
  let log: TypeLog?

  /// The fields that are rendered. The others are literals.
  private static let fields: [String: (list: String, names: Set<String>)] = [
    "http-callback": ("callbacks", ["status", "item", "identify_by", "result"]),
    "http-trigger": ("triggers", ["item", "workflow", "input"]),
  ]

  func check(_ section: SectionDecl, into diagnostics: inout Diagnostics) {
    guard section.kind == .listener, let type = section.type?.value, let known = Self.fields[type] else { return }
    var scope = Scope("a listener")
    scope.log = log
    scope.roots = ["body": .any, "item": .any, "query": .object(ObjectType([], rest: .any))]
    let checker = ExpressionChecker(scope: scope)
    func check(_ entries: [TemplateEntry]) {
      for entry in entries where known.names.contains(entry.key.value) {
        _ = checker.type(of: entry.value, into: &diagnostics)
      }
    }
    guard let list = section.fields[known.list] else { return check(section.fields.entries) }
    guard case .list(let items) = list.content else { return }
    for case .object(let entries) in items.map(\.content) { check(entries) }
  }
}
