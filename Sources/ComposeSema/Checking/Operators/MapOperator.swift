import ComposeBasic
import ComposeSyntax

/// `"*": source` with a template: one object for each element.
enum MapOperator: StructuralOperator {
  static func accepts(_ entries: [TemplateEntry]) -> Bool { has("*", in: entries) }

  static func type(
    of entries: [TemplateEntry], in checker: ExpressionChecker, into diagnostics: inout Diagnostics
  ) -> Type {
    guard let star = entries.last(where: { $0.key.value == "*" }) else { return .any }
    let fields = entries.filter { $0.key.value != "*" }
    guard let source = source(star, checker, into: &diagnostics) else {
      checker.binding(item: .any).checkOnly(fields, into: &diagnostics)
      return .list(.any)
    }
    let type = checker.type(of: source.template, into: &diagnostics)
    let isUnchanged = fields.isEmpty && source.filter == nil
    if !isUnchanged, type.surely({ !$0.isIterable }) {
      diagnostics.emit(
        .invalidOperator("'*' goes through a list or a stream, not \(type.noun)", at: source.template.range)
          .upstream("fails when it runs"))
      checker.binding(item: .any).checkOnly(fields, into: &diagnostics)
      return .any
    }
    let inner = checker.binding(item: type.element)
    if let filter = source.filter { ConditionChecker(checker: inner).checkFilter(filter, into: &diagnostics) }
    if fields.isEmpty { return type.replacingElements(with: type.element) }
    return type.replacingElements(with: inner.plainObjectType(fields, into: &diagnostics))
  }

  private struct Source {
    let template: Template
    let filter: Template?
  }

  /// The source, which may stand in an object beside its filter; `nil` when that object has none.
  private static func source(
    _ star: TemplateEntry, _ checker: ExpressionChecker, into diagnostics: inout Diagnostics
  ) -> Source? {
    guard case .object(let entries) = star.value.content else { return Source(template: star.value, filter: nil) }
    let filter = star.value["where"]
    for entry in entries where entry.key.value != "input" && entry.key.value != "where" {
      guard has("input", in: entries) else { continue }
      diagnostics.emit(
        .suspiciousOperator("'\(entry.key.value)' is not read here", at: entry.key.range)
          .help("the object of '*' has 'input' and 'where'")
          .upstream("ignores it"))
    }
    if let input = star.value["input"] { return Source(template: input, filter: filter) }
    let isOperator = OperatorRegistry.all.contains { $0.accepts(entries) }
    diagnostics.emit(
      .invalidOperator("'*' has no 'input' to go through", at: star.key.range)
        .help(isOperator ? "write the operator as its 'input'" : "write \"*\": {input: …, where: …}")
        .upstream("gives an empty list, silently"))
    checker.binding(item: .any).checkOnly(entries.filter { $0.key.value != "where" }, into: &diagnostics)
    return nil
  }
}
