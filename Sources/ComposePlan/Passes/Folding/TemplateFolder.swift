import ComposeBasic

/// Makes templates shorter by what is known. The value of a template, the order in which its parts are made, and the
/// way in which it fails stay the same.
package struct TemplateFolder {
  let knowledge: any TemplateKnowledge

  package init(_ knowledge: any TemplateKnowledge) { self.knowledge = knowledge }

  package func fold(_ template: PlanTemplate) -> PlanTemplate {
    switch template.content {
    case .constant: return template
    case .reference(let reference): return fold(reference, of: template)
    case .text(let pieces): return fold(pieces, of: template)
    case .list(let items): return template.with(.list(items.map(fold)))
    case .object(let members): return template.with(.object(members.map(fold)))
    case .operation(let operation):
      let folded = fold(operation, at: template.range)
      guard case .operation = folded.content else { return folded }
      return template.with(folded.content)
    }
  }

  func fold(_ member: PlanMember) -> PlanMember { PlanMember(member.key, fold(member.value)) }

  // MARK: Look-ups

  private func fold(_ reference: PlanReference) -> PlanReference {
    guard reference.fallback != nil || reference.cast?.attributes.isEmpty == false else { return reference }
    let cast = reference.cast.map { cast in
      PlanCast(
        type: cast.type, isList: cast.isList, subtype: cast.subtype, attributes: cast.attributes.map(fold),
        format: cast.format, range: cast.range)
    }
    return PlanReference(
      root: reference.root, isChunk: reference.isChunk, steps: reference.steps, hasRootIndex: reference.hasRootIndex,
      cast: cast, fallback: reference.fallback.map(fold), source: reference.source, range: reference.range)
  }

  private func fold(_ reference: PlanReference, of template: PlanTemplate) -> PlanTemplate {
    let folded = fold(reference)
    return knowledge.value(of: folded)?.placed(at: template.range) ?? template.with(.reference(folded))
  }

  // MARK: Texts

  /// The first piece keeps its type when nothing is left of the others (language specification, section 5), so that it
  /// becomes text only where something surely is left.
  private func fold(_ pieces: [PlanPiece], of template: PlanTemplate) -> PlanTemplate {
    let known = pieces.map { piece -> (piece: PlanPiece, value: PlanTemplate?) in
      guard case .reference(let reference) = piece else { return (piece, nil) }
      let folded = fold(reference)
      return (.reference(folded), knowledge.value(of: folded))
    }
    var isFromInput = template.isFromInput
    var folded: [PlanPiece] = []
    for (piece, value) in known.dropFirst() {
      if let value, let text = knowledge.text(of: value) {
        folded.append(.text(text))
        isFromInput = isFromInput || value.isFromInput
      } else {
        folded.append(piece)
      }
    }
    guard let first = known.first else { return template }
    if let value = first.value {
      isFromInput = isFromInput || value.isFromInput
      if folded.allSatisfy({ $0.isEmptyText }) { return value.placed(at: template.range, isFromInput: isFromInput) }
      if let text = knowledge.text(of: value), value.isText || folded.contains(where: { $0.isSurelyLeft }) {
        folded.insert(.text(text), at: 0)
      } else {
        folded.insert(first.piece, at: 0)
      }
    } else {
      folded.insert(first.piece, at: 0)
    }
    var result = PlanTemplate(.joining(folded), at: template.range)
    result.isFromInput = isFromInput
    return result
  }
}

extension PlanTemplate {
  /// The same place with other content.
  func with(_ content: Content) -> PlanTemplate {
    var copy = PlanTemplate(content, at: range)
    copy.isFromInput = isFromInput
    return copy
  }

  /// The same value in the place of another template.
  func placed(at range: SourceRange, isFromInput: Bool = false) -> PlanTemplate {
    var copy = PlanTemplate(content, at: range)
    copy.isFromInput = self.isFromInput || isFromInput
    return copy
  }

  fileprivate var isText: Bool {
    if case .constant(.text) = content { true } else { false }
  }
}

extension PlanTemplate.Content {
  /// Pieces with neighbours of text put together.
  fileprivate static func joining(_ pieces: [PlanPiece]) -> PlanTemplate.Content {
    var joined: [PlanPiece] = []
    for piece in pieces {
      guard case .text(let text) = piece else {
        joined.append(piece)
        continue
      }
      if case .text(let before)? = joined.last {
        joined[joined.count - 1] = .text(before + text)
      } else if !text.isEmpty || joined.isEmpty {
        // An empty text in front still says that the result is text.
        joined.append(piece)
      }
    }
    if joined.isEmpty { return .constant(.text("")) }
    if joined.count == 1, case .text(let whole) = joined[0] { return .constant(.text(whole)) }
    return .text(joined)
  }
}

extension PlanPiece {
  fileprivate var isEmptyText: Bool {
    if case .text("") = self { true } else { false }
  }

  /// Whether something of it is in the text in any case.
  fileprivate var isSurelyLeft: Bool {
    switch self {
    case .text(let text): !text.isEmpty
    case .environment, .reference: false
    }
  }
}
