import ComposeBasic
import ComposeSyntax

/// The operator that an object is; `nil` for an ordinary object. The order of the tests counts: `+` and `&` are
/// operators alone, and ordinary keys beside others (language specification, section 9).
func lowerOperator(_ entries: [TemplateEntry], at range: SourceRange) -> PlanOperator? {
  func value(_ key: String) -> Template? { entries.last { $0.key.value == key }?.value }
  if entries.count == 1, let only = entries.first {
    switch only.key.value {
    case "?": return .conditional(lowerConditional(only.value))
    case "+": return .join(lower(only.value))
    case "&": return .zip(lower(only.value))
    default: break
    }
  }
  if let source = value("*") { return .map(lowerMap(source, entries.filter { $0.key.value != "*" }, at: range)) }
  if let source = value("|") {
    let fields = entries.filter { $0.key.value != "|" }
    return .split(PlanSplit(source: lower(source), fields: fields.map { PlanMember($0.key.value, lower($0.value)) }))
  }
  return lowerMerge(entries)
}

/// The list with spread items; `nil` when it has none.
func lowerSpreadList(_ items: [Template]) -> PlanOperator? {
  let expressions = items.map(spreadExpression)
  guard expressions.contains(where: { $0 != nil }) else { return nil }
  return .spreadList(
    zip(items, expressions).map { item, expression in
      guard let expression else { return .item(lower(item)) }
      return .spread(PlanTemplate(.reference(lower(expression)), at: expression.range))
    })
}

// MARK: Objects

/// An object with `...` or `?` among its keys; `nil` when it has neither.
private func lowerMerge(_ entries: [TemplateEntry]) -> PlanOperator? {
  guard entries.contains(where: { ["...", "?"].contains($0.key.value) }) else { return nil }
  return .merge(
    entries.map { entry in
      switch entry.key.value {
      case "...": .spread(lower(entry.value))
      case "?": .conditional(lowerConditional(entry.value), at: entry.value.range)
      default: .member(PlanMember(entry.key.value, lower(entry.value)))
      }
    })
}

/// A source that is an object says more than where the elements come from; any other key of it is ignored, operators
/// too.
private func lowerMap(_ source: Template, _ entries: [TemplateEntry], at range: SourceRange) -> PlanMap {
  var element: PlanTemplate?
  if !entries.isEmpty {
    let members = entries.map { PlanMember($0.key.value, lower($0.value)) }
    element = PlanTemplate(lowerMerge(entries).map { .operation($0) } ?? .object(members), at: range)
  }
  guard case .object = source.content else { return PlanMap(source: lower(source), filter: nil, element: element) }
  return PlanMap(
    source: source["input"].map(lower), filter: source["where"].flatMap(lowerFilter), element: element)
}

// MARK: Lists

/// The expression of an item that is exactly `...${…}`, where no brace closes before the last character: with a nested
/// default the reference reads ordinary text.
private func spreadExpression(_ item: Template) -> Expression? {
  guard case .text(let text) = item.content, case .expression(let expression)? = text.parts.last,
    !expression.hasInnerBrace
  else { return nil }
  return TemplateText(parts: text.parts.dropLast(), range: text.range).constant == "..." ? expression : nil
}

extension Expression {
  /// Whether a `}` stands between the braces.
  fileprivate var hasInnerBrace: Bool {
    (fallback?.hasBrace ?? false) || annotations.contains { $0.text.value.contains("}") }
      || cast?.attributes.contains { $0.name.value.contains("}") || $0.value.hasBrace } ?? false
  }
}

extension TemplateText {
  /// An environment value counts as the text that it is, because it was put in before anything was read.
  fileprivate var hasBrace: Bool {
    parts.contains { part in
      switch part {
      case .text(let piece): piece.value.contains("}")
      case .environment(let reference): reference.value?.contains("}") ?? false
      case .expression: true
      }
    }
  }
}
