/// One file of a compilation: its bytes, the name it is reported under, and its line table.
///
/// A class because a file has identity and its line table is built at most once.
package final class SourceFile: Sendable {
  /// Names a file inside one ``SourceSet``.
  package struct ID: Hashable, Comparable, Sendable {
    package let index: UInt32

    package init(index: UInt32) { self.index = index }

    package static func < (left: ID, right: ID) -> Bool { left.index < right.index }
  }

  package let id: ID
  /// The path as the user gave it, or a name such as `<stdin>`.
  package let path: String
  package let bytes: [UInt8]
  package let lines: LineTable

  package init(id: ID, path: String, bytes: [UInt8]) {
    self.id = id
    self.path = path
    self.bytes = bytes
    self.lines = LineTable(bytes)
  }

  /// The same file as it was, with other bytes of the same number.
  private init(_ original: SourceFile, bytes: [UInt8]) {
    self.id = original.id
    self.path = original.path
    self.bytes = bytes
    self.lines = original.lines
  }

  /// The file with dots in place of some bytes; line breaks stay.
  func concealing(_ ranges: [SourceRange]) -> SourceFile {
    let dot = Array(Redactor.mark.utf8.prefix(3))
    var copy = bytes
    for range in ranges {
      var index = Int(range.start)
      while index < min(Int(range.end), copy.count) {
        let line = copy[index..<min(Int(range.end), copy.count)].prefix { $0 != 0x0A && $0 != 0x0D }
        // A dot has three bytes, and the number of bytes must stay.
        for (offset, position) in line.indices.enumerated() {
          copy[position] = offset < line.count / 3 * 3 ? dot[offset % 3] : UInt8(ascii: ".")
        }
        index = line.endIndex + 1
      }
    }
    return SourceFile(self, bytes: copy)
  }

  /// The whole file.
  package var range: SourceRange {
    SourceRange(file: id, start: 0, end: bytes.count)
  }

  /// The text of a range; bytes that are not UTF-8 become U+FFFD.
  package func text(of range: SourceRange) -> String {
    let start = min(Int(range.start), bytes.count)
    let end = min(max(Int(range.end), start), bytes.count)
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }
}
