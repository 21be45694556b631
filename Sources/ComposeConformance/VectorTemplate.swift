import ComposeBasic
import ComposeRuntime
import ComposeSyntax

/// Makes a template of JSON: every text is read as an expression or a text with expressions, keys are taken as they are.
///
/// The texts stand one behind another in a file that does not exist, so that findings have different places.
struct VectorTemplate {
  private var offset = 0
  private(set) var diagnostics = Diagnostics()

  static let file = SourceFile.ID(index: 0)

  mutating func template(_ json: Value) throws(InvalidVector) -> Template {
    switch json {
    case .null: return constant(.null)
    case .boolean(let value): return constant(.boolean(value))
    case .integer(let value): return constant(.integer(value))
    case .bigInteger(let digits): return constant(.bigInteger(digits))
    case .number(let value): return constant(.number(value))
    case .text(let text):
      let parsed = parseTemplateText(text, file: Self.file, offset: offset, into: &diagnostics)
      offset += text.utf8.count + 1
      return Template(.text(parsed), at: parsed.range)
    case .list(let items):
      var templates: [Template] = []
      let start = offset
      for item in items { templates.append(try template(item)) }
      return Template(.list(templates), at: range(from: start))
    case .object(let object):
      var entries: [TemplateEntry] = []
      let start = offset
      for (key, value) in object {
        let place = SourceRange(file: Self.file, start: offset, end: offset + key.utf8.count)
        offset += key.utf8.count + 1
        entries.append(TemplateEntry(key: Located(key, at: place), value: try template(value)))
      }
      return Template(.object(entries), at: range(from: start))
    case .bytes, .stream, .resource: throw InvalidVector("a template is JSON, and there is \(json.kindName) in it")
    }
  }

  private func constant(_ value: ScalarValue) -> Template { Template(.constant(value), at: range(from: offset)) }

  private func range(from start: Int) -> SourceRange { SourceRange(file: Self.file, start: start, end: offset) }
}
