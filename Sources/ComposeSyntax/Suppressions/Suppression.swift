package import ComposeBasic

/// A comment that takes findings back: `# model-compose: ignore[code] reason`.
package struct Suppression: Sendable {
  /// The codes between the brackets, each once and as it is written.
  package let codes: [Located<String>]
  /// `ignore[…]`.
  package let directive: SourceRange
  /// The 1-based line of the comment.
  package let line: Int
  /// The 1-based line that the comment speaks of: its own, or the next one when it has a line to itself.
  package let targetLine: Int
  /// What goes away with the comment: the blanks before it too, or its whole line.
  package let removal: SourceRange

  /// What to remove for one code to be gone from several.
  package func removal(ofCode index: Int) -> SourceRange {
    let range = codes[index].range
    if index + 1 < codes.count {
      return SourceRange(file: range.file, start: Int(range.start), end: Int(codes[index + 1].range.start))
    }
    return SourceRange(file: range.file, start: Int(codes[index - 1].range.end), end: Int(range.end))
  }
}

/// The suppressions of one file.
package struct Suppressions: Sendable {
  /// In the order of their lines.
  package let all: [Suppression]
  /// Scalars over several lines, in order. What is found inside one can be suppressed where it begins or ends, because
  /// its other lines have no room for comments.
  private let tallScalars: [SourceRange]

  /// Reads the comments of a file; those that look like a suppression and are none are reported.
  package init(of source: SourceFile, into diagnostics: inout Diagnostics) {
    guard source.mentionsSuppressions else {
      all = []
      tallScalars = []
      return
    }
    let scan = CommentScan(source)
    tallScalars = scan.tallScalars
    let lines = CommentLines(source, scan.comments)
    var found: [Suppression] = []
    for comment in scan.comments {
      for place in source.directives(in: comment) {
        var reader = SuppressionReader(source, comment, directive: place, lines)
        reader.read(into: &diagnostics)
        if let suppression = reader.suppression { found.append(suppression) }
      }
    }
    all = found
  }

  /// The 1-based lines whose suppressions count for a finding: its own, and those where a scalar around it begins and
  /// ends.
  package func lines(of range: SourceRange, in source: SourceFile) -> Set<Int> {
    var lines: Set<Int> = [source.lines.line(at: Int(range.start))]
    var low = 0
    var high = tallScalars.count
    while low < high {
      let middle = (low + high) / 2
      if tallScalars[middle].start <= range.start { low = middle + 1 } else { high = middle }
    }
    if low > 0, range.start <= tallScalars[low - 1].end {
      let scalar = tallScalars[low - 1]
      lines.insert(source.lines.line(at: Int(scalar.start)))
      lines.insert(source.lines.line(at: Int(scalar.end)))
    }
    return lines
  }
}

/// What the comments say about lines.
struct CommentLines {
  private let source: SourceFile
  /// Lines that hold nothing but a comment.
  private let alone: Set<Int>

  init(_ source: SourceFile, _ comments: [SourceRange]) {
    self.source = source
    var alone: Set<Int> = []
    for comment in comments {
      let line = source.lines.line(at: Int(comment.start))
      let before = source.bytes[source.lines.textStart(ofLine: line)..<Int(comment.start)]
      if before.allSatisfy(\.isYAMLBlank) { alone.insert(line) }
    }
    self.alone = alone
  }

  func isAlone(_ line: Int) -> Bool { alone.contains(line) }

  /// The line that a comment speaks of. Comments on lines of their own may stand above each other.
  func target(of line: Int) -> Int {
    guard isAlone(line) else { return line }
    var next = line + 1
    while isAlone(next) { next += 1 }
    return next
  }
}

/// What every suppression contains.
private let marker: StaticString = "model-compose"

extension SourceFile {
  /// Whether the text can hold a suppression at all. Most files do not.
  fileprivate var mentionsSuppressions: Bool {
    bytes.indices.contains { bytes[$0] == UInt8(ascii: "m") && bytes.has(marker, at: $0) }
  }

  /// Behind `# model-compose` wherever it stands in a comment: other remarks may stand before it.
  fileprivate func directives(in comment: SourceRange) -> [SuppressionReader.Place] {
    let end = Int(comment.end)
    var places: [SuppressionReader.Place] = []
    for index in Int(comment.start)..<end where bytes[index] == UInt8(ascii: "#") {
      var start = index + 1
      while start < end, bytes[start].isYAMLBlank { start += 1 }
      guard start + marker.utf8CodeUnitCount <= end, bytes.has(marker, at: start) else { continue }
      places.append(SuppressionReader.Place(sign: index, afterMarker: start + marker.utf8CodeUnitCount))
    }
    return places
  }
}
