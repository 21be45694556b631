import ComposeRuntime

/// Why a text is not parsed. The message goes on from the name of a field.
struct TextParserFault: Error {
  let field: String
  let message: String
  var code = RuntimeError.Code.value

  init(_ field: String, _ message: String, code: RuntimeError.Code = .value) {
    self.field = field
    self.message = message
    self.code = code
  }
}
