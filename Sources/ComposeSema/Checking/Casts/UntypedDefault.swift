import ComposeBasic
import ComposeSyntax

/// Finds defaults that look like a number, a boolean, null or JSON and are text all the same, because nothing converts
/// them (language specification, section 6).
enum UntypedDefault {
  /// The finding for an expression that is a whole value and has no conversion.
  static func finding(_ expression: Expression, as use: ExpressionChecker.Use, valueType: Type) -> Diagnostic? {
    guard expression.cast == nil, let fallback = expression.fallback, let text = literal(fallback),
      !valueType.surely(\.isText)
    else { return nil }
    guard let meant = meaning(of: text) else { return nil }
    switch use {
    case .value: break
    case .number(let reading): guard !reading.reads(text) else { return nil }
    case .text, .converted: return nil
    }
    let diagnostic = Diagnostic(
      CastCode.untypedDefault, "the default '\(text)' is text: nothing converts it", at: fallback.range
    )
    .upstream("gives the text \"\(text)\"")
    guard let type = meant.type else {
      let range = expression.referenceEnd.union(fallback.range)
      return diagnostic.help("without a default the value is null when it is missing")
        .fix("remove the default", .suggested, replace: range, with: "")
    }
    let range = expression.referenceEnd.union(fallback.range.startPoint)
    return diagnostic.help("write 'as \(type) | \(text)' to get \(meant.noun)")
      .fix("add 'as \(type)'", .suggested, replace: range, with: " as \(type) | ")
  }

  /// The default when it is wholly written down: what the environment holds may differ tomorrow.
  private static func literal(_ fallback: TemplateText) -> String? {
    var text = ""
    for part in fallback.parts {
      guard case .text(let piece) = part else { return nil }
      text += piece.value
    }
    return text
  }

  private static func meaning(of text: String) -> (type: String?, noun: String)? {
    switch text {
    case "true", "false", "True", "False": return ("boolean", "a boolean")
    case "null": return (nil, "null")
    default: break
    }
    guard let first = text.unicodeScalars.first else { return nil }
    switch jsonKind(of: text) {
    case .array: return ("list", "a list")
    case .object: return ("object", "an object")
    case .scalar where first == "-" || ("0"..."9").contains(first):
      return NumericText.isInteger(text) ? ("integer", "a number") : ("number", "a number")
    default: return nil
    }
  }
}

extension Expression {
  /// The empty range behind the root and the path, where a conversion would stand.
  var referenceEnd: SourceRange {
    let last = path.last?.range ?? index?.range
    let end = last.map { Int($0.end) } ?? Int(root.range.end) + (isChunk ? 2 : 0)
    return SourceRange(file: range.file, start: end, end: end)
  }
}
