/// What changes from one text to another, in the unified format of POSIX `diff -u`, which `patch -p0` applies.
///
/// Lines end at LF alone, so that the CR of a CRLF stays in its line. Empty when the texts are equal.
///
/// - Parameters:
///   - path: the name of the file in both heading lines.
///   - color: whether removed and added lines carry ANSI colour sequences.
package func unifiedDiff(from old: [UInt8], to new: [UInt8], path: String, color: Bool = false) -> String {
  guard old != new else { return "" }
  let writer = UnifiedDiffWriter(old: lines(of: old), new: lines(of: new), color: color)
  var output = ""
  writer.append("--- \(path)", .heading, to: &output)
  writer.append("+++ \(path)", .heading, to: &output)
  writer.writeHunks(to: &output)
  return output
}

private func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
  var lines: [ArraySlice<UInt8>] = []
  var start = 0
  while start < bytes.count {
    let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
    lines.append(bytes[start..<end])
    start = end
  }
  return lines
}

private struct UnifiedDiffWriter {
  /// One line of the result: `nil` on the side where it is missing.
  private struct Row {
    let old: Int?
    let new: Int?

    var isChange: Bool { old == nil || new == nil }
  }

  /// How many unchanged lines are shown around a change.
  private static let context = 3

  let old: [ArraySlice<UInt8>]
  let new: [ArraySlice<UInt8>]
  let color: Bool

  func writeHunks(to output: inout String) {
    let rows = rows()
    var index = 0
    // How many rows of each side stand before `index`.
    var oldLine = 0
    var newLine = 0
    while let first = rows[index...].firstIndex(where: \.isChange) {
      let start = max(index, first - Self.context)
      oldLine += rows[index..<start].count
      newLine += rows[index..<start].count
      let end = hunkEnd(rows, from: first)
      let hunk = rows[start..<end]
      let oldCount = hunk.count { $0.old != nil }
      let newCount = hunk.count { $0.new != nil }
      append("@@ -\(place(oldLine, oldCount)) +\(place(newLine, newCount)) @@", .place, to: &output)
      for row in hunk { write(row, to: &output) }
      oldLine += oldCount
      newLine += newCount
      index = end
    }
  }

  private func rows() -> [Row] {
    let matching = SequenceMatching(old, new)
    var rows: [Row] = []
    rows.reserveCapacity(max(old.count, new.count))
    var oldIndex = 0
    var newIndex = 0
    while oldIndex < old.count || newIndex < new.count {
      if oldIndex < old.count, !matching.keptOld[oldIndex] {
        rows.append(Row(old: oldIndex, new: nil))
        oldIndex += 1
      } else if newIndex < new.count, !matching.keptNew[newIndex] {
        rows.append(Row(old: nil, new: newIndex))
        newIndex += 1
      } else {
        rows.append(Row(old: oldIndex, new: newIndex))
        oldIndex += 1
        newIndex += 1
      }
    }
    return rows
  }

  /// Behind the last change that belongs to the hunk and its context: changes with little between them share one.
  private func hunkEnd(_ rows: [Row], from first: Int) -> Int {
    var last = first
    var index = first
    while index < rows.count, index - last <= 2 * Self.context + 1 {
      if rows[index].isChange { last = index }
      index += 1
    }
    return min(rows.count, last + 1 + Self.context)
  }

  /// `line,count`; a side without lines names the line before it.
  private func place(_ before: Int, _ count: Int) -> String {
    switch count {
    case 0: "\(before),0"
    case 1: "\(before + 1)"
    default: "\(before + 1),\(count)"
    }
  }

  private func write(_ row: Row, to output: inout String) {
    switch (row.old, row.new) {
    case (let line?, nil): write(old[line], "-", .removed, to: &output)
    case (nil, let line?): write(new[line], "+", .added, to: &output)
    case (let line?, _): write(old[line], " ", .context, to: &output)
    case (nil, nil): break
    }
  }

  private func write(_ line: ArraySlice<UInt8>, _ sign: String, _ style: LineStyle, to output: inout String) {
    let isEnded = line.last == UInt8(ascii: "\n")
    append(sign + String(decoding: isEnded ? line.dropLast() : line, as: UTF8.self), style, to: &output)
    if !isEnded { output += "\\ No newline at end of file\n" }
  }

  func append(_ text: String, _ style: LineStyle, to output: inout String) {
    output += color && style != .context ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m\n" : text + "\n"
  }
}

/// The roles of lines, with the parameters of the ANSI sequence "select graphic rendition" (ECMA-48, 8.3.117).
private enum LineStyle: String {
  case heading = "1"
  case place = "36"
  case removed = "31"
  case added = "32"
  case context = ""
}
