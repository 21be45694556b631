package import ComposeBasic

/// One `${…}`: a root, a path into it, and what to do with the value found there.
///
/// ```
/// ${ response[] .choices[0].delta  as text;base64   | hi    @(description Greeting) }
///    root       path               cast             default annotation
/// ```
package final class Expression: Sendable {
  package let root: Located<String>
  /// Whether the root has `[]`: the present chunk of a stream.
  package let isChunk: Bool
  /// An index or slice directly after the root.
  package let index: Located<PathSegment>?
  package let path: [Located<PathSegment>]
  package let cast: Cast?
  package let fallback: TemplateText?
  package let annotations: [Annotation]
  /// From `$` to behind the closing character.
  package let range: SourceRange
  package let spelling: Spelling

  /// The characters around an expression. Both forms mean the same.
  package enum Spelling: Sendable {
    /// `${…}`
    case braces
    /// `$<…>`, which shells and other template languages leave alone; the reference does not know it.
    case angles
  }

  package init(
    root: Located<String>, isChunk: Bool = false, index: Located<PathSegment>? = nil,
    path: [Located<PathSegment>] = [], cast: Cast? = nil, fallback: TemplateText? = nil,
    annotations: [Annotation] = [], range: SourceRange, spelling: Spelling = .braces
  ) {
    self.root = root
    self.isChunk = isChunk
    self.index = index
    self.path = path
    self.cast = cast
    self.fallback = fallback
    self.annotations = annotations
    self.range = range
    self.spelling = spelling
  }
}

/// One step of a path.
package enum PathSegment: Hashable, Sendable {
  case key(String)
  /// Negative counts from the end.
  case index(Int)
  case slice(from: Int?, to: Int?)
  /// `[*]`: every element.
  case wildcard
}

/// `as type[]/subtype[attributes];format`.
package struct Cast: Sendable {
  package let type: Located<String>
  /// Whether `[]` follows the type: each element is converted.
  package let isList: Bool
  package let subtype: Located<String>?
  package let attributes: [Attribute]
  /// What stands between the brackets without `=`: it has no effect.
  package let strayAttributes: [Located<String>]
  /// The brackets of the attributes.
  package let brackets: SourceRange?
  package let format: Located<String>?
  /// From the type to the end of the format; `as` is not part of it.
  package let range: SourceRange

  /// `name=value` between brackets after the subtype.
  package struct Attribute: Sendable {
    package let name: Located<String>
    package let value: TemplateText

    package init(name: Located<String>, value: TemplateText) {
      self.name = name
      self.value = value
    }
  }

  package init(
    type: Located<String>, isList: Bool = false, subtype: Located<String>? = nil, attributes: [Attribute] = [],
    strayAttributes: [Located<String>] = [], brackets: SourceRange? = nil, format: Located<String>? = nil,
    range: SourceRange
  ) {
    self.type = type
    self.isList = isList
    self.subtype = subtype
    self.attributes = attributes
    self.strayAttributes = strayAttributes
    self.brackets = brackets
    self.format = format
    self.range = range
  }
}

/// `@(name text)`: documentation of an input; it has no effect on the value.
package struct Annotation: Sendable {
  package let name: Located<String>
  package let text: Located<String>

  package init(name: Located<String>, text: Located<String>) {
    self.name = name
    self.text = text
  }
}

/// A text with expressions in it.
package struct TemplateText: Sendable {
  /// A piece of literal text or something that is replaced.
  package enum Part: Sendable {
    case text(Located<String>)
    indirect case environment(EnvironmentReference)
    case expression(Expression)
  }

  /// In source order; an empty text has none.
  package let parts: [Part]
  package let range: SourceRange

  package init(parts: [Part], range: SourceRange) {
    self.parts = parts
    self.range = range
  }

  /// The one expression that is the whole text, so that its value keeps its type.
  package var wholeExpression: Expression? {
    if parts.count == 1, case .expression(let expression) = parts[0] { return expression }
    return nil
  }

  /// The text when it holds no expression and every environment variable in it is set.
  package var constant: String? {
    var text = ""
    for part in parts {
      switch part {
      case .text(let piece): text += piece.value
      case .environment(let reference):
        guard let value = reference.value else { return nil }
        text += value
      case .expression: return nil
      }
    }
    return text
  }

  /// Every expression, those inside defaults and attributes included, outermost first.
  package var expressions: [Expression] {
    parts.flatMap { part -> [Expression] in
      guard case .expression(let expression) = part else { return [] }
      let attributes = expression.cast?.attributes.flatMap { $0.value.expressions } ?? []
      return [expression] + (expression.fallback?.expressions ?? []) + attributes
    }
  }
}
