package import ComposeBasic

/// The file's text with every environment reference replaced by its value, as the reference reads it. A reference that
/// has no value stays as it is written.
///
/// Nothing is read from this text: ``parseYAML(_:environment:into:)`` gives values their places without it.
package func substitutedText(of source: SourceFile, environment: Environment) -> [UInt8] {
  let text = ExpandedText(source, environment: environment)
  var result: [UInt8] = []
  var copied = 0
  for (piece, reference) in zip(text.map.pieces, text.references) {
    result += source.bytes[copied..<piece.original.lowerBound]
    result += reference.substitution
    copied = piece.original.upperBound
  }
  return result + source.bytes[copied...]
}
