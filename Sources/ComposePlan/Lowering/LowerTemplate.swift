import ComposeBasic
import ComposeSema
package import ComposeSyntax

/// Lowers a template: constants are folded, operators recognised, expressions become look-ups, older spellings of
/// conversions are replaced.
package func lower(_ template: Template) -> PlanTemplate {
  let content: PlanTemplate.Content
  switch template.content {
  case .constant(let value): content = .constant(lower(value))
  case .text(let text): return lower(text)
  case .list(let items):
    content = lowerSpreadList(items).map { .operation($0) } ?? .list(items.map(lower))
  case .object(let entries):
    content =
      lowerOperator(entries, at: template.range).map { .operation($0) }
      ?? .object(entries.map { PlanMember($0.key.value, lower($0.value)) })
  }
  return PlanTemplate(content, at: template.range)
}

func lower(_ value: ScalarValue) -> PlanConstant {
  switch value {
  case .null: .null
  case .boolean(let value): .boolean(value)
  case .integer(let value): .integer(value)
  case .bigInteger(let digits): .bigInteger(digits)
  case .number(let value): .number(value)
  case .timestamp(let text), .text(let text): .text(text)
  }
}

func lower(_ text: TemplateText) -> PlanTemplate {
  if let expression = text.wholeExpression {
    return PlanTemplate(.reference(lower(expression)), at: text.range)
  }
  var pieces: [PlanPiece] = []
  for part in text.parts {
    switch part {
    case .text(let piece): pieces.append(.text(piece.value))
    case .environment(let reference):
      pieces.append(
        .environment(
          PlanEnvironmentValue(
            name: reference.name, value: reference.value, origin: reference.origin, isSecret: reference.isSecret)))
    case .expression(let expression): pieces.append(.reference(lower(expression)))
    }
  }
  if pieces.isEmpty { return PlanTemplate(.constant(.text("")), at: text.range) }
  if pieces.count == 1, case .text(let whole) = pieces[0] {
    return PlanTemplate(.constant(.text(whole)), at: text.range)
  }
  return PlanTemplate(.text(pieces), at: text.range)
}

func lower(_ expression: Expression) -> PlanReference {
  let segments = (expression.index.map { [$0.value] } ?? []) + expression.path.map(\.value)
  return PlanReference(
    root: expression.root.value,
    isChunk: expression.isChunk,
    steps: segments.map(lower),
    hasRootIndex: expression.index != nil,
    cast: expression.cast.map(lower),
    fallback: expression.fallback.map { lower(default: $0, of: expression.cast) },
    source: expression.description,
    range: expression.range)
}

/// A default is text, but that of a slider is the number that the slider stands for.
private func lower(default text: TemplateText, of cast: Cast?) -> PlanTemplate {
  guard cast?.type.value == "slider", let constant = text.constant?.trimmingBlanks else { return lower(text) }
  if let integer = Int(constant) { return PlanTemplate(.constant(.integer(integer)), at: text.range) }
  guard let number = Double(constant) else { return lower(text) }
  return PlanTemplate(.constant(.number(number)), at: text.range)
}

private func lower(_ segment: PathSegment) -> PlanReference.Step {
  switch segment {
  case .key(let name): .key(name)
  case .index(let index): .index(index)
  case .slice(let from, let to): .slice(from: from, to: to)
  case .wildcard: .wildcard
  }
}

private func lower(_ cast: Cast) -> PlanCast {
  let legacy =
    CastTable.legacyEncoding(cast.type.value) ?? cast.format.flatMap { CastTable.legacyEncoding($0.value) }
  if let legacy {
    return PlanCast(type: "stream", isList: false, subtype: legacy.rawValue, format: nil, range: cast.range)
  }
  return PlanCast(
    type: cast.type.value, isList: cast.isList, subtype: cast.subtype?.value,
    attributes: cast.attributes.map { PlanMember($0.name.value, lower($0.value)) }, format: cast.format?.value,
    range: cast.range)
}
