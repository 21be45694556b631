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

/// How a text stands for bytes.
package enum CastFormat: String, CaseIterable, Hashable, Sendable {
  case base64
  case dataURI = "data-uri"
  case path
  case url
}

/// Converts one value that needs no reading; null stays null.
///
/// - Parameter fields: what is kept of an object; all of it when empty.
/// - Throws: a `value` error that shows the value in question, also for streams and resources that had to be read.
package func convert(
  _ value: Value, to type: CastType, fields: [FieldSelection] = []
) throws(RuntimeError) -> Value {
  if value.isNull { return .null }
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
