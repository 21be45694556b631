/// The lines of one file that a finding is about, with its places underlined.
///
///     12 |   model: gpt-4o
///        |   ----- first written here
///     ...
///     15 |   model: gpt-4o-mini
///        |   ^^^^^
struct SourceSnippet {
  /// A place to underline.
  struct Mark {
    let range: SourceRange
    var label: String?
    let style: Style
    let character: Character
  }

  /// A mark on one line, or the two ends of the bracket.
  private struct Placed {
    let mark: Mark
    let lines: ClosedRange<Int>
    let bytes: Range<Int>
  }

  private let file: SourceFile
  /// The mark that covers several lines, drawn as a bracket at their left.
  private let bracket: Placed?
  /// All other marks, the most important first.
  private let underlines: [Placed]
  private let shownLines: [Int]

  /// Only the first mark may become a bracket; another one that covers several lines is cut to its first line.
  init(_ file: SourceFile, _ marks: [Mark]) {
    self.file = file
    var placed = marks.map { SourceSnippet.place($0, in: file) }
    if let first = placed.first, first.lines.count > 1 {
      bracket = first
      placed.removeFirst()
    } else {
      bracket = nil
    }
    underlines = placed.map { SourceSnippet.cutToFirstLine($0, in: file) }
    var lines = Set(underlines.map(\.lines.lowerBound))
    if let bracket {
      let ends = [bracket.lines.lowerBound, bracket.lines.upperBound]
      lines.formUnion(bracket.lines.count <= 4 ? Array(bracket.lines) : ends)
    }
    // A gap of one line is not worth an ellipsis.
    for line in lines where lines.contains(line + 2) { lines.insert(line + 1) }
    shownLines = lines.sorted()
  }

  /// The highest line number, which decides how wide the gutter must be.
  var lastLine: Int { shownLines.last ?? 1 }

  /// The excerpt, beginning with an empty line of gutter.
  func lines(_ gutter: Gutter, width: Int) -> [StyledLine] {
    var output = [gutter.row()]
    let textWidth = max(20, width - gutter.width - 3 - (bracket == nil ? 0 : 2))
    for (index, line) in shownLines.enumerated() {
      if index > 0, shownLines[index - 1] + 1 < line { output.append(elision(gutter, before: line)) }
      output += lines(of: line, gutter, width: textWidth)
    }
    return output
  }

  // MARK: One source line

  private func lines(of line: Int, _ gutter: Gutter, width: Int) -> [StyledLine] {
    let here = underlines.filter { $0.lines.lowerBound == line }
    let display = DisplayLine(
      file.bytes, file.lines.range(ofLine: line), around: here.first?.bytes.lowerBound ?? place(ofBracketOn: line))
    let window = display.window(around: focus(on: line, display, here, width), width: width)
    let opens = bracket?.lines.lowerBound == line
    let closes = bracket?.lines.upperBound == line
    var opening: Range<Int>?
    if opens, let bracket {
      let columns = display.columns(of: bracket.bytes.lowerBound..<bracket.bytes.lowerBound)
      if columns.lowerBound > display.indentation { opening = window.clamp(columns) }
    }

    var source = gutter.row(line)
    source.append(contentsOf: rail(line, opens ? (opening == nil ? "/" : " ") : nil))
    source.append(window.text, .plain)
    var output = [source]
    if let bracket, let opening {
      var row = gutter.row()
      row.append(" " + repeated("_", opening.lowerBound + 1) + String(bracket.mark.character), bracket.mark.style)
      output.append(row)
    }
    var left = gutter.row()
    left.append(contentsOf: rail(line, opens || closes ? "|" : nil))
    let marks = here.map { (columns: window.clamp(display.columns(of: $0.bytes)), mark: $0.mark) }
    output += underlineRows(marks, left: left, width: width)
    if closes, let bracket {
      let columns = window.clamp(display.columns(of: lastByte(of: bracket)))
      var row = gutter.row()
      row.append("|" + repeated("_", columns.upperBound) + String(bracket.mark.character), bracket.mark.style)
      if let label = bracket.mark.label { row.append(" " + safeText(label), bracket.mark.style) }
      output.append(row)
    }
    return output
  }

  /// The byte at which the bracket touches the line.
  private func place(ofBracketOn line: Int) -> Int {
    guard let bracket else { return 0 }
    return bracket.lines.upperBound == line ? bracket.bytes.upperBound : bracket.bytes.lowerBound
  }

  /// The columns that must stay visible when the line is too long.
  private func focus(on line: Int, _ display: DisplayLine, _ here: [Placed], _ width: Int) -> Range<Int> {
    if let bracket, bracket.lines.upperBound == line { return display.columns(of: lastByte(of: bracket)) }
    if let bracket, bracket.lines.lowerBound == line {
      return display.columns(of: bracket.bytes.lowerBound..<bracket.bytes.lowerBound)
    }
    var focus: Range<Int>?
    for columns in here.map({ display.columns(of: $0.bytes) }) {
      guard let first = focus else {
        focus = columns
        continue
      }
      // The first mark counts most; the others are shown as far as they fit.
      let both = min(first.lowerBound, columns.lowerBound)..<max(first.upperBound, columns.upperBound)
      if both.count + 12 <= width { focus = both }
    }
    return focus ?? 0..<1
  }

  /// The column of the bracket in front of a line, or nothing without a bracket.
  private func rail(_ line: Int, _ character: Character?) -> StyledLine {
    guard let bracket else { return StyledLine() }
    let isInside = bracket.lines.contains(line)
    return StyledLine(String(character ?? (isInside ? "|" : " ")) + " ", bracket.mark.style)
  }

  private func elision(_ gutter: Gutter, before line: Int) -> StyledLine {
    var row = StyledLine("...", .gutter)
    if let bracket, bracket.lines.contains(line), bracket.lines.contains(line - 1) {
      row.append(blanks(gutter.width) + "|", bracket.mark.style)
    }
    return row
  }

  private func lastByte(of placed: Placed) -> Range<Int> {
    max(placed.bytes.lowerBound, placed.bytes.upperBound - 1)..<placed.bytes.upperBound
  }

  // MARK: Places

  private static func place(_ mark: Mark, in file: SourceFile) -> Placed {
    let start = min(Int(mark.range.start), file.bytes.count)
    var end = min(max(start, Int(mark.range.end)), file.bytes.count)
    let first = file.lines.line(at: start)
    var last = file.lines.line(at: end)
    // A line break at the end belongs to the line before it; so do empty lines there.
    while last > first, file.lines.range(ofLine: last).lowerBound == end {
      last -= 1
      end = max(start, file.lines.range(ofLine: last).upperBound)
    }
    return Placed(mark: mark, lines: first...last, bytes: start..<end)
  }

  private static func cutToFirstLine(_ placed: Placed, in file: SourceFile) -> Placed {
    guard placed.lines.count > 1 else { return placed }
    let line = placed.lines.lowerBound
    let start = placed.bytes.lowerBound
    let end = max(start, file.lines.range(ofLine: line).upperBound)
    return Placed(mark: placed.mark, lines: line...line, bytes: start..<end)
  }
}
