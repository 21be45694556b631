import ComposeBasic
import ComposeRuntime

/// A text that comes in one piece, or in many. Bytes are read as UTF-8, also where a character is cut in two, with
/// U+FFFD for what is none.
struct TextPieces: Sendable {
  /// The stream that is read; it has this reader.
  let source: ValueStream?
  private var text: String?
  /// The beginning of a character whose rest is still to come.
  private var rest: [UInt8] = []

  init(_ text: String) {
    source = nil
    self.text = text
  }

  /// - Throws: a `value` error when somebody else reads the stream already.
  init(_ stream: ValueStream) throws(RuntimeError) {
    try stream.take()
    source = stream
  }

  /// The next piece, or `nil` behind the last.
  mutating func next() async throws(RuntimeError) -> String? {
    if let text {
      self.text = nil
      return text
    }
    guard let source else { return nil }
    while let chunk = try await source.next() {
      switch chunk {
      case .null: continue
      case .text(let text): return text
      case .bytes(let bytes):
        let text = decode(bytes)
        if !text.isEmpty { return text }
      default: throw .wrongKind("\(chunk.kindName) is no piece of a text")
      }
    }
    guard !rest.isEmpty else { return nil }
    defer { rest = [] }
    return String(decoding: rest, as: UTF8.self)
  }

  private mutating func decode(_ bytes: [UInt8]) -> String {
    let all = rest + bytes
    let end = all.count - Self.unfinished(all)
    rest = Array(all[end...])
    return String(decoding: all[..<end], as: UTF8.self)
  }

  /// How many bytes at the end may be the beginning of a character.
  private static func unfinished(_ bytes: [UInt8]) -> Int {
    for length in 1..<4 where length <= bytes.count {
      let first = bytes[bytes.count - length]
      if first & 0xC0 == 0x80 { continue }
      let width = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
      guard length < width else { return 0 }
      // What cannot become a character any more is read now: it then decodes to nothing but U+FFFD.
      return isPrefix(bytes.suffix(length)) ? length : 0
    }
    return 0
  }

  /// Whether a character may begin so (Unicode Standard, table 3-7).
  private static func isPrefix(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let first = bytes.first, (0xC2...0xF4).contains(first) else { return false }
    guard bytes.count > 1 else { return true }
    let second = bytes[bytes.startIndex + 1]
    switch first {
    case 0xE0: return second >= 0xA0
    case 0xED: return second < 0xA0
    case 0xF0: return second >= 0x90
    case 0xF4: return second < 0x90
    default: return true
    }
  }
}
