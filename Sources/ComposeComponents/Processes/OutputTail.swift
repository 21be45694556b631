import Synchronization

/// The end of what a program has written, for the message of its failure.
final class OutputTail: Sendable {
  private let limit: Int
  private let bytes = Mutex<[UInt8]>([])

  /// - Parameter limit: bytes to keep.
  init(limit: Int = 4096) { self.limit = limit }

  func append(_ more: [UInt8]) {
    bytes.withLock { bytes in
      bytes += more.suffix(limit)
      if bytes.count > limit { bytes.removeFirst(bytes.count - limit) }
    }
  }

  /// The last lines, in one; `nil` when there is nothing.
  var line: String? { lastWords(of: bytes.withLock { $0 }) }
}

/// The end of a program's output in one line, as a message shows it; `nil` when it is blank.
func lastWords(of bytes: some BidirectionalCollection<UInt8>) -> String? {
  let text = String(decoding: bytes.suffix(2048), as: UTF8.self)
  let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  guard !words.isEmpty else { return nil }
  return words.count > 400 ? "… " + words.suffix(400) : words
}
