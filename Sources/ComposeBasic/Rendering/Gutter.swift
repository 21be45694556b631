/// The column of line numbers at the left; all excerpts of one finding share its width.
struct Gutter {
  /// The digits of the highest line number.
  let width: Int

  init(lastLine: Int) { width = String(lastLine).count }

  /// Begins a line with its number, or with blanks.
  func row(_ line: Int? = nil) -> StyledLine { row(line, "|", .gutter) }

  /// Begins a line with its number and the sign of a difference.
  func row(_ line: Int?, _ sign: String, _ style: Style) -> StyledLine {
    let number = line.map(String.init) ?? ""
    var row = StyledLine(blanks(width - number.count) + number + " ", .gutter)
    row.append(sign + " ", style)
    return row
  }

  /// The line that names the place of an excerpt.
  func arrow(_ location: String) -> StyledLine {
    var line = StyledLine(blanks(width) + "--> ", .gutter)
    line.append(safeText(location), .plain)
    return line
  }

  /// A line of advice under an excerpt; further lines of its text stand under the first.
  func advice(_ label: String, _ text: String) -> [StyledLine] {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { index, part in
      var line = StyledLine(blanks(width + 1), .plain)
      if index == 0 {
        line.append("= ", .gutter)
        line.append(label, .message)
        line.append(": ", .plain)
      } else {
        line.append(blanks(label.count + 4), .plain)
      }
      line.append(safeText(String(part)), .plain)
      return line
    }
  }
}
