/// What a fix does to one stretch of lines, shown as the lines before and after.
struct FixPreview {
  /// The stretch that the edits touch.
  let range: SourceRange

  private let firstLine: Int
  /// How many lines the stretches before this one add.
  private let shift: Int
  private let removed: [DisplayLine]
  private let added: [DisplayLine]
  /// The unchanged line in front of an insertion.
  private let context: DisplayLine?

  /// More lines than this are cut: a preview shows the idea, `--diff` shows everything.
  private static let mostLines = 6
  /// A stretch of more bytes gets no preview: its lines are too long to be compared by eye.
  private static let mostBytes = 65_536

  /// One preview for each stretch of neighbouring lines; none when edits overlap.
  static func previews(of fix: Diagnostic.Fix, in sources: SourceSet) -> [FixPreview] {
    let edits = fix.edits.sorted { $0.range < $1.range }
    for (edit, next) in zip(edits, edits.dropFirst())
    where edit.range.file == next.range.file && edit.range.end > next.range.start {
      return []
    }
    var groups: [[Diagnostic.Fix.Edit]] = []
    var lineShift = 0
    for edit in edits {
      if let last = groups.last?.last, last.range.file == edit.range.file {
        let lines = sources[edit.range.file].lines
        if lines.line(at: Int(edit.range.start)) <= lines.line(at: Int(last.range.end)) + 1 {
          groups[groups.count - 1].append(edit)
          continue
        }
      }
      groups.append([edit])
    }
    return groups.enumerated().compactMap { index, group in
      guard let first = group.first, let last = group.last else { return nil }
      if index > 0, groups[index - 1].first?.range.file != first.range.file { lineShift = 0 }
      let range = first.range.union(last.range)
      return FixPreview(group, range, in: sources[range.file], shift: &lineShift)
    }
  }

  private init?(_ edits: [Diagnostic.Fix.Edit], _ range: SourceRange, in file: SourceFile, shift: inout Int) {
    let table = file.lines
    let first = table.line(at: Int(range.start))
    let last = table.line(at: Int(range.end))
    let start = table.range(ofLine: first).lowerBound
    let end = last < table.count ? table.range(ofLine: last + 1).lowerBound : file.bytes.count
    guard end - start <= FixPreview.mostBytes else { return nil }
    var changed: [UInt8] = []
    var position = start
    for edit in edits {
      changed += file.bytes[position..<max(position, min(Int(edit.range.start), end))]
      changed += Array(edit.text.utf8)
      position = min(max(position, Int(edit.range.end)), end)
    }
    changed += file.bytes[position..<end]

    var old = linesOfText(Array(file.bytes[start..<end]))[...]
    var new = linesOfText(changed)[...]
    var line = first
    while let one = old.first, let other = new.first, one == other {
      old.removeFirst()
      new.removeFirst()
      line += 1
    }
    while let one = old.last, let other = new.last, one == other {
      old.removeLast()
      new.removeLast()
    }
    if old.isEmpty, new.isEmpty { return nil }
    self.range = range
    self.shift = shift
    shift += new.count - old.count
    firstLine = line
    removed = old.map { DisplayLine($0, 0..<$0.count, around: 0) }
    added = new.map { DisplayLine($0, 0..<$0.count, around: 0) }
    context = old.isEmpty && line > 1 ? DisplayLine(file.bytes, table.range(ofLine: line - 1), around: 0) : nil
  }

  /// The highest line number that is shown.
  var lastLine: Int { firstLine + max(0, removed.count - 1, added.count - 1 + shift) }

  /// The preview, beginning with an empty line of gutter.
  func lines(_ gutter: Gutter, width: Int) -> [StyledLine] {
    let width = max(20, width - gutter.width - 3)
    var output = [gutter.row()]
    if let context {
      var row = gutter.row(firstLine - 1)
      row.append(context.window(around: 0..<1, width: width).text, .plain)
      output.append(row)
    }
    output += lines(removed, "-", .removed, from: firstLine, against: added, gutter, width)
    output += lines(added, "+", .added, from: firstLine + shift, against: removed, gutter, width)
    return output
  }

  private func lines(
    _ lines: [DisplayLine], _ sign: String, _ style: Style, from number: Int, against others: [DisplayLine],
    _ gutter: Gutter, _ width: Int
  ) -> [StyledLine] {
    var output: [StyledLine] = []
    for (index, line) in lines.prefix(FixPreview.mostLines).enumerated() {
      let focus = index < others.count ? line.difference(from: others[index]) : 0..<1
      var row = gutter.row(number + index, sign, style)
      row.append(line.window(around: focus, width: width).text, style)
      output.append(row)
    }
    if lines.count > FixPreview.mostLines { output.append(StyledLine("...", .gutter)) }
    return output
  }
}

/// Splits bytes at LF, CRLF and CR; a break at the very end begins no further line.
private func linesOfText(_ bytes: [UInt8]) -> [[UInt8]] {
  let table = LineTable(bytes)
  var lines = (1...table.count).map { Array(bytes[table.range(ofLine: $0)]) }
  if lines.last?.isEmpty == true { lines.removeLast() }
  return lines
}
