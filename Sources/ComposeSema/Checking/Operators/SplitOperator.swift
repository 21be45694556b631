import ComposeBasic
import ComposeSyntax

/// `"|": source` with fields: each field becomes a list or a stream of its own.
enum SplitOperator: StructuralOperator {
  static func accepts(_ entries: [TemplateEntry]) -> Bool { has("|", in: entries) }

  static func type(
    of entries: [TemplateEntry], in checker: ExpressionChecker, into diagnostics: inout Diagnostics
  ) -> Type {
    guard let bar = entries.last(where: { $0.key.value == "|" }) else { return .any }
    let fields = entries.filter { $0.key.value != "|" }
    let type = checker.type(of: bar.value, into: &diagnostics)
    if fields.isEmpty {
      diagnostics.emit(
        .invalidOperator("'|' needs fields beside it", at: bar.key.range)
          .help("each field becomes a list or a stream: {\"|\": …, name: \"${item.name}\"}")
          .upstream("fails when it runs"))
      return .any
    }
    if type.surely({ !$0.isIterable }) {
      diagnostics.emit(
        .invalidOperator("'|' splits a list or a stream, not \(type.noun)", at: bar.value.range)
          .upstream("fails when it runs"))
    }
    // Here '...' and '?' are ordinary names.
    let inner = checker.binding(item: type.element)
    let members = fields.map { field in
      ObjectType.Member(
        field.key.value, type.replacingElements(with: inner.type(of: field.value, into: &diagnostics)))
    }
    return .object(ObjectType(members, rest: nil))
  }
}
