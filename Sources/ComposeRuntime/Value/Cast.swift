/// The types of `as` that turn one plain value into another (language specification, section 8.1).
///
/// Media types and `stream` are not among them: they need a source or a reader.
package enum CastType: String, CaseIterable, Hashable, Sendable {
  case string
  case text
  case markdown
  case integer
  case number
  case boolean
  case list
  case object
  case json
  case base64
}

/// How a text stands for bytes. `path` and `url` are loaded by whoever may do input and output, before the conversion.
package enum CastFormat: String, CaseIterable, Hashable, Sendable {
  case base64
  case dataURI = "data-uri"
}

/// Converts a value as `as type[]/fields;format` does; null stays null.
///
/// - Parameters:
///   - isList: whether each element of a list, or each chunk of a stream, is converted.
///   - fields: what is kept of an object; all of it when empty.
///   - format: how texts are decoded first; other values ignore it.
/// - Throws: a `value` error that shows the value in question.
package func convert(
  _ value: Value, to type: CastType, isList: Bool = false, fields: [FieldSelection] = [], format: CastFormat? = nil
) throws(RuntimeError) -> Value {
  guard isList else { return try convertOne(value, to: type, fields: fields, format: format) }
  switch value {
  case .null: return .null
  case .list(let list):
    var converted: [Value] = []
    converted.reserveCapacity(list.count)
    for element in list { converted.append(try convertOne(element, to: type, fields: fields, format: format)) }
    return .list(converted)
  case .stream(let stream):
    let converted = try stream.mapped { (chunk) throws(RuntimeError) in
      try convertOne(chunk, to: type, fields: fields, format: format)
    }
    return .stream(converted)
  default: throw RuntimeError(.value, "'as \(type.rawValue)[]' needs a list, and this is \(value.kindName)")
  }
}

private func convertOne(
  _ value: Value, to type: CastType, fields: [FieldSelection], format: CastFormat?
) throws(RuntimeError) -> Value {
  if value.isNull { return .null }
  let value = try decoded(value, format)
  return switch type {
  case .string, .text: .text(try value.castText(structure: { $0.jsonText }))
  case .markdown: .text(try value.castText(structure: { $0.debugForm }))
  case .integer: try value.castInteger()
  case .number: .number(try value.castNumber())
  case .boolean: .boolean(value.castBoolean())
  case .json: try value.castJSON()
  case .list: .list(try value.castList())
  case .object: .object(try value.castObject(selecting: fields))
  case .base64: .text(try value.castBase64())
  }
}

/// The bytes that a text stands for.
private func decoded(_ value: Value, _ format: CastFormat?) throws(RuntimeError) -> Value {
  guard case .text(let text) = value, let format else { return value }
  return switch format {
  case .base64: .bytes(try Base64.decode(text))
  case .dataURI: .bytes(try decodeDataURI(text))
  }
}

/// How an error message shows the value that it speaks of: short texts and numbers themselves, else the kind.
func quotedForError(_ value: Value) -> String {
  let limit = 40
  switch value {
  case .boolean, .integer, .bigInteger, .number, .text:
    let text = value.displayText.unicodeScalars
    // A text that would have to be cut may be a secret, which could not be recognised any more.
    return text.count <= limit ? "'\(value.displayText)'" : "a text of \(text.count) characters"
  default: return value.kindName
  }
}
