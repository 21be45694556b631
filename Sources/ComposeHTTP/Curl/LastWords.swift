import Glibc

/// The answer of a server that refuses a body and closes the connection while it is still being sent.
///
/// The system resets such a connection. When libcurl notices that by a failed write, it closes its socket and never
/// reads what had come before: the answer would be lost, by chance. So a second descriptor keeps the socket while a body
/// is sent, and what libcurl left is read from there. This cannot be done with TLS; secure servers linger.
struct LastWords: ~Copyable {
  private let descriptor: Int32

  /// - Parameter socket: the descriptor that libcurl uses.
  init(of socket: Int32) {
    descriptor = fcntl(socket, F_DUPFD_CLOEXEC, 3)
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// The lines of the heads, and the beginning of the body; `nil` unless they are those of a refusal or a redirect.
  func read() -> (lines: [[UInt8]], body: [UInt8])? {
    var head = ResponseHead()
    var lines: [[UInt8]] = []
    let bytes = receive()
    var rest = bytes[...]
    while !head.isComplete, let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      let line = Array(rest[...end])
      lines.append(line)
      _ = line.withUnsafeBytes { head.read($0) }
      rest = rest[(end + 1)...]
    }
    guard head.isComplete, head.status >= 300 else { return nil }
    // A body that would have to be decoded is left out: the status says enough.
    let isPlain = !head.headers.contains { ["content-encoding", "transfer-encoding"].contains($0.name.lowercased()) }
    let length = head.headers.last { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) }
    return (lines, isPlain ? Array(rest.prefix(max(0, length ?? .max))) : [])
  }

  /// All that is there, without waiting.
  private func receive() -> [UInt8] {
    var all: [UInt8] = []
    var bytes = [UInt8](repeating: 0, count: 16 * 1024)
    while descriptor >= 0, all.count < 256 * 1024 {
      let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
      if count <= 0 { break }
      all += bytes[..<count]
    }
    return all
  }
}
