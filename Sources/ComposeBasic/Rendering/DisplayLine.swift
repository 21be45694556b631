/// One source line as a terminal shows it: safe characters, each with its byte offset and its column.
///
/// Columns are 0-based and count what a terminal draws, not bytes. A tab reaches to the next multiple of four.
struct DisplayLine {
  private struct Cell {
    /// Of the first byte, in the file.
    let offset: Int
    let text: String
    let column: Int
    let width: Int
  }

  /// Where the line's text ends in the file, in front of its line break.
  private let end: Int
  private var cells: [Cell] = []
  private(set) var width = 0

  /// The most bytes of a line that are looked at, more than any terminal shows: a line can have megabytes.
  private static let mostBytes = 8192

  /// Reads the bytes of a line without its line break. Of a very long line it reads what lies around the byte `focus`,
  /// and `…` stands for the rest.
  init(_ bytes: [UInt8], _ range: Range<Int>, around focus: Int) {
    end = range.upperBound
    let shown = DisplayLine.shownBytes(bytes, range, around: focus)
    var start = shown.lowerBound
    if start > range.lowerBound { append("…", at: range.lowerBound) }
    if start == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
    while start < shown.upperBound {
      let (valid, invalid) = leadingText(bytes[start..<shown.upperBound])
      append(valid, at: start)
      start += valid.utf8.count
      for offset in start..<(start + invalid) { append("\u{FFFD}", at: offset) }
      start += invalid
    }
    if shown.upperBound < end { append("…", at: shown.upperBound) }
  }

  /// At most ``mostBytes`` around the focus, without half a character at either end.
  private static func shownBytes(_ bytes: [UInt8], _ range: Range<Int>, around focus: Int) -> Range<Int> {
    guard range.count > mostBytes else { return range }
    let isInside: (Int) -> Bool = { bytes[$0] & 0xC0 == 0x80 }
    var lower = max(range.lowerBound, min(focus, range.upperBound) - mostBytes / 2)
    var upper = min(range.upperBound, lower + mostBytes)
    // Four bytes at most make a character; longer runs are not text.
    for _ in 0..<3 where lower > range.lowerBound && isInside(lower) { lower += 1 }
    for _ in 0..<3 where upper < range.upperBound && isInside(upper) { upper -= 1 }
    return lower..<upper
  }

  /// The columns of a range of bytes, at least one.
  func columns(of range: Range<Int>) -> Range<Int> {
    let lower = column(holding: range.lowerBound)
    // A range that ends inside a character marks all of it.
    let upper = cells.first { $0.offset >= range.upperBound }?.column ?? width
    return lower..<max(lower + 1, upper)
  }

  /// The column of the first character that is not blank.
  var indentation: Int { cells.first { !isBlank($0) }?.column ?? width }

  /// The columns in which the line differs from another, between what both begin and end with.
  func difference(from other: DisplayLine) -> Range<Int> {
    let limit = min(cells.count, other.cells.count)
    var prefix = 0
    while prefix < limit, cells[prefix].text == other.cells[prefix].text { prefix += 1 }
    var suffix = 0
    while suffix < limit - prefix,
      cells[cells.count - 1 - suffix].text == other.cells[other.cells.count - 1 - suffix].text
    { suffix += 1 }
    let lower = prefix < cells.count ? cells[prefix].column : width
    let upper = suffix > 0 ? cells[cells.count - suffix].column : width
    return lower..<max(lower + 1, upper)
  }

  /// Where the last character that is not blank ends.
  private var contentWidth: Int {
    guard let last = cells.last(where: { !isBlank($0) }) else { return 0 }
    return last.column + last.width
  }

  // MARK: Cutting

  /// A part of the line that fits the terminal.
  struct Window {
    let text: String
    /// The line's column that stands at the left edge.
    let shift: Int
    /// How many columns are shown; more only when nothing was cut.
    let limit: Int

    /// The columns inside the window, at least one.
    func clamp(_ columns: Range<Int>) -> Range<Int> {
      let lower = min(max(columns.lowerBound - shift, 0), limit - 1)
      return lower..<max(lower + 1, min(columns.upperBound - shift, limit))
    }
  }

  /// Cuts the line to the width so that the focus is seen; `…` stands for what was cut.
  func window(around focus: Range<Int>, width limit: Int) -> Window {
    let length = max(contentWidth, focus.upperBound)
    if length <= limit { return Window(text: text(from: 0, to: length), shift: 0, limit: max(limit, 1)) }
    var start = 0
    if focus.upperBound >= limit {
      let margin = max(6, (limit - focus.count) / 2)
      start = max(0, min(focus.lowerBound - margin, length - limit))
    }
    let isCutRight = length > start + limit
    let text =
      (start > 0 ? "…" : "")
      + text(from: start > 0 ? start + 1 : 0, to: start + limit - (isCutRight ? 1 : 0))
      + (isCutRight ? "…" : "")
    return Window(text: text, shift: start, limit: limit)
  }

  /// The text between two columns; half a wide character is a blank.
  private func text(from start: Int, to end: Int) -> String {
    var text = ""
    var column = start
    for cell in cells where cell.column >= start || cell.column + cell.width > start {
      if cell.column < start {
        text += blanks(cell.column + cell.width - start)
        column = cell.column + cell.width
        continue
      }
      if cell.column + cell.width > end { break }
      text += cell.text
      column = cell.column + cell.width
    }
    return text + blanks(min(end, width) - column)
  }

  // MARK: Reading

  private mutating func append(_ text: String, at start: Int) {
    var offset = start
    for character in text {
      let shown = character == "\t" ? blanks(4 - width % 4) : safeText(String(character))
      let columns = displayWidth(of: shown)
      cells.append(Cell(offset: offset, text: shown, column: width, width: columns))
      width += columns
      offset += character.utf8.count
    }
  }

  private func column(holding offset: Int) -> Int {
    guard offset < end, let cell = cells.last(where: { $0.offset <= offset }) else {
      return offset < end ? 0 : width
    }
    return cell.column
  }

  private func isBlank(_ cell: Cell) -> Bool { cell.text.allSatisfy { $0 == " " } }
}

/// The text that the bytes begin with, and how many bytes behind it are not UTF-8.
private func leadingText(_ bytes: ArraySlice<UInt8>) -> (text: String, invalid: Int) {
  if let text = String(validating: bytes, as: UTF8.self) { return (text, 0) }
  do throws(UTF8.ValidationError) {
    return (String(copying: try UTF8Span(validating: bytes.span)), 0)
  } catch {
    let invalid = error.byteOffsets
    let start = bytes.startIndex
    return (String(decoding: bytes[start..<(start + invalid.lowerBound)], as: UTF8.self), invalid.count)
  }
}
