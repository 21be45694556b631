package import ComposeBasic

/// Splits a scalar's text into literal text, environment values and expressions.
///
/// The grammar is the one that authors have in mind: braces balance and a text is read once, from left to right, in
/// linear time. It never fails. What is not an expression stays in the result as text and is reported.
package func parseTemplateText(_ scalar: YAMLScalar, into diagnostics: inout Diagnostics) -> TemplateText {
  parseTemplateText(scalar.text, map: scalar.map, environment: scalar.environment, into: &diagnostics)
}

/// Splits a text that stands in the file exactly as it is, without quotes, escapes or environment values.
///
/// - Parameter offset: where the text begins in the file, in bytes.
package func parseTemplateText(
  _ text: String, file: SourceFile.ID, offset: Int = 0, into diagnostics: inout Diagnostics
) -> TemplateText {
  let count = text.utf8.count
  let segment = ScalarMap.Segment(decodedStart: 0, decodedCount: count, sourceStart: offset, sourceCount: count)
  let range = SourceRange(file: file, start: offset, end: offset + count)
  let map = ScalarMap(segments: [segment], scalarRange: range)
  return parseTemplateText(text, map: map, environment: [], into: &diagnostics)
}

private func parseTemplateText(
  _ text: String, map: ScalarMap, environment: [EnvironmentSpan], into diagnostics: inout Diagnostics
) -> TemplateText {
  // Most scalars are plain words: no copy of their bytes is made.
  let isPlain = !text.utf8.contains { $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "{") }
  if isPlain, environment.isEmpty {
    let range = map.range(0..<text.utf8.count)
    return TemplateText(parts: text.isEmpty ? [] : [.text(Located(text, at: range))], range: range)
  }
  var parser = ExpressionParser(text, map: map, environment: environment)
  let template = parser.parseScalar()
  parser.compareReadings()
  if !parser.findings.isEmpty { diagnostics.append(contentsOf: parser.diagnostics()) }
  return template
}
