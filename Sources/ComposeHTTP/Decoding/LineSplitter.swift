/// Cuts a byte stream that arrives in pieces into lines that end with CR, LF or CRLF.
///
/// How the bytes were cut into pieces makes no difference. A CR at the end of a piece ends its line at once; the LF
/// that may open the next piece then belongs to it.
package struct LineSplitter: Sendable {
  /// A line without its end.
  package enum Line: Equatable, Sendable {
    /// The whole line lies in the piece.
    case within(Range<Int>)
    /// The line began in an earlier piece.
    case joined([UInt8])
  }

  /// The line that has no end yet.
  private var tail: [UInt8] = []
  private var skipsLineFeed = false

  package init() {}

  /// The bytes of the line that has no end yet.
  package var pendingBytes: Int { tail.count }

  /// The next line that ends in this piece, or `nil` once the rest of the piece is kept for the next one.
  ///
  /// - Parameter position: where to go on in the piece; it starts at 0 and is moved behind the line.
  package mutating func next(in bytes: Span<UInt8>, from position: inout Int) -> Line? {
    if skipsLineFeed, position < bytes.count {
      skipsLineFeed = false
      if bytes[position] == lineFeed { position += 1 }
    }
    let start = position
    guard let end = bytes.withUnsafeBufferPointer({ Self.lineEnd(in: $0, from: start) }) else {
      append(bytes.extracting(start..<bytes.count))
      position = bytes.count
      return nil
    }
    position = end + 1
    if bytes[end] == carriageReturn {
      if position == bytes.count {
        skipsLineFeed = true
      } else if bytes[position] == lineFeed {
        position += 1
      }
    }
    guard !tail.isEmpty else { return .within(start..<end) }
    append(bytes.extracting(start..<end))
    let line = tail
    tail = []
    return .joined(line)
  }

  /// The line that the input ended in, empty if it ended with a line's end.
  package mutating func finish() -> [UInt8] {
    defer { self = LineSplitter() }
    return tail
  }

  private mutating func append(_ bytes: Span<UInt8>) {
    bytes.withUnsafeBufferPointer { tail.append(contentsOf: $0) }
  }

  /// Eight bytes at a time, because every byte of every stream comes through here. A byte is zero if subtracting one
  /// borrows; the lowest byte found is always right (Anderson, Bit Twiddling Hacks, "Determine if a word has a zero
  /// byte").
  private static func lineEnd(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var index = start
    let (ones, highBits): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
    let (lineFeeds, carriageReturns) = (ones &* UInt64(lineFeed), ones &* UInt64(carriageReturn))
    while index &+ 8 <= bytes.count, let base = bytes.baseAddress {
      let word = UInt64(littleEndian: UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self))
      let (first, second) = (word ^ lineFeeds, word ^ carriageReturns)
      let ends = ((first &- ones) & ~first | (second &- ones) & ~second) & highBits
      if ends != 0 { return index &+ ends.trailingZeroBitCount >> 3 }
      index &+= 8
    }
    while index < bytes.count {
      let byte = bytes[index]
      if byte == lineFeed || byte == carriageReturn { return index }
      index += 1
    }
    return nil
  }
}

private let lineFeed: UInt8 = 0x0A
private let carriageReturn: UInt8 = 0x0D
