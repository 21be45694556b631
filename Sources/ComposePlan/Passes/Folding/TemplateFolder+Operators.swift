import ComposeBasic

/// Operators of which everything is known, or enough.
extension TemplateFolder {
  /// Lists that are longer stay operators: nobody reads a plan with thousands of values.
  private static let longestExpansion = 1000

  func fold(_ operation: PlanOperator, at range: SourceRange) -> PlanTemplate {
    switch operation {
    case .spreadList(let items): fold(items, at: range)
    case .merge(let parts): fold(parts, at: range)
    case .map(let map): fold(map, at: range)
    case .conditional(let conditional): fold(conditional, at: range)
    case .join(let parts): foldJoin(fold(parts), at: range)
    case .zip(let sources): foldZip(fold(sources), at: range)
    case .split(let split): fold(split, at: range)
    }
  }

  private var anyElement: TemplateFolder { TemplateFolder(knowledge.inside(element: nil)) }

  private func element(_ item: PlanTemplate, _ index: Int) -> TemplateFolder {
    TemplateFolder(knowledge.inside(element: (item, index)))
  }

  // MARK: Spread

  private func fold(_ items: [PlanListItem], at range: SourceRange) -> PlanTemplate {
    var folded: [PlanListItem] = []
    for item in items {
      switch item {
      case .item(let template): folded.append(.item(fold(template)))
      case .spread(let template):
        let list = fold(template)
        switch list.content {
        case .constant(.null): continue
        case .list(let inner): folded += inner.map { .item($0) }
        case .operation(.spreadList(let inner)): folded += inner
        case .constant, .text, .reference, .object, .operation: folded.append(.spread(list))
        }
      }
    }
    let plain = folded.compactMap { if case .item(let template) = $0 { template } else { nil } }
    let isPlain = plain.count == folded.count
    return PlanTemplate(isPlain ? .list(plain) : .operation(.spreadList(folded)), at: range)
  }

  private func fold(_ parts: [PlanMergePart], at range: SourceRange) -> PlanTemplate {
    var folded: [PlanMergePart] = []
    func spread(_ template: PlanTemplate, else part: PlanMergePart) {
      switch template.content {
      case .constant(.null): break
      case .object(let members): folded += members.map { .member($0) }
      case .operation(.merge(let inner)): folded += inner
      case .constant, .text, .reference, .list, .operation: folded.append(part)
      }
    }
    for part in parts {
      switch part {
      case .member(let member): folded.append(.member(fold(member)))
      case .spread(let template):
        let object = fold(template)
        spread(object, else: .spread(object))
      case .conditional(let conditional, let place):
        let outcome = fold(conditional, at: place)
        if case .operation(.conditional(let rest)) = outcome.content {
          folded.append(.conditional(rest, at: place))
        } else {
          spread(outcome, else: .spread(outcome))
        }
      }
    }
    let plain = folded.compactMap { if case .member(let member) = $0 { member } else { nil } }
    let isPlain = plain.count == folded.count
    return PlanTemplate(isPlain ? .object(plain) : .operation(.merge(folded)), at: range)
  }

  // MARK: Elements

  private func fold(_ map: PlanMap, at range: SourceRange) -> PlanTemplate {
    guard let source = map.source.map(fold), !source.isNull else { return PlanTemplate(.list([]), at: range) }
    if map.filter == nil, map.element == nil, case .list = source.content { return source.placed(at: range) }
    if let items = source.constantList, let elements = elements(of: items, map) {
      return PlanTemplate(.list(elements), at: range).placed(at: range, isFromInput: source.isFromInput)
    }
    let inner = anyElement
    return PlanTemplate(
      .operation(
        .map(
          PlanMap(
            source: source, filter: map.filter?.mappingTemplates(inner.fold), element: map.element.map(inner.fold)))),
      at: range)
  }

  /// What becomes of each element that the filter leaves; `nil` when that is not known.
  private func elements(of items: [PlanTemplate], _ map: PlanMap) -> [PlanTemplate]? {
    guard items.count <= Self.longestExpansion else { return nil }
    var elements: [PlanTemplate] = []
    for (index, item) in items.enumerated() {
      let folder = element(item, index)
      if let filter = map.filter {
        guard let isKept = folder.decide(filter.mappingTemplates(folder.fold)) else { return nil }
        if !isKept { continue }
      }
      let value = map.element.map(folder.fold) ?? item
      // What still looks up `item` needs the operator around it.
      guard value.outerRoots.isDisjoint(with: ["item", "index"]) else { return nil }
      elements.append(value)
    }
    return elements
  }

  private func fold(_ split: PlanSplit, at range: SourceRange) -> PlanTemplate {
    let source = fold(split.source)
    if !split.fields.isEmpty, let items = source.isNull ? [] : source.constantList,
      items.count <= Self.longestExpansion
    {
      let columns = split.fields.map { field in
        let values = items.enumerated().map { element($1, $0).fold(field.value) }
        return PlanMember(field.key, PlanTemplate(.list(values), at: field.value.range))
      }
      if columns.allSatisfy({ $0.value.outerRoots.isDisjoint(with: ["item", "index"]) }) {
        return PlanTemplate(.object(columns), at: range).placed(at: range, isFromInput: source.isFromInput)
      }
    }
    let inner = anyElement
    return PlanTemplate(
      .operation(.split(PlanSplit(source: source, fields: split.fields.map(inner.fold)))), at: range)
  }

  private func foldZip(_ sources: PlanTemplate, at range: SourceRange) -> PlanTemplate {
    let unchanged = PlanTemplate(.operation(.zip(sources)), at: range)
    if sources.isNull { return PlanTemplate(.constant(.null), at: range) }
    guard sources.isConstant, case .object(let members) = sources.content, !members.isEmpty,
      Set(members.map(\.key)).count == members.count
    else { return unchanged }
    if members.contains(where: \.value.isNull) { return PlanTemplate(.list([]), at: range) }
    let columns = members.compactMap(\.value.constantList)
    guard columns.count == members.count else { return unchanged }
    let rounds = (0..<(columns.map(\.count).min() ?? 0)).map { round in
      PlanTemplate(.object(zip(members, columns).map { PlanMember($0.key, $1[round]) }), at: range)
    }
    return PlanTemplate(.list(rounds), at: range).placed(
      at: range, isFromInput: members.contains(where: \.value.isFromInput))
  }

  // MARK: Join

  private func foldJoin(_ template: PlanTemplate, at range: SourceRange) -> PlanTemplate {
    let unchanged = PlanTemplate(.operation(.join(template)), at: range)
    guard let items = template.isNull ? [] : template.constantList else { return unchanged }
    let parts = items.filter { !$0.isNull }
    let content: PlanTemplate.Content
    switch parts.first?.content {
    case nil: content = .constant(.null)
    case .constant(.text)?:
      let texts = parts.compactMap { part in if case .constant(.text(let text)) = part.content { text } else { nil } }
      guard texts.count == parts.count else { return unchanged }
      content = .constant(.text(texts.joined()))
    case .list?:
      let lists = parts.compactMap(\.constantList)
      guard lists.count == parts.count else { return unchanged }
      content = .list(Array(lists.joined()))
    case .object?:
      let objects = parts.compactMap { part in if case .object(let members) = part.content { members } else { nil } }
      guard objects.count == parts.count else { return unchanged }
      content = .object(Array(objects.joined()))
    case .constant?, .text?, .reference?, .operation?: return unchanged
    }
    return PlanTemplate(content, at: range).placed(at: range, isFromInput: items.contains(where: \.isFromInput))
  }
}
