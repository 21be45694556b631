/// What an environment value would do to the document if it stood in the text, as it does in the reference.
enum StructureChange {
  case lineBreak
  case colon
  case comment
  /// A character that begins something other than a plain text.
  case indicator(Unicode.Scalar)
  case flowIndicator(Unicode.Scalar)
  case quote(Unicode.Scalar)
  case backslash
  case quotesInQuotes
  case expression
  case nestedDefault

  /// The first change that the values of a scalar cause, with the reference that is to blame.
  static func find(
    in scalar: SubstitutedScalar, style: YAMLScalar.Style, isInFlow: Bool, _ text: ExpandedText
  ) -> (span: SubstitutedScalar.Span, change: StructureChange)? {
    for span in scalar.spans {
      let resolved = text.references[span.reference]
      if resolved.hasNestedDefault { return (span, .nestedDefault) }
      guard resolved.reference.value != nil else { continue }
      if containsExpression(resolved.substitution) { return (span, .expression) }
      if scalar.isQuotedText { continue }
      if let change = inValue(resolved, style: style, isInFlow: isInFlow) { return (span, change) }
    }
    return style == .plain && !scalar.isQuotedText ? inPlainText(scalar, text) : nil
  }

  private static func inValue(
    _ resolved: ResolvedReference, style: YAMLScalar.Style, isInFlow: Bool
  ) -> StructureChange? {
    let value = resolved.substitution
    switch style {
    case .plain:
      if !resolved.isFoldable, value.contains(where: \.isYAMLBreak) { return .lineBreak }
      guard isInFlow, let byte = value.first(where: \.isFlowIndicator) else { return nil }
      return .flowIndicator(Unicode.Scalar(byte))
    case .singleQuoted:
      return value.contains(UInt8(ascii: "'")) ? .quote("'") : nil
    case .doubleQuoted:
      if resolved.cast == .string { return .quotesInQuotes }
      if value.contains(UInt8(ascii: "\"")) { return .quote("\"") }
      return value.contains(UInt8(ascii: "\\")) ? .backslash : nil
    case .literal, .folded:
      return value.contains(where: \.isYAMLBreak) ? .lineBreak : nil
    }
  }

  /// The whole text counts here: a value that ends in a colon is harmless before a letter.
  private static func inPlainText(
    _ scalar: SubstitutedScalar, _ text: ExpandedText
  ) -> (span: SubstitutedScalar.Span, change: StructureChange)? {
    let bytes = scalar.decoded.bytes
    for span in scalar.spans where text.references[span.reference].reference.value != nil {
      if span.range.lowerBound == 0, !span.range.isEmpty, let indicator = indicator(bytes) {
        return (span, .indicator(indicator))
      }
      // One byte on each side: the second half may stand in the file.
      for index in max(0, span.range.lowerBound - 1)..<span.range.upperBound where index < bytes.count {
        let next = index + 1 < bytes.count ? bytes[index + 1] : UInt8(ascii: " ")
        if bytes[index] == UInt8(ascii: ":"), next.isYAMLBlank || next.isYAMLBreak { return (span, .colon) }
        if bytes[index].isYAMLBlank, next == UInt8(ascii: "#") { return (span, .comment) }
      }
    }
    return nil
  }

  private static func indicator(_ bytes: [UInt8]) -> Unicode.Scalar? {
    guard let first = bytes.first else { return nil }
    switch Unicode.Scalar(first) {
    case "[", "]", "{", "}", "&", "*", "!", "|", ">", "%", "@", "`", ",", "#", "\"", "'":
      return Unicode.Scalar(first)
    case "-", "?", ":":
      return bytes.count == 1 || bytes[1].isYAMLBlank ? Unicode.Scalar(first) : nil
    default:
      return nil
    }
  }
}
