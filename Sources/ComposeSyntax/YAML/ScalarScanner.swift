/// Reads a scalar's source again, to learn where each decoded byte came from.
///
/// libyaml gives only the decoded text. The rules here are those of YAML 1.1 chapter 9; what they do not reproduce
/// exactly (rare line separators) gets no segments, and positions then name the scalar as a whole.
func scanScalar(
  _ source: [UInt8], in range: Range<Int>, style: YAMLScalar.Style, value: [UInt8]
) -> [ScalarMap.Segment] {
  var decoded: DecodedScalar
  switch style {
  case .plain:
    decoded = scanPlain(source, range)
  case .singleQuoted, .doubleQuoted:
    guard let scanned = scanQuoted(source, range, isDouble: style == .doubleQuoted) else { return [] }
    decoded = scanned
  case .literal, .folded:
    decoded = scanBlock(source, range, isFolded: style == .folded, value: value)
    decoded.truncate(to: value.count)
  }
  return decoded.bytes == value ? decoded.segments : []
}

private func scanPlain(_ source: [UInt8], _ range: Range<Int>) -> DecodedScalar {
  var decoded = DecodedScalar()
  var index = range.lowerBound
  while index < range.upperBound {
    let end = endOfLineText(source, from: index, upTo: range.upperBound)
    if end > index {
      decoded.appendIdentity(source, index..<end)
      index = end
    } else {
      index = appendFold(source, from: index, upTo: range.upperBound, to: &decoded)
    }
  }
  return decoded
}

/// Reads a quoted scalar with its quotes; `nil` when the range is not exactly one.
func scanQuoted(_ source: [UInt8], _ range: Range<Int>, isDouble: Bool) -> DecodedScalar? {
  let quote = isDouble ? UInt8(ascii: "\"") : UInt8(ascii: "'")
  guard range.count >= 2, source[range.lowerBound] == quote, source[range.upperBound - 1] == quote else { return nil }
  let end = range.upperBound - 1
  var decoded = DecodedScalar()
  var index = range.lowerBound + 1
  while index < end {
    let byte = source[index]
    if byte == quote {
      guard !isDouble, index + 1 < end, source[index + 1] == quote else { return nil }
      decoded.appendReplaced([quote], for: index..<(index + 2))
      index += 2
    } else if isDouble, byte == UInt8(ascii: "\\") {
      guard let next = appendEscape(source, from: index, upTo: end, to: &decoded) else { return nil }
      index = next
    } else if byte.isYAMLBlank || byte.isYAMLBreak {
      index = appendFold(source, from: index, upTo: end, to: &decoded)
    } else {
      var stop = index
      while stop < end, source[stop] != quote, !(isDouble && source[stop] == UInt8(ascii: "\\")),
        !source[stop].isYAMLBlank, !source[stop].isYAMLBreak
      { stop += 1 }
      decoded.appendIdentity(source, index..<stop)
      index = stop
    }
  }
  return decoded
}

/// The end of the text on a line: before its trailing blanks and line break.
private func endOfLineText(_ source: [UInt8], from start: Int, upTo limit: Int) -> Int {
  var end = start
  var index = start
  while index < limit, !source[index].isYAMLBreak {
    index += 1
    if !source[index - 1].isYAMLBlank { end = index }
  }
  // Blanks at the very end have no line break behind them: they belong to the text.
  return index == limit ? limit : end
}

/// Reads a run of blanks and line breaks. Without a break the blanks stay; one break becomes a space, and each further
/// one a line feed.
private func appendFold(_ source: [UInt8], from start: Int, upTo limit: Int, to decoded: inout DecodedScalar) -> Int {
  let run = blankRun(source, from: start, upTo: limit)
  switch run.breaks {
  case 0: decoded.appendIdentity(source, start..<run.end)
  case 1: decoded.appendReplaced([UInt8(ascii: " ")], for: start..<run.end)
  default:
    decoded.appendReplaced(repeatElement(UInt8(ascii: "\n"), count: run.breaks - 1), for: start..<run.end)
  }
  return run.end
}

private func blankRun(_ source: [UInt8], from start: Int, upTo limit: Int) -> (end: Int, breaks: Int) {
  var index = start
  var breaks = 0
  while index < limit {
    if source[index].isYAMLBreak {
      breaks += 1
      index += breakLength(source, at: index)
    } else if source[index].isYAMLBlank {
      index += 1
    } else {
      break
    }
  }
  return (min(index, limit), breaks)
}

/// The length of the line break at an offset, or 0.
func breakLength(_ source: [UInt8], at index: Int) -> Int {
  guard index < source.count, source[index].isYAMLBreak else { return 0 }
  let isPair =
    source[index] == UInt8(ascii: "\r") && index + 1 < source.count && source[index + 1] == UInt8(ascii: "\n")
  return isPair ? 2 : 1
}

/// Reads one escape; `nil` when YAML has no such escape.
private func appendEscape(
  _ source: [UInt8], from start: Int, upTo limit: Int, to decoded: inout DecodedScalar
) -> Int? {
  guard start + 1 < limit else { return nil }
  let length = breakLength(source, at: start + 1)
  if length > 0 {
    // An escaped line break joins the lines; blank lines behind it still count.
    let run = blankRun(source, from: start + 1 + length, upTo: limit)
    decoded.appendReplaced(repeatElement(UInt8(ascii: "\n"), count: run.breaks), for: start..<run.end)
    return run.end
  }
  let scalar: UInt32
  var end = start + 2
  switch source[start + 1] {
  case UInt8(ascii: "0"): scalar = 0x00
  case UInt8(ascii: "a"): scalar = 0x07
  case UInt8(ascii: "b"): scalar = 0x08
  case UInt8(ascii: "t"), UInt8(ascii: "\t"): scalar = 0x09
  case UInt8(ascii: "n"): scalar = 0x0A
  case UInt8(ascii: "v"): scalar = 0x0B
  case UInt8(ascii: "f"): scalar = 0x0C
  case UInt8(ascii: "r"): scalar = 0x0D
  case UInt8(ascii: "e"): scalar = 0x1B
  case UInt8(ascii: " "): scalar = 0x20
  case UInt8(ascii: "\""): scalar = 0x22
  case UInt8(ascii: "/"): scalar = 0x2F
  case UInt8(ascii: "\\"): scalar = 0x5C
  case UInt8(ascii: "N"): scalar = 0x85
  case UInt8(ascii: "_"): scalar = 0xA0
  case UInt8(ascii: "L"): scalar = 0x2028
  case UInt8(ascii: "P"): scalar = 0x2029
  case UInt8(ascii: "x"), UInt8(ascii: "u"), UInt8(ascii: "U"):
    let digits = source[start + 1] == UInt8(ascii: "x") ? 2 : source[start + 1] == UInt8(ascii: "u") ? 4 : 8
    end = start + 2 + digits
    guard end <= limit else { return nil }
    let text = String(decoding: source[(start + 2)..<end], as: UTF8.self)
    guard let code = UInt32(text, radix: 16) else { return nil }
    scalar = code
  default: return nil
  }
  guard let character = Unicode.Scalar(scalar) else { return nil }
  decoded.appendReplaced(Array(String(character).utf8), for: start..<end)
  return end
}
