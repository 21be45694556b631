import ComposeBasic
import Testing

/// Which fixes go together, and what their edits make of a text.
@Suite struct EditSelectionTests {
  private static let file = SourceFile.ID(index: 0)

  private static func fix(_ edits: (Int, Int, String)...) -> Diagnostic.Fix {
    Diagnostic.Fix(
      "test", .safe,
      edits.map { Diagnostic.Fix.Edit(SourceRange(file: file, start: $0.0, end: $0.1), $0.2) })
  }

  struct Row: Sendable {
    let name: String
    let first: Diagnostic.Fix
    let second: Diagnostic.Fix
    let text: String
    var isTaken = true
  }

  static let rows = [
    Row(name: "apart", first: fix((1, 2, "X")), second: fix((4, 5, "Y")), text: "aXcdYf"),
    Row(name: "backwards", first: fix((4, 5, "Y")), second: fix((1, 2, "X")), text: "aXcdYf"),
    Row(name: "neighbours", first: fix((1, 3, "X")), second: fix((3, 5, "Y")), text: "aXYf"),
    Row(name: "overlapping", first: fix((1, 3, "X")), second: fix((2, 5, "Y")), text: "aXdef", isTaken: false),
    Row(name: "inside", first: fix((1, 5, "X")), second: fix((2, 3, "Y")), text: "aXf", isTaken: false),
    Row(name: "around", first: fix((2, 3, "X")), second: fix((1, 5, "Y")), text: "abXdef", isTaken: false),
    Row(name: "the same place", first: fix((1, 3, "X")), second: fix((1, 3, "Y")), text: "aXdef", isTaken: false),
    Row(name: "the same edit", first: fix((1, 3, "X")), second: fix((1, 3, "X")), text: "aXdef"),
    Row(name: "two insertions", first: fix((2, 2, "X")), second: fix((2, 2, "Y")), text: "abXcdef", isTaken: false),
    Row(name: "insertion before", first: fix((2, 4, "X")), second: fix((2, 2, "Y")), text: "abXef", isTaken: false),
    Row(name: "insertion behind", first: fix((2, 4, "X")), second: fix((4, 4, "Y")), text: "abXef", isTaken: false),
    Row(name: "insertion inside", first: fix((2, 4, "X")), second: fix((3, 3, "Y")), text: "abXef", isTaken: false),
    Row(
      name: "around an insertion", first: fix((3, 3, "Y")), second: fix((2, 4, "X")), text: "abcYdef", isTaken: false),
    Row(name: "insertions apart", first: fix((2, 2, "X")), second: fix((3, 3, "Y")), text: "abXcYdef"),
    Row(
      name: "one of two edits", first: fix((1, 2, "X")), second: fix((4, 5, "Y"), (0, 3, "Z")), text: "aXcdef",
      isTaken: false),
    Row(
      name: "several insertions of one fix", first: fix((2, 2, "X"), (2, 2, "Y")), second: fix((5, 6, "")),
      text: "abXYcde"),
    Row(
      name: "overlapping itself", first: fix((0, 1, "X")), second: fix((2, 5, "Y"), (3, 4, "Z")), text: "Xbcdef",
      isTaken: false),
    Row(name: "nothing", first: fix((0, 1, "X")), second: fix(), text: "Xbcdef", isTaken: false),
    Row(name: "at both ends", first: fix((0, 0, "X")), second: fix((6, 6, "Y")), text: "XabcdefY"),
  ]

  @Test(arguments: rows.indices) func takesWhatGoesTogether(_ index: Int) {
    let row = Self.rows[index]
    var sources = SourceSet()
    let file = sources.add(path: "a.yml", bytes: Array("abcdef".utf8))
    var selection = EditSelection()
    let isFirstTaken = selection.add(row.first)
    let isSecondTaken = selection.add(row.second)
    #expect(isFirstTaken, "\(row.name)")
    #expect(isSecondTaken == row.isTaken, "\(row.name)")
    #expect(String(decoding: selection.text(of: file), as: UTF8.self) == row.text, "\(row.name)")
    #expect(selection.files == [file.id])
  }

  /// Takes random fixes, and compares with an implementation that looks at every byte.
  @Test func takenEditsAreApplied() {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<500 {
      let bytes = (0..<20).map { UInt8(ascii: "a") + UInt8($0) }
      var sources = SourceSet()
      let file = sources.add(path: "a.yml", bytes: bytes)
      var selection = EditSelection()
      var taken: [Int: (end: Int, text: String)] = [:]
      var isTouched = [Bool](repeating: false, count: 21)
      for number in 0..<6 {
        let start = Int.random(in: 0...20, using: &random)
        let end = min(20, start + Int.random(in: 0...3, using: &random))
        let isFree = !isTouched[start...end].contains(true)
        let isAdded = selection.add(Self.fix((start, end, "\(number)")))
        // What shares no byte and no place with another edit must be taken.
        if isFree { #expect(isAdded) }
        guard isAdded else { continue }
        #expect(taken[start] == nil || taken[start]?.end == start || end == start)
        taken[start] = (end, "\(number)")
        for place in start...end { isTouched[place] = true }
      }
      var expected: [UInt8] = []
      var index = 0
      while index <= 20 {
        if let edit = taken[index] {
          expected += edit.text.utf8
          if edit.end > index {
            index = edit.end
            continue
          }
        }
        if index < 20 { expected.append(bytes[index]) }
        index += 1
      }
      #expect(selection.text(of: file) == expected)
    }
  }

  @Test(arguments: [("a\r\nb", "x\r\ny"), ("a\nb\r\n", "x\ny"), ("a\rb", "x\ry"), ("a", "x\ny"), ("", "x\ny")])
  func fixesWriteTheLineBreaksOfTheFile(_ text: String, _ expected: String) throws {
    var sources = SourceSet()
    let file = sources.add(path: "a.yml", bytes: Array(text.utf8))
    let point = SourceRange(file: file.id, start: 0, end: 0)
    let fix = Diagnostic.Fix("test", .safe, [Diagnostic.Fix.Edit(point, "x\ny")])
    let resolved = try #require(fix.resolved(in: sources))
    #expect(resolved.edits.map(\.text) == [expected])
  }
}

/// Numbers that are the same on every run (splitmix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
