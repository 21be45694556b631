import ComposeBasic
import ComposeSyntax

/// What `as` knows (language specification, sections 8 and 15).
package enum CastTable {
  package static let types = [
    "string", "text", "integer", "number", "boolean", "list", "object", "json", "base64", "markdown", "image", "audio",
    "video", "model-3d", "file", "stream", "select", "slider", "any",
  ]
  package static let formats = ["path", "url", "data-uri", "base64"]
  package static let streamSubtypes = ["text", "json"]

  /// Names from other languages, and what is meant by them.
  static let otherNames = [
    "int": "integer", "float": "number", "double": "number", "str": "string", "bool": "boolean", "array": "list",
    "dict": "object", "map": "object", "md": "markdown", "none": "any",
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
    let element = elementType(of: cast, from: source)
    guard cast.isList else { return element }
    if case .stream = source { return .stream(element, fragmented: false) }
    return .list(element)
  }

  private static func elementType(of cast: Cast, from source: Type) -> Type {
    if let format = cast.format?.value, let encoding = legacyEncoding(format) { return .encoded(encoding) }
    if let encoding = legacyEncoding(cast.type.value) { return .encoded(encoding) }
    switch cast.type.value {
    case "string", "text", "markdown", "base64": return .text
    case "integer": return .integer
    case "number", "slider": return .number
    case "boolean": return .boolean
    case "list": return .list(.any)
    case "object": return objectType(of: cast)
    case "select": return cast.subtype.map { .choice(options(in: $0.value)) } ?? .text
    case "image", "audio", "video", "model-3d", "file": return .media(cast.type.value)
    case "stream": return .encoded(cast.subtype?.value == "json" ? .json : .text)
    default: return .any
    }
  }

  /// `object/id,meta.name` keeps the listed paths under their last names.
  private static func objectType(of cast: Cast) -> Type {
    guard let subtype = cast.subtype else { return .object(ObjectType([], rest: .any)) }
    let names = options(in: subtype.value).map { $0.split(separator: ".").last.map(String.init) ?? "" }
    return .object(ObjectType(names.map { ObjectType.Member($0, .any) }, rest: nil))
  }

  static func options(in subtype: String) -> [String] {
    subtype.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }
}
