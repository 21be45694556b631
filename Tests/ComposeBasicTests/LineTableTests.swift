import ComposeBasic
import Testing

@Suite struct LineTableTests {
  @Test(arguments: [
    ("", 1), ("a", 1), ("a\n", 2), ("a\nb", 2), ("a\r\nb", 2), ("a\rb", 2), ("\n\r\n\r", 4), ("a\u{2028}b\u{85}c", 1),
  ])
  func countsLines(_ text: String, _ count: Int) {
    #expect(LineTable(Array(text.utf8)).count == count)
  }

  @Test func findsLineAndColumns() {
    let table = LineTable(Array("ab\r\ncé\u{1F642}d\n".utf8))
    #expect(described(table, 0) == "1:1 1")
    #expect(described(table, 2) == "1:3 3")
    // Between CR and LF is still the first line.
    #expect(described(table, 3) == "1:4 4")
    #expect(described(table, 4) == "2:1 1")
    #expect(described(table, 7) == "2:4 3")
    // A character outside the basic plane is four bytes and two UTF-16 units.
    #expect(described(table, 11) == "2:8 5")
    #expect(described(table, 13) == "3:1 1")
  }

  @Test func offsetsOutsideTheFileAreItsEnds() {
    let table = LineTable(Array("ab\nc".utf8))
    #expect(table.position(at: -3) == table.position(at: 0))
    #expect(table.position(at: 99) == table.position(at: 4))
    #expect(table.position(at: 99).offset == 4)
  }

  @Test func byteOrderMarkTakesNoColumn() {
    let table = LineTable([0xEF, 0xBB, 0xBF] + Array("ab\nc".utf8))
    #expect(described(table, 0) == "1:1 1")
    #expect(described(table, 2) == "1:1 1")
    #expect(described(table, 3) == "1:1 1")
    #expect(described(table, 4) == "1:2 2")
    #expect(table.position(at: 4).offset == 4)
    #expect(described(table, 6) == "2:1 1")
  }

  /// Long lines are counted in blocks; the borders of blocks must not show.
  @Test func columnsInLongLines() {
    let text =
      Array("\u{FEFF}".utf8) + Array(String(repeating: "aé語\u{1F642}", count: 700).utf8) + [0x0A]
      + Array(String(repeating: "🙂b", count: 500).utf8)
    let table = LineTable(text)
    var units = 0
    var column = 0
    for (offset, byte) in text.enumerated() where offset >= 3 {
      #expect(table.position(at: offset).utf16Column == units + 1 && table.position(at: offset).column == column + 1)
      column += 1
      units += byte & 0xC0 == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1
      if byte == 0x0A { (units, column) = (0, 0) }
    }
    #expect(described(table, text.count) == "2:2501 1501")
  }

  @Test func rangesOfLinesLeaveTheirBreaksOut() {
    let table = LineTable(Array("ab\r\n\nc\rd".utf8))
    #expect((1...table.count).map { table.range(ofLine: $0) } == [0..<2, 4..<4, 5..<6, 7..<8])
  }

  private func described(_ table: LineTable, _ offset: Int) -> String {
    let position = table.position(at: offset)
    return "\(position.line):\(position.column) \(position.utf16Column)"
  }
}
