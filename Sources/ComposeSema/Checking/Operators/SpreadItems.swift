import ComposeBasic
import ComposeSyntax

/// Lists, in which `...${list}` inserts elements.
extension ExpressionChecker {
  func listType(_ items: [Template], into diagnostics: inout Diagnostics) -> Type {
    .list(items.isEmpty ? .any : .union(of: itemTypes(items, into: &diagnostics).map(\.type)))
  }

  /// What an item adds: itself, or its elements, of which there may be none.
  typealias ItemType = (type: Type, isSpread: Bool)

  func itemTypes(_ items: [Template], into diagnostics: inout Diagnostics) -> [ItemType] {
    items.map { item in
      guard let (expression, isSpread) = spread(item) else { return (type(of: item, into: &diagnostics), false) }
      guard isSpread else { return (failedSpreadType(item, expression, into: &diagnostics), false) }
      let type = type(of: expression, as: use(at: expression.range), into: &diagnostics)
      if type.surely({ !$0.isList }) {
        diagnostics.emit(
          .invalidOperator("'...' inserts the elements of a list, and this is \(type.noun)", at: item.range)
            .upstream("fails when it runs"))
      }
      return (type.surely(\.isList) ? type.element : type == .null ? .never : .any, true)
    }
  }

  /// The expression behind `...`, and whether the elements are really inserted: nothing may stand between or behind, and
  /// no brace inside.
  private func spread(_ item: Template) -> (Expression, isSpread: Bool)? {
    guard case .text(let text) = item.content, text.parts.count >= 2, case .text(let dots) = text.parts[0],
      dots.value.hasPrefix("..."), dots.value.dropFirst(3).allSatisfy(\.isWhitespace),
      case .expression(let expression) = text.parts[1]
    else { return nil }
    return (expression, dots.value == "..." && text.parts.count == 2 && !expression.hasInnerBrace)
  }

  /// Text that was surely meant to insert elements is reported; other texts may begin with dots too.
  private func failedSpreadType(
    _ item: Template, _ expression: Expression, into diagnostics: inout Diagnostics
  ) -> Type {
    var ignored = Diagnostics()
    let type = type(of: expression, as: .text, into: &ignored)
    guard case .text(let text) = item.content else { return .any }
    let hasNestedDefault = text.parts.count == 2 && expression.hasInnerBrace && !type.surely(\.isText)
    let isSpaced = text.parts.count == 2 && !isDirect(text) && !type.surely(\.isText)
    guard type.surely(\.isList) || hasNestedDefault || isSpaced else { return self.type(of: item, into: &diagnostics) }
    diagnostics.append(contentsOf: ignored)
    diagnostics.emit(
      .invalidOperator("this is text: it does not insert the elements of the list", at: item.range)
        .help(
          expression.hasInnerBrace
            ? "behind '...' stands one expression without braces inside; write {\"+\": […]} to join lists"
            : "write '...' directly before one expression, with nothing behind it"
        )
        .upstream("gives the text"))
    return .text
  }
}

/// Whether the dots stand directly before what follows.
private func isDirect(_ text: TemplateText) -> Bool {
  if case .text(let dots)? = text.parts.first { dots.value == "..." } else { false }
}

extension Expression {
  /// Whether a `}` stands inside the expression.
  fileprivate var hasInnerBrace: Bool {
    let texts = [fallback].compactMap { $0 } + (cast?.attributes.map(\.value) ?? [])
    return texts.contains { text in
      text.parts.contains { part in
        switch part {
        case .text(let piece): piece.value.contains("}")
        case .environment(let reference): reference.value?.contains("}") ?? false
        case .expression: true
        }
      }
    } || annotations.contains { $0.text.value.contains("}") }
  }
}
