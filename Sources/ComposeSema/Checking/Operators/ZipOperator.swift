import ComposeBasic
import ComposeSyntax

/// `"&": {name: source …}`: a list or a stream of objects with one element of each source.
enum ZipOperator: StructuralOperator {
  static func accepts(_ entries: [TemplateEntry]) -> Bool { isSole("&", in: entries) }

  static func type(
    of entries: [TemplateEntry], in checker: ExpressionChecker, into diagnostics: inout Diagnostics
  ) -> Type {
    let value = entries[0].value
    guard case .object(let sources) = value.content else {
      let type = checker.type(of: value, into: &diagnostics)
      if type.surely({ !$0.isObject }) {
        diagnostics.emit(
          .invalidOperator("'&' needs an object of sources, not \(type.noun)", at: value.range)
            .upstream("fails when it runs"))
      }
      return type == .null ? .null : .any
    }
    if sources.isEmpty {
      diagnostics.emit(
        .invalidOperator("'&' needs at least one source", at: value.range).upstream("fails when it runs"))
    }
    var isStream = false
    var isKnown = true
    var isFragmented = false
    let members = sources.map { source in
      let type = checker.type(of: source.value, into: &diagnostics)
      if type.surely(\.isNumeric) {
        diagnostics.emit(
          .invalidOperator("'&' goes through lists and streams, not \(type.noun)", at: source.value.range)
            .upstream("fails when it runs"))
      }
      if type.surely(\.isStream) {
        isStream = true
      } else if !type.surely({ $0.isList || $0.isText }) {
        isKnown = false
      }
      if case .stream(_, true) = type { isFragmented = true }
      return ObjectType.Member(source.key.value, element(of: type))
    }
    let row = Type.object(ObjectType(members, rest: nil))
    // Any source that is null gives an empty list.
    guard isKnown else { return .any }
    return isStream ? .stream(row, fragmented: isFragmented) : .list(row)
  }

  /// Of a text the characters are taken, of an object the keys.
  private static func element(of type: Type) -> Type {
    type.surely { $0.isText || $0.isObject } ? .text : type.surely(\.isIterable) ? type.element : .any
  }
}
