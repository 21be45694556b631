import ComposeBasic
import ComposeSyntax

/// Places whose value ends as text whatever its type, so that it makes no difference whether a default is converted.
enum TextPlaces {
  /// Whether a field of an action takes text.
  static func isText(_ field: String, of target: ActionTarget) -> Bool {
    guard let shape = target.shape?.action.field(field) else { return false }
    // The query of a request is text.
    return takesText(shape.type) || (field == "params" && shape.type.isRendered)
  }

  /// What becomes of the inputs of an action, for those that it uses as text or as numbers only.
  static func inputs(of target: ActionTarget, in catalog: Catalog) -> [String: ExpressionChecker.Use] {
    let numbers = NumberPlaces(of: target, in: catalog)
    var uses: [String: ExpressionChecker.Use] = [:]
    for entry in target.action.fields.entries {
      let isText = isText(entry.key.value, of: target)
      for text in entry.value.texts {
        let isInside = isText || text.wholeExpression == nil
        for expression in text.expressions where expression.root.value == "input" && !expression.isChunk {
          guard case .key(let name)? = expression.path.first?.value else { return [:] }
          var use = ExpressionChecker.Use.value
          if isInside || expression.castsToText {
            use = .text
          } else if expression.cast == nil, expression.path.count == 1, let reading = numbers[text.range] {
            use = .number(reading)
          }
          uses[name] = uses[name].map { joined($0, use) } ?? use
        }
      }
    }
    return uses
  }

  /// What an input is used as when it is used twice.
  private static func joined(_ first: ExpressionChecker.Use, _ second: ExpressionChecker.Use) -> ExpressionChecker.Use {
    switch (first, second) {
    case (.text, .text): .text
    case (.number(let reading), .text), (.text, .number(let reading)): .number(reading)
    case (.number(let one), .number(let other)):
      one == other ? first : one == .boolean || other == .boolean ? .value : .number(.integer)
    default: .value
    }
  }

  private static func takesText(_ type: ShapeType) -> Bool {
    switch type {
    case .text, .choice, .kind, .reference: true
    case .rendered(let value), .map(let value), .list(let value): takesText(value)
    case .union(let members): members.allSatisfy { $0 == .null || takesText($0) }
    default: false
    }
  }
}

extension Expression {
  fileprivate var castsToText: Bool {
    guard let cast, !cast.isList else { return false }
    return ["text", "string"].contains(cast.type.value) && path.count == 1
  }
}
