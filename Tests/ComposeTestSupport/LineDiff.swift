/// The difference of two texts, line by line, for a failure's message.
///
/// Lines of `expected` alone begin with `-`, of `actual` alone with `+`, common ones with a blank; of these only
/// `context` lines around each change are shown. Empty when the texts are equal.
package func lineDiff(expected: String, actual: String, context: Int = 3) -> String {
  if expected == actual { return "" }
  let old = diffLines(expected)
  let new = diffLines(actual)
  var prefix = 0
  while prefix < min(old.count, new.count), old[prefix] == new[prefix] { prefix += 1 }
  var suffix = 0
  while suffix < min(old.count, new.count) - prefix, old[old.count - 1 - suffix] == new[new.count - 1 - suffix] {
    suffix += 1
  }
  let common = { (line: Substring) in DiffLine(sign: " ", text: line) }
  let lines =
    old[..<prefix].map(common)
    + changes(from: Array(old[prefix..<(old.count - suffix)]), to: Array(new[prefix..<(new.count - suffix)]))
    + old[(old.count - suffix)...].map(common)
  return shortened(lines, context: context)
}

private struct DiffLine {
  let sign: Character
  let text: Substring
}

/// Line breaks that an editor does not show are spelled out: otherwise the two lines would look the same.
private func diffLines(_ text: String) -> [Substring] {
  var lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
  if lines.last == "" { lines.removeLast() } else { lines[lines.count - 1] += "⏎ (no line break at the end)" }
  guard text.utf8.contains(0x0D) else { return lines }
  let spelled = text.unicodeScalars.split(omittingEmptySubsequences: false) { $0 == "\n" }
    .map { scalars in Substring(String(scalars).replacingReturns()) }
  return spelled.last == "" ? spelled.dropLast() : spelled
}

extension String {
  fileprivate func replacingReturns() -> String {
    String(String.UnicodeScalarView(unicodeScalars.flatMap { $0 == "\r" ? Array("␍".unicodeScalars) : [$0] }))
  }
}

/// Longest common subsequence by dynamic programming: `lengths[i][j]` is that of the tails from `i` and `j`.
private func changes(from old: [Substring], to new: [Substring]) -> [DiffLine] {
  let width = new.count + 1
  // Beyond this the table is too big to be worth it, and nobody reads such a difference anyway.
  if old.count * new.count > 4_000_000 {
    return old.map { DiffLine(sign: "-", text: $0) } + new.map { DiffLine(sign: "+", text: $0) }
  }
  var lengths = [Int32](repeating: 0, count: (old.count + 1) * width)
  for row in old.indices.reversed() {
    for column in new.indices.reversed() {
      lengths[row * width + column] =
        old[row] == new[column]
        ? lengths[(row + 1) * width + column + 1] + 1
        : max(lengths[(row + 1) * width + column], lengths[row * width + column + 1])
    }
  }
  var lines: [DiffLine] = []
  var row = 0
  var column = 0
  while row < old.count || column < new.count {
    if row < old.count, column < new.count, old[row] == new[column] {
      lines.append(DiffLine(sign: " ", text: old[row]))
      row += 1
      column += 1
    } else if column == new.count
      || (row < old.count && lengths[(row + 1) * width + column] >= lengths[row * width + column + 1])
    {
      lines.append(DiffLine(sign: "-", text: old[row]))
      row += 1
    } else {
      lines.append(DiffLine(sign: "+", text: new[column]))
      column += 1
    }
  }
  return lines
}

private func shortened(_ lines: [DiffLine], context: Int) -> String {
  var isShown = [Bool](repeating: false, count: lines.count)
  for index in lines.indices where lines[index].sign != " " {
    for near in max(0, index - context)...min(lines.count - 1, index + context) { isShown[near] = true }
  }
  var result: [String] = []
  for index in lines.indices {
    if isShown[index] {
      result.append("\(lines[index].sign) \(lines[index].text)")
    } else if index == 0 || isShown[index - 1] {
      result.append("  …")
    }
  }
  return result.joined(separator: "\n")
}
