import ComposeBasic
import Testing

/// Differences in the unified format.
@Suite struct UnifiedDiffTests {
  private func diff(_ old: String, _ new: String, color: Bool = false) -> String {
    unifiedDiff(from: Array(old.utf8), to: Array(new.utf8), path: "a.yml", color: color)
  }

  private static let heading = "--- a.yml\n+++ a.yml\n"

  @Test(arguments: [
    ("a\n", "a\n", ""),
    ("", "a\n", heading + "@@ -0,0 +1 @@\n+a\n"),
    ("a\n", "", heading + "@@ -1 +0,0 @@\n-a\n"),
    ("a\nb\nc\n", "a\nx\nc\n", heading + "@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n"),
    ("a", "b", heading + "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n"),
    ("a\nb", "a\nb\n", heading + "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n"),
    ("x\na", "y\na", heading + "@@ -1,2 +1,2 @@\n-x\n+y\n a\n\\ No newline at end of file\n"),
    ("a\r\nb\r\n", "a\r\nc\r\n", heading + "@@ -1,2 +1,2 @@\n a\r\n-b\r\n+c\r\n"),
    (
      "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nx\n6\n7\n8\n9\n",
      heading + "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n"
    ),
    // Changes that share their context share a hunk; six lines between them are the most.
    (
      "a\n1\n2\n3\n4\n5\n6\nb\n", "x\n1\n2\n3\n4\n5\n6\ny\n",
      heading + "@@ -1,8 +1,8 @@\n-a\n+x\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+y\n"
    ),
    (
      "a\n1\n2\n3\n4\n5\n6\n7\nb\n", "x\n1\n2\n3\n4\n5\n6\n7\nb\ny\n",
      heading + "@@ -1,4 +1,4 @@\n-a\n+x\n 1\n 2\n 3\n@@ -7,3 +7,4 @@\n 6\n 7\n b\n+y\n"
    ),
  ])
  func writesHunks(_ old: String, _ new: String, _ expected: String) {
    #expect(diff(old, new) == expected)
  }

  @Test func colorsLines() {
    let text = diff("a\nb\n", "a\nc\n", color: true)
    #expect(text.contains("\u{1B}[31m-b\u{1B}[0m\n\u{1B}[32m+c\u{1B}[0m\n"))
    #expect(text.contains("\n a\n"))
  }

  /// Applying the difference to the old text gives the new one, and no shorter difference exists.
  @Test func isRightAndShortest() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<800 {
      let old = (0..<Int.random(in: 0...12, using: &random)).map { _ in Int.random(in: 0...3, using: &random) }
      let new = (0..<Int.random(in: 0...12, using: &random)).map { _ in Int.random(in: 0...3, using: &random) }
      let text = diff(old.map { "\($0)\n" }.joined(), new.map { "\($0)\n" }.joined())
      let lines = text.split(separator: "\n").dropFirst(2)
      if old == new {
        #expect(text == "")
        continue
      }
      #expect(apply(lines, to: old) == new, "\(old) \(new)\n\(text)")
      let changes = lines.count { $0.hasPrefix("+") || $0.hasPrefix("-") }
      #expect(changes == old.count + new.count - 2 * commonLength(old, new), "\(old) \(new)")
    }
  }

  /// Two changes far apart in a large file.
  @Test func largeTexts() {
    let old = (0..<200_000).map { "line \($0)\n" }
    var new = old
    new[5] = "changed\n"
    new.remove(at: 150_000)
    let text = diff(old.joined(), new.joined())
    #expect(text.split(separator: "\n").count == 2 + 1 + 8 + 1 + 7)
    #expect(text.contains("\n-line 150000\n"))
  }

  private func apply(_ lines: ArraySlice<Substring>, to old: [Int]) -> [Int]? {
    var result: [Int] = []
    var index = 0
    for line in lines {
      if line.hasPrefix("@@") {
        guard let match = line.firstMatch(of: /-(\d+)(,0)?/), let number = Int(match.output.1) else { return nil }
        let start = match.output.2 == nil ? number - 1 : number
        guard index <= start, start <= old.count else { return nil }
        result += old[index..<start]
        index = start
        continue
      }
      guard let value = Int(line.dropFirst()) else { return nil }
      if line.first == "+" {
        result.append(value)
        continue
      }
      guard index < old.count, old[index] == value else { return nil }
      if line.first == " " { result.append(value) }
      index += 1
    }
    return result + old[index...]
  }

  /// Of the longest common subsequence.
  private func commonLength(_ old: [Int], _ new: [Int]) -> Int {
    var lengths = [[Int]](repeating: [Int](repeating: 0, count: new.count + 1), count: old.count + 1)
    for (row, left) in old.enumerated() {
      for (column, right) in new.enumerated() {
        lengths[row + 1][column + 1] =
          left == right ? lengths[row][column] + 1 : max(lengths[row][column + 1], lengths[row + 1][column])
      }
    }
    return lengths[old.count][new.count]
  }
}
