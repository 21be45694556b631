import ComposeBasic
import ComposeSema

/// Rows for values: name, value, type, when it is known, where it is written.
extension TextPrinter {
  /// Longer values are spread over several rows or shown as a block.
  static let longestValue = 100
  private static let longestType = 44

  /// One row for a short value, or rows for its parts.
  ///
  /// - Parameter known: how a number of seconds is written.
  func append(
    _ template: PlanTemplate?, named name: String, in scope: MarkScope, to rows: inout [PlanLines.Row],
    seconds known: (Double) -> String? = { _ in nil }
  ) {
    guard let template else { return }
    if let text = template.knownSeconds.flatMap(known) { return rows.append(row(name, text, template, scope)) }
    switch template.content {
    case .object(let members) where !members.isEmpty:
      for member in members.byName { append(member.value, named: "\(name).\(member.key)", in: scope, to: &rows) }
    case .list(let items) where !items.isEmpty:
      for (index, item) in items.enumerated() { append(item, named: "\(name)[\(index)]", in: scope, to: &rows) }
    case .operation(let operation) where displayWidth(of: template.display) > Self.longestValue:
      append(operation, template, named: name, in: scope, to: &rows)
    case .constant, .text, .reference, .list, .object, .operation:
      let display = context.redactor.redact(template.display)
      guard displayWidth(of: display) > Self.longestValue, let text = template.plainText else {
        return rows.append(row(name, display, template, scope))
      }
      let plain = context.redactor.redact(text)
      var row = row(name, size(of: plain), template, scope)
      row.block = blockLines(plain)
      rows.append(row)
    }
  }

  /// A row without a value of the file.
  func append(_ text: String, named name: String, at range: SourceRange? = nil, to rows: inout [PlanLines.Row]) {
    rows.append(PlanLines.Row(cells: [name, safeText(text), "", "", range.map(context.location) ?? ""]))
  }

  private func row(
    _ name: String, _ value: String, _ template: PlanTemplate, _ scope: MarkScope
  ) -> PlanLines.Row {
    PlanLines.Row(cells: [
      safeText(name), value, types(in: template),
      mark(scope.mark(of: template), isFromInput: template.isFromInput, template.environment),
      context.location(template.range),
    ])
  }

  /// The types of the look-ups that stand in the value itself, in order.
  private func types(in template: PlanTemplate) -> String {
    let references: [PlanReference]
    switch template.content {
    case .reference(let reference): references = [reference]
    case .text(let pieces):
      references = pieces.compactMap { if case .reference(let reference) = $0 { reference } else { nil } }
    case .constant, .list, .object, .operation: return ""
    }
    return types(references.map { context.type(of: $0)?.canonicalDescription })
  }

  /// Types side by side.
  func types(_ types: [String?]) -> String {
    guard types.contains(where: { $0 != nil }) else { return "" }
    let text = types.map { $0 ?? "any" }.joined(separator: ", ")
    return text.count > Self.longestType ? text.prefix(Self.longestType - 1) + "…" : text
  }

  func size(of text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let count = lines.count - (lines.last?.isEmpty == true ? 1 : 0)
    let characters = "text of \(text.count) characters"
    return count > 1 ? "\(characters) in \(count) lines" : characters
  }

  // MARK: Operators

  private func append(
    _ operation: PlanOperator, _ template: PlanTemplate, named name: String, in scope: MarkScope,
    to rows: inout [PlanLines.Row]
  ) {
    let inside = scope.insideElements(of: operation)
    switch operation {
    case .spreadList(let items):
      for (index, item) in items.enumerated() {
        let isSpread = if case .spread = item { true } else { false }
        append(item.template, named: "\(name)[\(index)\(isSpread ? "…" : "")]", in: scope, to: &rows)
      }
    case .merge(let parts):
      for part in parts {
        switch part {
        case .member(let member): append(member.value, named: "\(name).\(member.key)", in: scope, to: &rows)
        case .spread(let template): append(template, named: "\(name).…", in: scope, to: &rows)
        case .conditional(let conditional, let range):
          append(
            conditional, named: "\(name).…", PlanTemplate(.operation(.conditional(conditional)), at: range), scope,
            to: &rows)
        }
      }
    case .map(let map):
      append(map.source, named: "\(name) of each of", in: scope, to: &rows)
      if let filter = map.filter { append(filter.display, named: "\(name) where", to: &rows) }
      append(map.element, named: "\(name)[*]", in: inside, to: &rows)
    case .conditional(let conditional): append(conditional, named: name, template, scope, to: &rows)
    case .join(let parts): append(parts, named: "\(name) joined from", in: scope, to: &rows)
    case .zip(let sources): append(sources, named: "\(name) side by side", in: scope, to: &rows)
    case .split(let split):
      append(split.source, named: "\(name) split from", in: scope, to: &rows)
      for field in split.fields.byName { append(field.value, named: "\(name).\(field.key)[*]", in: inside, to: &rows) }
    }
  }

  /// The conditions one below the other.
  private func append(
    _ conditional: PlanConditional, named name: String, _ template: PlanTemplate, _ scope: MarkScope,
    to rows: inout [PlanLines.Row]
  ) {
    for (index, branch) in conditional.branches.enumerated() {
      let display = (index > 0 ? "else " : "") + context.redactor.redact(branch.display)
      rows.append(index > 0 ? PlanLines.Row(cells: ["", display]) : row(name, display, template, scope))
    }
  }
}
