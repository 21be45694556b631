import ComposeBasic
import ComposeSyntax

/// `"+": parts`: lists, objects or texts put together, or a stream of all parts.
enum JoinOperator: StructuralOperator {
  static func accepts(_ entries: [TemplateEntry]) -> Bool { isSole("+", in: entries) }

  static func type(
    of entries: [TemplateEntry], in checker: ExpressionChecker, into diagnostics: inout Diagnostics
  ) -> Type {
    let value = entries[0].value
    if case .list(let items) = value.content {
      let parts = zip(items, checker.itemTypes(items, into: &diagnostics)).map { item, added in
        Part(type: added.isSpread ? .union(of: [added.type, .null]) : added.type, range: item.range)
      }
      return type(ofJoined: parts, into: &diagnostics)
    }
    let type = checker.type(of: value, into: &diagnostics)
    if type.surely(\.isStream) || type.surely(\.isMedia) { return .stream(unrolled(type), fragmented: true) }
    if type.surely({ !$0.isList && !$0.isStream && !$0.isMedia }) {
      diagnostics.emit(
        .invalidOperator("'+' joins the parts of a list or a stream, not \(type.noun)", at: value.range)
          .help("write a list of parts")
          .upstream("fails when it runs"))
    }
    return type == .null ? .null : .any
  }

  private struct Part {
    let type: Type
    let range: SourceRange
  }

  private static func type(ofJoined parts: [Part], into diagnostics: inout Diagnostics) -> Type {
    let parts = parts.filter { $0.type.withoutNull != .never }
    guard let first = parts.first else { return .null }
    if parts.contains(where: { $0.type.surely { $0.isStream || $0.isMedia } }) {
      return .stream(.union(of: parts.map { unrolled($0.type) }), fragmented: true)
    }
    guard parts.allSatisfy({ $0.type.surely { _ in true } }) else { return .any }
    // The first part that is not null decides.
    guard !first.type.mayBeNull else { return allOfOneKind(parts) }
    if first.type.surely({ $0.isNumeric || $0 == .bytes }) {
      diagnostics.emit(
        .invalidOperator("'+' joins lists, objects or texts, not \(first.type.noun)", at: first.range)
          .help("write 'as text' to join it with texts")
          .upstream("fails when it runs"))
      return .any
    }
    for part in parts.dropFirst() where cannotFollow(part.type, first.type) {
      diagnostics.emit(
        .invalidOperator("\(part.type.noun) cannot be joined to \(first.type.noun)", at: part.range)
          .note("the first part decides", at: first.range)
          .upstream("fails when it runs"))
      return .any
    }
    return allOfOneKind(parts)
  }

  private static func cannotFollow(_ part: Type, _ first: Type) -> Bool {
    if first.surely(\.isText) { return part.surely { !$0.isText } }
    if first.surely(\.isList) || first.surely(\.isObject) { return part.surely(\.isNumeric) }
    return false
  }

  private static func allOfOneKind(_ parts: [Part]) -> Type {
    let types = parts.map(\.type)
    let mayBeNull = types.allSatisfy(\.mayBeNull) ? [Type.null] : []
    if types.allSatisfy({ $0.surely(\.isText) }) { return .union(of: [.text] + mayBeNull) }
    if types.allSatisfy({ $0.surely(\.isList) }) {
      return .union(of: [.list(.union(of: types.map(\.element)))] + mayBeNull)
    }
    guard types.allSatisfy({ $0.surely(\.isObject) }) else { return .any }
    var merged = MergedObject()
    for type in types { merged.insert(type) }
    return .union(of: [merged.type] + mayBeNull)
  }

  /// What a part puts into a stream: lists and inner streams are taken apart, and null is dropped.
  private static func unrolled(_ type: Type) -> Type {
    .union(of: type.alternatives.map { $0.isIterable ? unrolled($0.element) : $0 })
  }
}
