import ComposeBasic
import ComposeSema

/// Rows for values that are sent: name, value, type, when it is known, where it is written.
extension TextPrinter {
  private static let longestList = 60

  func append(_ member: RequestMember, below name: String, to rows: inout [PlanLines.Row]) {
    append(
      member.value, named: member.name.isEmpty ? name : "\(name).\(member.name)", at: member.range,
      isFromInput: member.isFromInput, to: &rows)
  }

  /// One row for a short value, or rows for its parts.
  ///
  /// - Parameter range: where it is written, unless an expression that was followed says more.
  func append(
    _ value: RequestValue, named name: String, at range: SourceRange, isFromInput: Bool = false,
    to rows: inout [PlanLines.Row]
  ) {
    let display = context.redactor.redact(value.display)
    let isWide = displayWidth(of: display) > Self.longestValue
    switch value {
    case .object(let members) where !members.isEmpty:
      for member in members.lastByName { append(member, below: name, to: &rows) }
    case .list(let items)
    where !items.isEmpty && !(value.isPlain && displayWidth(of: display) <= Self.longestList):
      for (index, item) in items.enumerated() {
        append(item, named: "\(name)[\(index)]", at: range, isFromInput: isFromInput, to: &rows)
      }
    case .hole(let hole) where isWide && hole.building != nil:
      if let building = hole.building { append(building, of: hole, named: name, to: &rows) }
    case .known, .text, .hole, .list, .object:
      var row = row(name, display, value, range, isFromInput: isFromInput)
      if isWide, let text = value.plainText {
        let plain = context.redactor.redact(text)
        row.cells[1] = size(of: plain)
        row.block = blockLines(plain)
      }
      rows.append(row)
    }
  }

  private func row(
    _ name: String, _ text: String, _ value: RequestValue, _ range: SourceRange, isFromInput: Bool = false
  ) -> PlanLines.Row {
    var place = range
    if case .hole(let hole) = value { place = hole.range }
    return PlanLines.Row(cells: [
      safeText(name), text, types(in: value), mark(ValueMark(value), isFromInput: isFromInput, value.allVariables),
      context.location(place),
    ])
  }

  /// `known, from OPENAI_BASE_URL (.env:3)`.
  func mark(_ mark: ValueMark, isFromInput: Bool, _ variables: [PlanEnvironmentValue]) -> String {
    var seen: Set<String> = []
    let names = variables.map(\.provenance).filter { seen.insert($0).inserted }
    return safeText(
      mark.words + (isFromInput ? ", from the input" : "")
        + (names.isEmpty ? "" : ", from " + names.joined(separator: ", ")))
  }

  /// The types of the look-ups that stand in the value itself, in order.
  func types(in value: RequestValue) -> String {
    let holes: [RequestHole]
    switch value {
    case .hole(let hole): holes = hole.building == nil ? [hole] : []
    case .text: holes = value.holes
    case .known, .list, .object: return ""
    }
    return types(holes.map { context.type(of: $0) })
  }

  // MARK: Values that are built

  private func append(
    _ building: RequestHole.Building, of hole: RequestHole, named name: String, to rows: inout [PlanLines.Row]
  ) {
    let inside = building.scope.insideElements(of: building.operation)
    func append(_ template: PlanTemplate?, _ name: String, _ scope: ValueScope) {
      guard let template else { return }
      self.append(
        scope.value(of: template), named: name, at: template.range, isFromInput: scope.isFromInput(template), to: &rows)
    }
    func append(_ conditional: PlanConditional, _ name: String, _ range: SourceRange) {
      let value = building.scope.value(of: PlanTemplate(.operation(.conditional(conditional)), at: range))
      for (index, branch) in conditional.branches.enumerated() {
        let text = (index > 0 ? "else " : "") + context.redactor.redact(branch.display)
        rows.append(index > 0 ? PlanLines.Row(cells: ["", text]) : row(name, text, value, range))
      }
    }
    switch building.operation {
    case .spreadList(let items):
      for (index, item) in items.enumerated() {
        let isSpread = if case .spread = item { true } else { false }
        append(item.template, "\(name)[\(index)\(isSpread ? "…" : "")]", building.scope)
      }
    case .merge(let parts):
      for part in parts {
        switch part {
        case .member(let member): append(member.value, "\(name).\(member.key)", building.scope)
        case .spread(let template): append(template, "\(name).…", building.scope)
        case .conditional(let conditional, let range): append(conditional, "\(name).…", range)
        }
      }
    case .map(let map):
      append(map.source, "\(name) of each of", building.scope)
      if let filter = map.filter { self.append(filter.display, named: "\(name) where", to: &rows) }
      append(map.element, "\(name)[*]", inside)
    case .conditional(let conditional): append(conditional, name, hole.range)
    case .join(let parts): append(parts, "\(name) joined from", building.scope)
    case .zip(let sources): append(sources, "\(name) side by side", building.scope)
    case .split(let split):
      append(split.source, "\(name) split from", building.scope)
      for field in split.fields.byName { append(field.value, "\(name).\(field.key)[*]", inside) }
    }
  }
}

extension PrintContext {
  /// The type of a value that is sent; `nil` when nothing is known of it.
  func type(of hole: RequestHole) -> String? {
    if let type = plan.types[hole.range], type != .any { return type.canonicalDescription }
    return hole.type
  }
}

extension RequestValue {
  /// One line for people: texts in quotes, expressions as they are written, secrets as dots.
  var display: String {
    switch self {
    case .known(let constant): constant.display
    case .text(let pieces): quoted(pieces.map(\.display).joined())
    case .hole(let hole): safeText(hole.source)
    case .list(let items): "[\(items.map(\.display).joined(separator: ", "))]"
    case .object(let members):
      "{\(members.lastByName.map { "\(safeText($0.name)): \($0.value.display)" }.joined(separator: ", "))}"
    }
  }

  /// The text without quotes, when the value is one.
  fileprivate var plainText: String? {
    switch self {
    case .known(.text(let text)): text
    case .text(let pieces): pieces.map(\.display).joined()
    case .known, .hole, .list, .object: nil
    }
  }

  /// Whether it is a constant, or a list of them.
  fileprivate var isPlain: Bool {
    switch self {
    case .known: true
    case .list(let items): items.allSatisfy(\.isPlain)
    case .text, .hole, .object: false
    }
  }

  /// The variables of the environment that the value is made of, in order.
  var allVariables: [PlanEnvironmentValue] {
    switch self {
    case .known: []
    case .hole(let hole): hole.environment
    case .text(let pieces):
      pieces.flatMap { piece -> [PlanEnvironmentValue] in
        switch piece {
        case .text: []
        case .environment(let value): [value]
        case .hole(let hole): hole.environment
        }
      }
    case .list(let items): items.flatMap(\.allVariables)
    case .object(let members): members.flatMap(\.value.allVariables)
    }
  }
}
