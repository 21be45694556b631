import ComposeBasic

/// Where the comments of a YAML file are, and the scalars that take several lines.
///
/// libyaml drops comments. They are what remains when the scalars are taken away: a `#` at the beginning of a line or
/// behind a blank starts one (YAML 1.1, 6.6). The header of a block scalar may have one too.
struct CommentScan {
  /// From `#` to the line's end, in order.
  private(set) var comments: [SourceRange] = []
  /// Scalars over several lines, in order.
  private(set) var tallScalars: [SourceRange] = []

  /// Reads the whole file, or as far as it is YAML.
  init(_ source: SourceFile) {
    let text = ExpandedText(source, environment: Environment())
    var parser = YAMLParser(text.bytes)
    var position = 0
    do throws(YAMLSyntaxFault) {
      while true {
        let event = try parser.next()
        if case .streamEnd = event.kind { break }
        guard case .scalar(_, let style) = event.kind, !event.range.isEmpty else { continue }
        readGap(position..<event.range.lowerBound, text)
        readScalar(event.range, isBlock: style == .literal || style == .folded, text)
        position = event.range.upperBound
      }
      readGap(position..<text.bytes.count, text)
    } catch {
      // Behind a fault a '#' may be anything.
      readGap(position..<max(position, min(error.offset, text.bytes.count)), text)
    }
  }

  private mutating func readGap(_ gap: Range<Int>, _ text: ExpandedText) {
    var index = gap.lowerBound
    while index < gap.upperBound {
      guard text.bytes[index] == UInt8(ascii: "#"), isSeparated(index, text.bytes) else {
        index += 1
        continue
      }
      let end = text.bytes[index...].firstIndex(where: \.isYAMLBreak) ?? text.bytes.count
      comments.append(text.range(index..<end))
      index = end
    }
  }

  private mutating func readScalar(_ range: Range<Int>, isBlock: Bool, _ text: ExpandedText) {
    guard let lineBreak = text.bytes[range].firstIndex(where: \.isYAMLBreak) else { return }
    if isBlock { readGap(range.lowerBound..<lineBreak, text) }
    var end = range.upperBound
    while end > lineBreak, text.bytes[end - 1].isYAMLBlank || text.bytes[end - 1].isYAMLBreak { end -= 1 }
    tallScalars.append(text.range(range.lowerBound..<end))
  }

  private func isSeparated(_ index: Int, _ bytes: [UInt8]) -> Bool {
    index == 0 || bytes[index - 1].isYAMLBlank || bytes[index - 1].isYAMLBreak
  }
}
