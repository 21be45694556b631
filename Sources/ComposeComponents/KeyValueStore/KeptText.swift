import ComposeRuntime

extension Value {
  /// The text as which a value is kept in a database, as the reference does it: texts as they are, lists and objects as
  /// JSON, and all others in their debug form: `True`, `None`, `1.5`.
  ///
  /// - Throws: a `value` error for streams and resources, and for bytes inside a list or object.
  func keptText() throws(RuntimeError) -> String {
    if holdsSource { throw .wrongKind("\(kindName) cannot be kept in a database; keep what is read from it") }
    switch self {
    case .list, .object:
      if holdsBytes { throw .wrongKind("\(kindName) with bytes inside cannot be kept as JSON; encode them before") }
      return jsonText
    default: return displayText
    }
  }

  /// What a kept text means: the value that it is as JSON, and otherwise the text. So a text that looks like JSON comes
  /// back as something else, as in the reference: `"12"` as a number.
  var fromKeptText: Value {
    switch self {
    case .text(let text): (try? parseJSON(text)) ?? self
    case .bytes(let bytes): (try? parseJSON(bytes)) ?? self
    default: self
    }
  }

  private var holdsBytes: Bool {
    switch self {
    case .bytes: true
    case .list(let list): list.contains { $0.holdsBytes }
    case .object(let object): object.contains { $0.value.holdsBytes }
    default: false
    }
  }
}
