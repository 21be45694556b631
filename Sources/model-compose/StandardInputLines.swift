import Glibc

/// The lines of standard input as they come, so that each can be answered before the next one is written.
struct StandardInputLines {
  private var buffer: [UInt8] = []
  /// What of the buffer was handed over.
  private var start = 0
  private var isEnded = false

  /// The next line without its line feed; `nil` is the end.
  mutating func next() throws(FileProblem) -> [UInt8]? {
    var searched = start
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { start = end + 1 }
        return Array(buffer[start..<end])
      }
      if isEnded {
        defer { start = buffer.count }
        return start < buffer.count ? Array(buffer[start...]) : nil
      }
      buffer.removeFirst(start)
      start = 0
      searched = buffer.count
      guard searched <= Files.limit else {
        throw FileProblem("a line of standard input is longer than \(Files.limit / 1024 / 1024) MiB")
      }
      try read()
    }
  }

  private mutating func read() throws(FileProblem) {
    var piece = [UInt8](repeating: 0, count: 64 * 1024)
    var count = Glibc.read(0, &piece, piece.count)
    while count < 0, errno == EINTR { count = Glibc.read(0, &piece, piece.count) }
    if count < 0 { throw FileProblem("standard input cannot be read: \(Files.reason(errno))") }
    isEnded = count == 0
    buffer += piece[..<count]
  }
}
