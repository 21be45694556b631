/// Reads a literal or folded block scalar, from its `|` or `>`.
///
/// All line breaks at the end are kept: the caller cuts the result to the length of the real value, which is what
/// chomping does. The indentation is found by comparing the first line of text with the value.
func scanBlock(_ source: [UInt8], _ range: Range<Int>, isFolded: Bool, value: [UInt8]) -> DecodedScalar {
  var decoded = DecodedScalar()
  let header = lineEnd(source, from: range.lowerBound, upTo: range.upperBound)
  let start = header + breakLength(source, at: header)
  guard start <= source.count, let indentation = indentation(source, from: start, value: value) else { return decoded }
  var index = start
  // Line breaks that are not yet written, each with the place of its bytes: of the last line of text, then of the
  // blank lines behind it.
  var lineBreak: Range<Int>?
  var blankBreaks: [Range<Int>] = []
  var wasIndentedMore = false
  var hasText = false
  while index < source.count, decoded.bytes.count < value.count {
    let textStart = afterSpaces(source, from: index, atMost: indentation)
    let length = breakLength(source, at: textStart)
    if length > 0 {
      blankBreaks.append(textStart..<(textStart + length))
      index = textStart + length
      continue
    }
    guard textStart - index == indentation, textStart < source.count else { break }
    let isIndentedMore = source[textStart].isYAMLBlank
    if isFolded, hasText, !wasIndentedMore, !isIndentedMore, let folded = lineBreak {
      if blankBreaks.isEmpty { decoded.appendReplaced([UInt8(ascii: " ")], for: folded.lowerBound..<textStart) }
    } else if let lineBreak {
      appendBreak(source, lineBreak, to: &decoded)
    }
    for blank in blankBreaks { appendBreak(source, blank, to: &decoded) }
    blankBreaks = []
    let end = lineEnd(source, from: textStart, upTo: source.count)
    decoded.appendIdentity(source, textStart..<end)
    hasText = true
    wasIndentedMore = isIndentedMore
    let endLength = breakLength(source, at: end)
    lineBreak = endLength > 0 ? end..<(end + endLength) : nil
    index = end + endLength
    if endLength == 0 { break }
  }
  if let lineBreak { appendBreak(source, lineBreak, to: &decoded) }
  for blank in blankBreaks { appendBreak(source, blank, to: &decoded) }
  return decoded
}

private func appendBreak(_ source: [UInt8], _ range: Range<Int>, to decoded: inout DecodedScalar) {
  if range.count == 1, source[range.lowerBound] == UInt8(ascii: "\n") {
    decoded.appendIdentity(source, range)
  } else {
    decoded.appendReplaced([UInt8(ascii: "\n")], for: range)
  }
}

/// How many spaces each line loses: what the first line of text has more in the source than in the value.
private func indentation(_ source: [UInt8], from start: Int, value: [UInt8]) -> Int? {
  guard let valueStart = value.firstIndex(where: { !$0.isYAMLBreak }) else { return nil }
  var index = start
  while index < source.count {
    let text = afterSpaces(source, from: index, atMost: .max)
    let length = breakLength(source, at: text)
    if length == 0 {
      let kept = afterSpaces(value, from: valueStart, atMost: .max) - valueStart
      let lost = text - index - kept
      return lost >= 0 ? lost : nil
    }
    index = text + length
  }
  return nil
}

private func afterSpaces(_ bytes: [UInt8], from start: Int, atMost limit: Int) -> Int {
  var index = start
  while index < bytes.count, index - start < limit, bytes[index] == UInt8(ascii: " ") { index += 1 }
  return index
}

private func lineEnd(_ bytes: [UInt8], from start: Int, upTo limit: Int) -> Int {
  var index = start
  while index < limit, !bytes[index].isYAMLBreak { index += 1 }
  return index
}
