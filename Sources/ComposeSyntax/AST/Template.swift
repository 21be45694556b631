package import ComposeBasic

/// A YAML value whose texts may contain expressions.
package struct Template: Sendable {
  /// The forms that a YAML value can have.
  package enum Content: Sendable {
    /// A scalar that is not text.
    case constant(ScalarValue)
    case text(TemplateText)
    case list([Template])
    case object([TemplateEntry])
  }

  package let content: Content
  package let range: SourceRange

  package init(_ content: Content, at range: SourceRange) {
    self.content = content
    self.range = range
  }

  /// The one expression that is the whole value.
  package var wholeExpression: Expression? {
    if case .text(let text) = content { return text.wholeExpression }
    return nil
  }

  /// The text when it is known.
  package var constantText: String? {
    if case .text(let text) = content { return text.constant }
    return nil
  }

  /// The member of an object.
  package subscript(key: String) -> Template? { entry(key)?.value }

  /// The last entry of that name; duplicates are the front end's finding.
  package func entry(_ key: String) -> TemplateEntry? {
    guard case .object(let entries) = content else { return nil }
    return entries.last { $0.key.value == key }
  }

  /// Every text of the value, in order.
  package var texts: [TemplateText] {
    switch content {
    case .constant: []
    case .text(let text): [text]
    case .list(let items): items.flatMap(\.texts)
    case .object(let entries): entries.flatMap(\.value.texts)
    }
  }

  /// Every expression of the value, nested ones included.
  package var expressions: [Expression] { texts.flatMap(\.expressions) }
}

/// `key: value`; keys are never rendered.
package final class TemplateEntry: Sendable {
  package let key: Located<String>
  package let value: Template

  package init(key: Located<String>, value: Template) {
    self.key = key
    self.value = value
  }
}
