import ComposeBasic
import Testing

@Suite struct SourceRangeTests {
  private let file = SourceFile.ID(index: 0)
  private let other = SourceFile.ID(index: 1)

  @Test func endIsNeverBeforeStart() {
    let range = SourceRange(file: file, start: 5, end: 3)
    #expect(range.end == 5)
    #expect(range.isEmpty)
    #expect(SourceRange(file: file, start: -1, end: 2).start == 0)
  }

  @Test func unionAndContains() {
    let left = SourceRange(file: file, start: 1, end: 3)
    let right = SourceRange(file: file, start: 5, end: 8)
    #expect(left.union(right) == SourceRange(file: file, start: 1, end: 8))
    #expect(right.union(left) == left.union(right))
    #expect(left.union(right).contains(right))
    #expect(!left.contains(right))
    #expect(left.contains(left))
    #expect(!left.contains(SourceRange(file: other, start: 1, end: 3)))
    #expect(right.startPoint == SourceRange(file: file, start: 5, end: 5))
  }

  @Test func ordersByFileThenPlace() {
    let ranges = [
      SourceRange(file: file, start: 1, end: 9), SourceRange(file: file, start: 2, end: 3),
      SourceRange(file: file, start: 2, end: 4), SourceRange(file: other, start: 0, end: 1),
    ]
    #expect(ranges.reversed().sorted() == ranges)
  }

  @Test func sourceSetKnowsItsFiles() {
    var sources = SourceSet()
    let first = sources.add(path: "a.yml", bytes: Array("a: 1\nb: é\n".utf8))
    let second = sources.add(path: "b.yml", bytes: [0x61, 0xFF])
    #expect(sources[second.id].path == "b.yml")
    #expect(sources.location(of: SourceRange(file: first.id, start: 8, end: 10)) == "a.yml:2:4")
    #expect(first.text(of: SourceRange(file: first.id, start: 8, end: 10)) == "é")
    #expect(first.text(of: SourceRange(file: first.id, start: 8, end: 99)) == "é\n")
    #expect(first.text(of: SourceRange(file: first.id, start: 90, end: 99)) == "")
    #expect(second.text(of: second.range) == "a\u{FFFD}")
  }
}
