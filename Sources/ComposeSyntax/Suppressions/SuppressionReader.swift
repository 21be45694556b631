import ComposeBasic

/// Reads one suppression behind its marker.
struct SuppressionReader {
  /// Where a suppression may be.
  struct Place {
    /// The offset of `#`.
    let sign: Int
    /// The offset behind `model-compose`.
    let afterMarker: Int
  }

  private let source: SourceFile
  private let place: Place
  private let comment: SourceRange
  private let lines: CommentLines
  private(set) var suppression: Suppression?

  init(_ source: SourceFile, _ comment: SourceRange, directive place: Place, _ lines: CommentLines) {
    self.source = source
    self.place = place
    self.comment = comment
    self.lines = lines
  }

  /// Reads `: ignore[code, code]`. Comments that only begin with the program's name are left alone.
  mutating func read(into diagnostics: inout Diagnostics) {
    let end = Int(comment.end)
    let hasColon = place.afterMarker < end && source.bytes[place.afterMarker] == UInt8(ascii: ":")
    let wordStart = afterBlanks(place.afterMarker + (hasColon ? 1 : 0))
    let wordEnd = source.bytes[wordStart..<end].firstIndex { !$0.isWordByte } ?? end
    let word = String(decoding: source.bytes[wordStart..<wordEnd], as: UTF8.self)
    let open = afterBlanks(wordEnd)
    let hasList = open < end && source.bytes[open] == UInt8(ascii: "[")
    guard word == "ignore" else {
      let isMeant = Self.otherWords.contains(word.lowercased()) || suggestion(for: word, among: ["ignore"]) != nil
      if hasColon, hasList, isMeant { diagnostics.emit(.misspeltSuppression(word, at: range(wordStart..<wordEnd))) }
      return
    }
    guard hasColon else {
      // Without a colon and a list it is a sentence about the program.
      if hasList { diagnostics.emit(.suppressionWithoutColon(at: range(place.afterMarker..<place.afterMarker))) }
      return
    }
    guard hasList else {
      diagnostics.emit(.suppressionWithoutCodes(at: range(wordStart..<wordEnd)))
      return
    }
    guard let close = source.bytes[open..<end].firstIndex(of: UInt8(ascii: "]")) else {
      diagnostics.emit(.unclosedSuppression(at: range(open..<(open + 1))))
      return
    }
    let codes = codes(in: (open + 1)..<close)
    guard !codes.isEmpty else {
      diagnostics.emit(.suppressionWithoutCodes(at: range(wordStart..<(close + 1))))
      return
    }
    let line = source.lines.line(at: place.sign)
    suppression = Suppression(
      codes: codes, directive: range(wordStart..<(close + 1)), line: line, targetLine: lines.target(of: line),
      removal: removal(line))
  }

  /// What people write who know other tools.
  private static let otherWords: Set<String> = ["allow", "disable", "ignores", "noqa", "nolint", "skip", "suppress"]

  private func codes(in list: Range<Int>) -> [Located<String>] {
    var seen: Set<String> = []
    var codes: [Located<String>] = []
    for part in source.bytes[list].split(separator: UInt8(ascii: ",")) {
      guard let start = part.firstIndex(where: { !$0.isYAMLBlank }),
        let last = part.lastIndex(where: { !$0.isYAMLBlank })
      else { continue }
      let code = String(decoding: part[start...last], as: UTF8.self)
      if seen.insert(code).inserted { codes.append(Located(code, at: range(start..<(last + 1)))) }
    }
    return codes
  }

  /// A remark before the suppression stays.
  private func removal(_ line: Int) -> SourceRange {
    let end = Int(comment.end)
    if lines.isAlone(line), place.sign == Int(comment.start) {
      let next = line < source.lines.count ? source.lines.textStart(ofLine: line + 1) : source.bytes.count
      return range(source.lines.textStart(ofLine: line)..<next)
    }
    var start = place.sign
    while start > 0, source.bytes[start - 1].isYAMLBlank { start -= 1 }
    return range(start..<end)
  }

  private func afterBlanks(_ index: Int) -> Int {
    source.bytes[index..<Int(comment.end)].firstIndex { !$0.isYAMLBlank } ?? Int(comment.end)
  }

  private func range(_ range: Range<Int>) -> SourceRange {
    SourceRange(file: source.id, start: range.lowerBound, end: range.upperBound)
  }
}

extension UInt8 {
  /// Whether the byte is a letter or a hyphen.
  fileprivate var isWordByte: Bool {
    self == UInt8(ascii: "-") || self | 0x20 >= UInt8(ascii: "a") && self | 0x20 <= UInt8(ascii: "z")
  }
}
