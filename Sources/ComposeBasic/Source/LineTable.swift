/// Where each line of a file begins, and the conversion of byte offsets to what people read.
///
/// A line ends at LF, CRLF or a lone CR. (YAML 1.1 also breaks lines at NEL, LS and PS; editors do not, and a
/// position that an editor cannot follow is of no use.) A byte order mark takes no column: editors do not show it.
package struct LineTable: Sendable {
  /// A position for people and editors. `line` and the columns are 1-based.
  package struct Position: Hashable, Sendable {
    package let line: Int
    /// In UTF-8 bytes.
    package let column: Int
    /// In UTF-16 code units, as editors count.
    package let utf16Column: Int
    /// 0-based byte offset.
    package let offset: Int
  }

  private let bytes: [UInt8]
  private let starts: [Int]
  /// The UTF-16 units in front of every block of bytes, so that a column in a long line costs no more than in a short
  /// one: a file may be one line of megabytes with a finding at each of its words.
  private let unitsBeforeBlock: [Int]
  /// How many bytes the byte order mark takes.
  private let markLength: Int

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    markLength = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var starts = [0]
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\n") {
        starts.append(index + 1)
      } else if bytes[index] == UInt8(ascii: "\r") {
        if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\n") { index += 1 }
        starts.append(index + 1)
      }
      index += 1
    }
    self.starts = starts

    var blocks: [Int] = []
    blocks.reserveCapacity(bytes.count / LineTable.blockLength + 1)
    var units = 0
    for (offset, byte) in bytes.enumerated() {
      if offset % LineTable.blockLength == 0 { blocks.append(units) }
      units += LineTable.unitCount(of: byte)
    }
    if bytes.count % LineTable.blockLength == 0 { blocks.append(units) }
    unitsBeforeBlock = blocks
  }

  private static let blockLength = 1024

  /// What a byte adds to the UTF-16 units of its character: the first byte stands for all of them.
  private static func unitCount(of byte: UInt8) -> Int {
    byte & 0xC0 == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1
  }

  private func units(from start: Int, to end: Int) -> Int {
    if end - start > LineTable.blockLength { return units(before: end) - units(before: start) }
    var units = 0
    for index in start..<end { units += LineTable.unitCount(of: bytes[index]) }
    return units
  }

  /// The UTF-16 units in front of a byte, from the beginning of the file.
  private func units(before offset: Int) -> Int {
    let block = offset / LineTable.blockLength
    var units = unitsBeforeBlock[block]
    for byte in bytes[(block * LineTable.blockLength)..<offset] { units += LineTable.unitCount(of: byte) }
    return units
  }

  /// How many lines there are; an empty file has one.
  package var count: Int { starts.count }

  /// The 1-based number of the line that holds the byte.
  package func line(at offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// The position of a byte; an offset outside the file counts as its nearest end.
  package func position(at offset: Int) -> Position {
    let offset = min(max(offset, 0), bytes.count)
    let line = line(at: offset)
    let start = line == 1 ? min(markLength, offset) : starts[line - 1]
    let units = units(from: start, to: offset)
    return Position(line: line, column: offset - start + 1, utf16Column: units + 1, offset: offset)
  }

  /// The offset of the first byte of a 1-based line that editors show: behind a byte order mark.
  package func textStart(ofLine line: Int) -> Int { line == 1 ? markLength : starts[line - 1] }

  /// The bytes of a 1-based line without its line break.
  package func range(ofLine line: Int) -> Range<Int> {
    let start = starts[line - 1]
    var end = line < starts.count ? starts[line] : bytes.count
    while end > start, bytes[end - 1] == UInt8(ascii: "\n") || bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<end
  }
}
