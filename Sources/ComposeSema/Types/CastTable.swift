import ComposeBasic
import ComposeSyntax

/// What `as` knows (language specification, sections 8 and 15).
package enum CastTable {
  package static let types = [
    "string", "text", "integer", "number", "boolean", "list", "object", "json", "base64", "markdown", "image", "audio",
    "video", "model-3d", "file", "stream", "select", "slider", "any", "none",
  ]
  static let mediaTypes = ["image", "audio", "video", "model-3d", "file"]
  /// The types that read attributes between brackets.
  static let typesWithAttributes = ["audio", "video", "model-3d"]
  /// The types that pass every value on as it is, texts with a format included.
  static let unchangingTypes = ["select", "slider", "any", "none"]
  package static let formats = ["path", "url", "data-uri", "base64"]
  package static let streamSubtypes = ["text", "json"]

  /// Names from other languages, and what is meant by them.
  static let otherNames = [
    "int": "integer", "float": "number", "double": "number", "str": "string", "bool": "boolean", "array": "list",
    "dict": "object", "map": "object", "md": "markdown", "event-stream": "stream",
  ]

  /// Spellings of earlier versions of `stream/text` and `stream/json`.
  package static func legacyEncoding(_ name: String) -> Type.Encoding? {
    switch name {
    case "sse-text": .text
    case "sse-json": .json
    default: nil
    }
  }

  /// The type of a value after `as type/subtype`, when it is not null.
  static func type(of cast: Cast, from source: Type) -> Type {
    guard cast.isList else { return elementType(of: cast, from: source) }
    let element = elementType(of: cast, from: source.element)
    return source.surely(\.isStream) ? .stream(element, fragmented: false) : .list(element)
  }

  private static func elementType(of cast: Cast, from source: Type) -> Type {
    if let format = cast.format?.value, let encoding = legacyEncoding(format) { return .encoded(encoding) }
    if let encoding = legacyEncoding(cast.type.value) { return .encoded(encoding) }
    switch cast.type.value {
    case "string", "text", "markdown", "base64": return .text
    case "integer": return .integer
    case "number", "slider": return .number
    case "boolean": return .boolean
    case "list": return source.surely(\.isList) ? source.withoutNull : .list(.any)
    case "object": return objectType(of: cast, from: source)
    case "json": return source.surely { !$0.isText && $0 != .bytes } ? source.withoutNull : .any
    case "select":
      guard let subtype = cast.subtype, source == .any || source.surely(\.isText) else { return source.withoutNull }
      return .choice(options(in: subtype.value))
    case "image", "audio", "video", "model-3d", "file":
      return source.surely(\.isStream) ? source.withoutNull : .media(cast.type.value)
    case "stream": return .encoded(cast.subtype?.value == "json" ? .json : .text)
    case "any", "none": return source.withoutNull
    default: return .any
    }
  }

  /// `object/id,meta.name` keeps the listed paths under their last names.
  private static func objectType(of cast: Cast, from source: Type) -> Type {
    guard let subtype = cast.subtype else {
      return source.surely(\.isObject) ? source.withoutNull : .object(ObjectType([], rest: .any))
    }
    return .object(ObjectType(options(in: subtype.value).map { ObjectType.Member(resultKey(of: $0), .any) }, rest: nil))
  }

  /// The key under which `object/…` keeps a listed path: what stands behind the last dot.
  static func resultKey(of field: String) -> String {
    let last = field.split(separator: ".", omittingEmptySubsequences: false).last.map(String.init) ?? ""
    return last.split(separator: "[").first.map(String.init) ?? ""
  }

  static func options(in subtype: String) -> [String] {
    subtype.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }
}
