import ComposeBasic

/// A scalar's text with the environment's values in it, and its places in the user's file.
struct SubstitutedScalar {
  struct Span {
    /// Index into the references of the text.
    let reference: Int
    /// In the decoded text.
    let range: Range<Int>
  }

  private(set) var decoded = DecodedScalar()
  private(set) var spans: [Span] = []
  /// The scalar is one plain reference whose value is a complete quoted YAML text: it is that text and nothing else.
  private(set) var isQuotedText = false

  /// Puts values where the placeholders are.
  ///
  /// - Parameters:
  ///   - value: libyaml's text, with placeholders.
  ///   - segments: The scanner's map of `value`, to offsets in the expanded text; empty when there is none.
  ///   - pieces: The placeholders inside the scalar.
  init(
    _ value: [UInt8], _ segments: [ScalarMap.Segment], pieces: Range<Int>, style: YAMLScalar.Style,
    in text: ExpandedText
  ) {
    if segments.isEmpty {
      insertUnplaced(value, pieces, style, text)
    } else {
      insert(value, segments, pieces, style, text)
    }
    if style == .plain, !isQuotedText { trim() }
  }

  private mutating func insert(
    _ value: [UInt8], _ segments: [ScalarMap.Segment], _ pieces: Range<Int>, _ style: YAMLScalar.Style,
    _ text: ExpandedText
  ) {
    var next = pieces.lowerBound
    for segment in segments {
      let decodedRange = segment.decodedStart..<(segment.decodedStart + segment.decodedCount)
      let sourceEnd = segment.sourceStart + segment.sourceCount
      // One folded line break for one byte is no identity either, though the counts agree.
      let isFold = segment.decodedCount == 1 && value[segment.decodedStart] != text.bytes[segment.sourceStart]
      guard segment.isIdentity, !isFold else {
        let place = text.map.start(segment.sourceStart)..<text.map.end(sourceEnd)
        decoded.appendReplaced(value[decodedRange], for: place)
        continue
      }
      var source = segment.sourceStart
      // A placeholder before this segment stands in the comment of a block scalar's header.
      while next < pieces.upperBound, text.map.pieces[next].expanded.lowerBound < source { next += 1 }
      func copy(upTo end: Int, into decoded: inout DecodedScalar) {
        let shift = segment.decodedStart - segment.sourceStart
        decoded.appendIdentity(value[(source + shift)..<(end + shift)], at: text.map.start(source))
      }
      while next < pieces.upperBound, text.map.pieces[next].expanded.upperBound <= sourceEnd {
        let piece = text.map.pieces[next]
        copy(upTo: piece.expanded.lowerBound, into: &decoded)
        insertValue(next, style, isWhole: piece.expanded.count == value.count, text)
        source = piece.expanded.upperBound
        next += 1
      }
      copy(upTo: sourceEnd, into: &decoded)
    }
  }

  /// Without a map, placeholders are found by their characters.
  private mutating func insertUnplaced(
    _ value: [UInt8], _ pieces: Range<Int>, _ style: YAMLScalar.Style, _ text: ExpandedText
  ) {
    var copied = 0
    var next = pieces.lowerBound
    var index = 0
    while index < value.count, next < pieces.upperBound {
      let placeholder = text.bytes[text.map.pieces[next].expanded]
      if value[index] == text.open[0], value[index...].starts(with: placeholder) {
        decoded.appendUnplaced(value[copied..<index])
        insertValue(next, style, isWhole: false, text)
        index += placeholder.count
        copied = index
        next += 1
      } else {
        index += 1
      }
    }
    decoded.appendUnplaced(value[copied...])
    decoded.removeSegments()
  }

  private mutating func insertValue(_ index: Int, _ style: YAMLScalar.Style, isWhole: Bool, _ text: ExpandedText) {
    let resolved = text.references[index]
    let place = text.map.pieces[index].original
    let start = decoded.bytes.count
    if let value = resolved.reference.value {
      decoded.appendReplaced(self.text(of: resolved, value, style, isWhole: isWhole), for: place)
    } else {
      decoded.appendIdentity(resolved.substitution[...], at: place.lowerBound)
    }
    spans.append(Span(reference: index, range: start..<decoded.bytes.count))
  }

  /// What YAML would make of the value in this place.
  private mutating func text(
    of resolved: ResolvedReference, _ value: String, _ style: YAMLScalar.Style, isWhole: Bool
  ) -> [UInt8] {
    let bytes = resolved.substitution
    switch style {
    case .plain:
      guard isWhole, let first = bytes.first else { return resolved.isFoldable ? foldedLines(bytes) : bytes }
      if resolved.cast == .string {
        isQuotedText = true
        return Array(value.utf8)
      }
      let quoted = scanQuoted(bytes, 0..<bytes.count, isDouble: first == UInt8(ascii: "\""))
      isQuotedText = quoted != nil
      return quoted?.bytes ?? (resolved.isFoldable ? foldedLines(bytes) : bytes)
    case .doubleQuoted where resolved.cast == .string: return Array(value.utf8)
    case .singleQuoted, .doubleQuoted: return foldedLines(bytes)
    case .literal, .folded: return bytes
    }
  }

  /// A plain scalar never begins or ends with blanks.
  private mutating func trim() {
    let isBlank = { (byte: UInt8) in byte.isYAMLBlank || byte.isYAMLBreak }
    let count = decoded.bytes.count
    let end = (decoded.bytes.lastIndex { !isBlank($0) } ?? -1) + 1
    let start = decoded.bytes.firstIndex { !isBlank($0) } ?? 0
    guard start > 0 || end < count else { return }
    decoded.truncate(to: end)
    decoded.removeFirst(start)
    spans = spans.map { span in
      let clip = { (offset: Int) in min(max(offset, start), max(start, end)) - start }
      return Span(reference: span.reference, range: clip(span.range.lowerBound)..<clip(span.range.upperBound))
    }
  }
}

/// Line folding inside quotes: one line break becomes a space, blanks around it go.
private func foldedLines(_ bytes: [UInt8]) -> [UInt8] {
  guard bytes.contains(where: \.isYAMLBreak) else { return bytes }
  var folded: [UInt8] = []
  var index = 0
  while index < bytes.count {
    guard bytes[index].isYAMLBlank || bytes[index].isYAMLBreak else {
      folded.append(bytes[index])
      index += 1
      continue
    }
    let start = index
    var breaks = 0
    while index < bytes.count, bytes[index].isYAMLBlank || bytes[index].isYAMLBreak {
      let length = breakLength(bytes, at: index)
      if length > 0 { breaks += 1 }
      index += max(length, 1)
    }
    switch breaks {
    case 0: folded.append(contentsOf: bytes[start..<index])
    case 1: folded.append(UInt8(ascii: " "))
    default: folded.append(contentsOf: repeatElement(UInt8(ascii: "\n"), count: breaks - 1))
    }
  }
  return folded
}
