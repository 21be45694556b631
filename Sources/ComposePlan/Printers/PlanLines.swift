import ComposeBasic

/// The lines of a printed plan, with indentation and tables.
struct PlanLines {
  /// A row of a table, with lines that follow it a level deeper.
  struct Row {
    var cells: [String]
    var block: [String] = []
  }

  /// Cells that are wider do not move the columns of other rows.
  private static let widestColumn = 60

  private var lines: [String] = []
  private var depth = 0

  mutating func append(_ line: String) {
    lines.append(line.isEmpty ? "" : String(repeating: "  ", count: depth) + line)
  }

  mutating func indented(_ body: (inout PlanLines) -> Void) {
    depth += 1
    body(&self)
    depth -= 1
  }

  /// A line, and what belongs to it a level deeper.
  mutating func section(_ line: String, _ body: (inout PlanLines) -> Void) {
    append(line)
    indented(body)
  }

  /// Rows of cells in columns; a column that is empty in every row is left out.
  mutating func table(_ rows: [Row]) {
    let count = rows.map(\.cells.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { column < $0.cells.count ? displayWidth(of: $0.cells[column]) : 0 }.filter { $0 <= Self.widestColumn }
        .max() ?? 0
    }
    let used = (0..<count).filter { column in rows.contains { column < $0.cells.count && !$0.cells[column].isEmpty } }
    for row in rows {
      var line = ""
      for column in used {
        let cell = column < row.cells.count ? row.cells[column] : ""
        line += cell + String(repeating: " ", count: max(widths[column] - displayWidth(of: cell), 0) + 2)
      }
      append(String(line.trimmingTrailingBlanks))
      indented { lines in
        for text in row.block { lines.append(text) }
      }
    }
  }

  mutating func table(_ rows: [[String]]) { table(rows.map { Row(cells: $0) }) }

  /// Every line with its line break; blank lines at the end are dropped.
  var text: String {
    lines[..<((lines.lastIndex { !$0.isEmpty } ?? -1) + 1)].map { $0 + "\n" }.joined()
  }
}

extension String {
  fileprivate var trimmingTrailingBlanks: Substring {
    Substring(utf8[..<(utf8.lastIndex { $0 != UInt8(ascii: " ") }.map(utf8.index(after:)) ?? utf8.startIndex)])
  }
}

/// A long text as the lines of a block: wrapped at blanks, with a bar before each, and cut after some lines.
func blockLines(_ text: String, limit: Int = 12, width: Int = 96) -> [String] {
  var rows: [String] = []
  var source = text.split(separator: "\n", omittingEmptySubsequences: false)
  if source.last?.isEmpty == true { source.removeLast() }
  for line in source { rows += wrapped(line, width: width) }
  guard rows.count > limit + 1 else { return rows.map(barred) }
  return rows.prefix(limit).map(barred) + ["… \(rows.count - limit) more lines"]
}

private func barred(_ row: String) -> String { row.isEmpty ? "│" : "│ " + row }

/// Breaks a line behind blanks; a word that is too long is broken anywhere.
private func wrapped(_ line: Substring, width: Int) -> [String] {
  var rows: [String] = []
  var row = ""
  for word in words(of: line) {
    if !row.isEmpty, row.count + word.count > width {
      rows.append(row)
      row = ""
    }
    row += word
    while row.count > width {
      rows.append(String(row.prefix(width)))
      row = String(row.dropFirst(width))
    }
  }
  return (rows + [row]).map { safeText(String($0.trimmingTrailingBlanks)) }
}

/// The words, each with the blanks behind it.
private func words(of line: Substring) -> [Substring] {
  var words: [Substring] = []
  var start = line.startIndex
  var index = line.startIndex
  while index < line.endIndex {
    let next = line.index(after: index)
    if line[index] == " ", next < line.endIndex, line[next] != " " {
      words.append(line[start..<next])
      start = next
    }
    index = next
  }
  return start < line.endIndex ? words + [line[start...]] : words
}
