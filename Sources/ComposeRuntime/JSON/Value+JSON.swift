extension Value {
  /// The JSON text of the language (language specification, section 8.1): blanks after `,` and `:`, what is not ASCII
  /// as it is, `NaN` and `Infinity`; what JSON cannot say is a text in its debug form.
  package var jsonText: String { printed(.spaced) }

  /// JSON for people: two blanks of indentation, otherwise as `jsonText`.
  package var indentedJSON: String { printed(.indented) }

  /// JSON (RFC 8259) for requests and replies, without blanks.
  ///
  /// - Throws: a `value` error when it holds bytes, a stream, NaN or an infinity, which JSON cannot say.
  package func compactJSON() throws(RuntimeError) -> [UInt8] {
    try checkJSON()
    var printer = JSONPrinter(.compact)
    printer.append(self)
    return printer.bytes
  }

  private func printed(_ layout: JSONPrinter.Layout) -> String {
    var printer = JSONPrinter(layout)
    printer.append(self)
    return String(decoding: printer.bytes, as: UTF8.self)
  }

  private func checkJSON() throws(RuntimeError) {
    switch self {
    case .null, .boolean, .integer, .bigInteger, .text: return
    case .number(let number):
      if !number.isFinite { throw RuntimeError(.value, "JSON has no number '\(floatText(number))'") }
    case .bytes, .stream, .resource: throw RuntimeError(.value, "\(kindName) cannot be written as JSON")
    case .list(let list): for element in list { try element.checkJSON() }
    case .object(let object): for member in object { try member.value.checkJSON() }
    }
  }
}
