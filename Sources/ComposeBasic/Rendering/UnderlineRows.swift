/// The rows under a source line: each underline with its label, sharing a row where they fit.
///
/// `marks` come with the most important first; `left` is the gutter that each row begins with.
func underlineRows(
  _ marks: [(columns: Range<Int>, mark: SourceSnippet.Mark)], left: StyledLine, width: Int
) -> [StyledLine] {
  var rows: [UnderlineRow] = []
  for (index, entry) in marks.enumerated() {
    var last = rows.last ?? UnderlineRow(left)
    if index > 0, last.isLabelled || entry.columns.lowerBound <= last.end {
      last = UnderlineRow(left)
      rows.append(last)
    } else if rows.isEmpty {
      rows.append(last)
    }
    rows[rows.count - 1].underline(entry.columns, entry.mark)
    guard let label = entry.mark.label.map(safeText) else { continue }
    let length = displayWidth(of: label)
    if entry.columns.upperBound + 1 + length > width, length < width || entry.columns.lowerBound > 0 {
      // Not enough room at the right: the label gets a row of its own, as far right as it fits.
      var row = UnderlineRow(left)
      row.label(label, at: max(0, min(entry.columns.lowerBound, width - length)), entry.mark.style)
      rows.append(row)
    } else {
      rows[rows.count - 1].label(label, at: entry.columns.upperBound + 1, entry.mark.style)
    }
  }
  return rows.map(\.line)
}

private struct UnderlineRow {
  private(set) var line: StyledLine
  private(set) var end = 0
  private(set) var isLabelled = false

  init(_ left: StyledLine) { line = left }

  mutating func underline(_ columns: Range<Int>, _ mark: SourceSnippet.Mark) {
    append(repeated(mark.character, columns.count), at: columns.lowerBound, mark.style)
    end = columns.upperBound
  }

  mutating func label(_ text: String, at column: Int, _ style: Style) {
    append(text, at: column, style)
    isLabelled = true
  }

  private mutating func append(_ text: String, at column: Int, _ style: Style) {
    line.append(blanks(column - end), .plain)
    line.append(text, style)
  }
}
