import ComposeBasic
import ComposeSyntax

/// The default of a variable.
package struct VariableDefault: Hashable, Sendable {
  /// What the conversion makes of it; expressions stand in it as text.
  package let value: SchemaValue
  /// As the file writes it, with the values of the environment.
  package let text: String
  /// Whether expressions in it are evaluated when it is used, so that the value is not known before.
  package let isComputed: Bool

  package init(_ text: String, type: String, isList: Bool = false) {
    self.init(value: SchemaValue(text, type: type, isList: isList), text: text, isComputed: false)
  }

  package init(value: SchemaValue, text: String, isComputed: Bool) {
    self.value = value
    self.text = text
    self.isComputed = isComputed
  }

  /// - Returns: `nil` when the text needs an environment variable that is not set, or one that is secret: schemas are
  ///   shown to everybody.
  init?(_ template: TemplateText, of expression: Expression) {
    var text = ""
    // As JSON, an expression is a string with its source (language specification, section 13.1).
    var quoted = ""
    var isComputed = false
    for part in template.parts {
      switch part {
      case .text(let piece):
        text += piece.value
        quoted += piece.value
      case .environment(let reference):
        guard !reference.isSecret, let value = reference.value else { return nil }
        text += value
        quoted += value
      case .expression(let nested):
        var bytes: [UInt8] = []
        JSONWriter.appendQuoted(nested.description, to: &bytes)
        text += nested.description
        quoted += String(decoding: bytes, as: UTF8.self)
        isComputed = true
      }
    }
    let value: SchemaValue =
      switch expression.cast {
      case nil: .text(text)
      case let cast? where cast.isList || ["list", "object", "json"].contains(cast.type.value):
        SchemaValue(json: quoted) ?? .text(text)
      case let cast?: SchemaValue(text, type: cast.type.value, isList: false)
      }
    self.init(value: value, text: text, isComputed: isComputed)
  }
}
