package import ComposeBasic

/// One node of a YAML document, with the exact bytes it was written in.
package struct YAMLNode: Sendable {
  /// What kind of node it is.
  package enum Content: Sendable {
    case scalar(YAMLScalar)
    case sequence([YAMLNode])
    case mapping([YAMLEntry])
  }

  package let content: Content
  /// A scalar with its quotes; a collection from its first to behind its last child, or its brackets.
  package let range: SourceRange

  package init(_ content: Content, at range: SourceRange) {
    self.content = content
    self.range = range
  }

  package var scalar: YAMLScalar? {
    if case .scalar(let scalar) = content { return scalar }
    return nil
  }

  package var sequence: [YAMLNode]? {
    if case .sequence(let items) = content { return items }
    return nil
  }

  package var mapping: [YAMLEntry]? {
    if case .mapping(let entries) = content { return entries }
    return nil
  }

  /// Whether the node is an explicit or empty null.
  package var isNull: Bool {
    if case .null? = scalar?.value { return true }
    return false
  }
}

/// One `key: value` of a mapping.
///
/// A class because entries are handed on far more often than they are made.
package final class YAMLEntry: Sendable {
  package let key: YAMLNode
  package let value: YAMLNode

  package init(key: YAMLNode, value: YAMLNode) {
    self.key = key
    self.value = value
  }

  /// The key's text; a key that is not a scalar has none.
  package var name: String? { key.scalar?.text }
}

/// A scalar: its text after quotes, escapes, folding and environment references are resolved.
package final class YAMLScalar: Sendable {
  /// How the scalar is written.
  package enum Style: Sendable {
    case plain
    case singleQuoted
    case doubleQuoted
    case literal
    case folded
  }

  package let text: String
  package let style: Style
  /// What the text means; anything but a plain scalar is text.
  package let value: ScalarValue
  /// From UTF-8 offsets in ``text`` to the file.
  package let map: ScalarMap
  /// The pieces of ``text`` that came from the environment, in order.
  package let environment: [EnvironmentSpan]

  package init(
    text: String, style: Style, value: ScalarValue, map: ScalarMap, environment: [EnvironmentSpan] = []
  ) {
    self.text = text
    self.style = style
    self.value = value
    self.map = map
    self.environment = environment
  }

  /// Whether a part of the text is not known because an environment variable is unset.
  package var isUnknown: Bool { environment.contains { $0.reference.value == nil } }
}

/// What a plain scalar means under YAML 1.1, as the reference's loader resolves it.
package enum ScalarValue: Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  /// An integer beyond 64 bits, as decimal digits.
  case bigInteger(String)
  case number(Double)
  /// A date or date-time in its source spelling.
  case timestamp(String)
  case text(String)
}
