import Glibc

/// The process's standard streams.
enum Terminal {
  enum Stream: Int32, Sendable {
    case standardOutput = 1
    case standardError = 2
  }

  /// Keeps the numbers of closed standard streams from being given to sockets, to which messages would then be written.
  /// The placeholders can be neither written nor read.
  static func reserveStandardStreams() {
    for (descriptor, mode) in [(Int32(0), O_WRONLY), (1, O_RDONLY), (2, O_RDONLY)]
    where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest free number is given out, which is the one that is missing.
      _ = open("/dev/null", mode)
    }
  }

  /// Whether something can be written to the stream at all.
  static func isWritable(_ stream: Stream) -> Bool {
    let flags = fcntl(stream.rawValue, F_GETFL)
    return flags >= 0 && flags & O_ACCMODE != O_RDONLY
  }

  static func isTerminal(_ stream: Stream) -> Bool { isatty(stream.rawValue) == 1 }

  /// Whether somebody types the standard input.
  static var isTyped: Bool { isatty(0) == 1 }

  /// The columns of the terminal, or `nil` when it is none.
  static func width(_ stream: Stream) -> Int? {
    var size = winsize()
    guard isTerminal(stream), ioctl(stream.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Writes all of it at once. Returns whether the reader is still there.
  @discardableResult
  static func write(_ text: String, to stream: Stream) -> Bool { write(Array(text.utf8), to: stream.rawValue) }

  /// Writes all bytes to a descriptor. Returns `false` when it does not take them.
  @discardableResult
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let count = Glibc.write(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
        if count < 0, errno == EINTR { continue }
        if count <= 0 { return false }
        written += count
      }
      return true
    }
  }

  /// `error: …` on standard error, with control characters taken out.
  static func complain(_ message: String, help: String? = nil) {
    var text = "error: \(message)\n"
    if let help { text += "  help: \(help)\n" }
    let safe = text.unicodeScalars.map { $0.value < 0x20 && $0 != "\n" && $0 != "\t" ? "\u{FFFD}" : Character($0) }
    write(String(safe), to: .standardError)
  }
}
