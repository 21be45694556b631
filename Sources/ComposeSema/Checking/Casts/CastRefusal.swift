import ComposeBasic
import ComposeSyntax

/// Which kinds of values a conversion cannot take (language specification, sections 8.1 and 8.2).
struct CastRefusal {
  let cast: Cast

  /// Whether converting a value of this single, known kind fails or gives nothing of use.
  func refuses(_ kind: Type) -> Bool {
    switch cast.type.value {
    case "string", "text": refusesAsText(kind)
    case "markdown", "boolean": kind.isStream || kind.isMedia
    case "integer": isStructure(kind) || hasOnly(kind, otherThan: NumericText.isInteger)
    case "number": isStructure(kind) || hasOnly(kind, otherThan: NumericText.isNumber)
    case "list": kind.isNumeric || kind.isObject || kind.isStream || kind.isMedia
    case "object": kind.isNumeric || kind.isList || kind.isStream || kind.isMedia
    case "base64": kind.isNumeric || kind.isObject || kind.isList || isStreamWithoutBytes(kind)
    case "image": refusesAsMedia(kind) || kind == .bytes
    case "audio", "video", "model-3d", "file": refusesAsMedia(kind)
    default: false
    }
  }

  /// A stream of text is collected. (The reference prints a memory address for every stream.)
  private func refusesAsText(_ kind: Type) -> Bool {
    switch kind {
    case .encoded(.json), .media: true
    case .stream(let element, _): element.surely { !$0.isText }
    default: false
    }
  }

  private func isStructure(_ kind: Type) -> Bool { kind.isList || kind.isObject || kind.isStream || kind.isMedia }

  /// Whether the value is one of several texts and the conversion can read none of them.
  private func hasOnly(_ kind: Type, otherThan isReadable: (String) -> Bool) -> Bool {
    guard case .choice(let texts) = kind, cast.format == nil else { return false }
    return !texts.contains(where: isReadable)
  }

  private func isStreamWithoutBytes(_ kind: Type) -> Bool {
    guard case .stream(let element, _) = kind else { return false }
    return element.surely { $0.isObject || $0 == .number }
  }

  private func refusesAsMedia(_ kind: Type) -> Bool {
    kind.isNumeric || kind.isList || kind.isObject || (kind.isText && cast.format == nil)
  }
}
