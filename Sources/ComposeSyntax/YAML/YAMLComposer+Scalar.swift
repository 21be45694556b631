import ComposeBasic

extension YAMLComposer {
  /// Turns libyaml's text into a scalar: its map, the environment's values, its meaning.
  ///
  /// - Parameters:
  ///   - range: The scalar as it is shown, without the line break behind a block scalar.
  ///   - scanned: The scalar as libyaml read it.
  mutating func readScalar(
    _ value: [UInt8], _ style: YAMLScalar.Style, range: Range<Int>, scanned: Range<Int>, tag: String?, isInFlow: Bool
  ) -> YAMLScalar {
    let pieces = text.map.pieces(in: scanned)
    let segments = segments(value, style, scanned)
    guard !pieces.isEmpty else {
      let decoded = String(decoding: value, as: UTF8.self)
      let map = ScalarMap(segments: shifted(segments, from: scanned.lowerBound), scalarRange: place(range))
      return YAMLScalar(text: decoded, style: style, value: meaning(decoded, style, tag, range), map: map)
    }
    let substituted = SubstitutedScalar(value, segments, pieces: pieces, style: style, in: text)
    reportEnvironment(substituted, style: style, isInFlow: isInFlow)
    let decoded = String(decoding: substituted.decoded.bytes, as: UTF8.self)
    let spans = substituted.spans.map { EnvironmentSpan(text.references[$0.reference].reference, range: $0.range) }
    let isUnknown = spans.contains { $0.reference.value == nil }
    let isText = substituted.isQuotedText || isUnknown
    return YAMLScalar(
      text: decoded,
      style: style,
      value: isText ? .text(decoded) : meaning(decoded, style, tag, range),
      map: ScalarMap(segments: substituted.decoded.segments, scalarRange: place(range)),
      environment: spans
    )
  }

  private func segments(_ value: [UInt8], _ style: YAMLScalar.Style, _ range: Range<Int>) -> [ScalarMap.Segment] {
    // Most scalars stand in the text exactly as they are.
    let quote = style == .singleQuoted || style == .doubleQuoted ? 1 : 0
    let isBlock = style == .literal || style == .folded
    if !isBlock, range.count == value.count + 2 * quote {
      let inner = (range.lowerBound + quote)..<(range.upperBound - quote)
      if text.bytes[inner].elementsEqual(value) {
        guard !value.isEmpty else { return [] }
        return [
          ScalarMap.Segment(
            decodedStart: 0, decodedCount: value.count, sourceStart: inner.lowerBound, sourceCount: value.count)
        ]
      }
    }
    return scanScalar(text.bytes, in: range, style: style, value: value)
  }

  /// Without references inside, all offsets of a scalar move by the same amount.
  private func shifted(_ segments: [ScalarMap.Segment], from start: Int) -> [ScalarMap.Segment] {
    let shift = text.map.start(start) - start
    guard shift != 0 else { return segments }
    return segments.map {
      ScalarMap.Segment(
        decodedStart: $0.decodedStart, decodedCount: $0.decodedCount, sourceStart: $0.sourceStart + shift,
        sourceCount: $0.sourceCount)
    }
  }

  private mutating func reportEnvironment(_ scalar: SubstitutedScalar, style: YAMLScalar.Style, isInFlow: Bool) {
    for span in scalar.spans {
      isUsed[span.reference] = true
      let resolved = text.references[span.reference]
      if let problem = resolved.problem { diagnostics.emit(.environmentProblem(problem, resolved.reference)) }
    }
    guard let found = StructureChange.find(in: scalar, style: style, isInFlow: isInFlow, text) else { return }
    let isWhole = found.span.range == 0..<scalar.decoded.bytes.count
    diagnostics.emit(
      .environmentChange(found.change, text.references[found.span.reference], style: style, isWhole: isWhole))
  }
}
