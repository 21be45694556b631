import ComposeBasic

extension Redactor {
  /// The value with secrets taken out of its texts, at any depth. Keys are the file's own words.
  func redact(_ value: Value) -> Value {
    switch value {
    case .text(let text): .text(redact(text))
    case .list(let items): .list(items.map(redact))
    case .object(let object): .object(OrderedObject(object.map { ($0.key, redact($0.value)) }))
    case .null, .boolean, .integer, .bigInteger, .number, .bytes, .stream, .resource: value
    }
  }
}
