import ComposeBasic

/// The parts of a text between two lines of three backticks, with or without the name of a language.
struct CodeBlocks {
  /// What is in each block, without blanks around it. Empty blocks do not count.
  private(set) var contents: [String] = []
  /// Each block with its backticks.
  private(set) var blocks: [String] = []

  private static let fence: [UInt8] = Array("```".utf8)

  init(_ text: String) {
    var text = text
    text.withUTF8 { text in
      var position = 0
      while let start = text.firstIndex(of: Self.fence, from: position) {
        var inner = start + Self.fence.count
        while case let width = text.wordWidth(at: inner), width > 0 { inner += width }
        while case let width = text.blankWidth(at: inner), width > 0 { inner += width }
        // Without an end here there is none for a later block, either.
        guard let end = text.firstIndex(of: Self.fence, from: inner) else { return }
        position = end + Self.fence.count
        let content = text.withoutBlanks(inner..<end)
        if content.isEmpty { continue }
        contents.append(text.text(content))
        blocks.append(text.text(start..<position))
      }
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Where the bytes begin for the first time from a place on.
  func firstIndex(of bytes: [UInt8], from start: Int) -> Int? {
    guard let first = bytes.first, count - start >= bytes.count else { return nil }
    var index = start
    let last = count - bytes.count
    while index <= last {
      if self[index] == first, bytes.indices.allSatisfy({ self[index + $0] == bytes[$0] }) { return index }
      index += 1
    }
    return nil
  }

  /// How many bytes the letter, digit or underscore that begins here has; 0 when there is none. It is Python's `\w`.
  func wordWidth(at start: Int) -> Int {
    guard start < count else { return 0 }
    let first = self[start]
    if first < 0x80 { return first.isASCIIWord ? 1 : 0 }
    let width = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    let text = text(start..<Swift.min(start + width, count))
    guard let scalar = text.unicodeScalars.first, isWordScalar(scalar) else { return 0 }
    return width
  }
}

extension UInt8 {
  fileprivate var isASCIIWord: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
