import NIOCore

/// Frames texts as Server-Sent Events (HTML Living Standard, section 9.2.5). Each result is meant for one write.
struct EventStreamEncoder: Sendable {
  /// A comment line, which clients skip.
  static let ping = ByteBuffer(string: ": ping\n\n")

  /// The id of the last event, which is how many there were.
  private(set) var lastID = 0

  /// The next event. A line of the format ends at LF, CR or CRLF, so that is where the data is split.
  mutating func event(_ name: String? = nil, data: String) -> ByteBuffer {
    lastID += 1
    var buffer = ByteBuffer()
    buffer.reserveCapacity(data.utf8.count + 32)
    buffer.writeString("id: \(lastID)\n")
    if let name { buffer.writeString("event: \(name)\n") }
    var data = data
    data.withUTF8 { bytes in
      var start = 0
      var index = 0
      while index < bytes.count {
        if bytes[index] == UInt8(ascii: "\n") || bytes[index] == UInt8(ascii: "\r") {
          buffer.writeDataLine(bytes[start..<index])
          let isPair = bytes[index] == UInt8(ascii: "\r") && index + 1 < bytes.count
          if isPair, bytes[index + 1] == UInt8(ascii: "\n") { index += 1 }
          start = index + 1
        }
        index += 1
      }
      buffer.writeDataLine(bytes[start...])
    }
    buffer.writeInteger(UInt8(ascii: "\n"))
    return buffer
  }
}

extension ByteBuffer {
  fileprivate mutating func writeDataLine(_ line: Slice<UnsafeBufferPointer<UInt8>>) {
    writeStaticString("data: ")
    writeBytes(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: line)))
    writeInteger(UInt8(ascii: "\n"))
  }
}
