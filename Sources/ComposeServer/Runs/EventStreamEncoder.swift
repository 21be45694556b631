import NIOCore

/// Frames texts as Server-Sent Events (HTML Living Standard, section 9.2.5). Each result is meant for one write.
struct EventStreamEncoder: Sendable {
  /// A comment line, which clients skip.
  static let ping = ByteBuffer(string: ": ping\n\n")

  /// The id of the last event, which is how many there were.
  var lastID = 0

  /// The next event. A line of the format ends at LF, CR or CRLF, so that is where the data is split.
  mutating func event(_ name: String? = nil, data: String) -> ByteBuffer {
    var buffer = ByteBuffer()
    buffer.reserveCapacity(data.utf8.count + 32)
    append(name, data: data, to: &buffer)
    return buffer
  }

  /// Writes the next event behind others that leave together with it.
  mutating func append(_ name: String? = nil, data: String, to buffer: inout ByteBuffer) {
    lastID += 1
    buffer.writeID(lastID)
    buffer.writeEvent(name, data)
  }

  /// An event that a client need not count.
  static func unnumbered(_ name: String, data: String) -> ByteBuffer {
    var buffer = ByteBuffer()
    buffer.writeEvent(name, data)
    return buffer
  }
}

extension ByteBuffer {
  fileprivate mutating func writeID(_ id: Int) {
    writeStaticString("id: ")
    // By hand, because every chunk of every stream comes through here.
    writeWithUnsafeMutableBytes(minimumWritableBytes: 20) { digits in
      var rest = id
      var start = 20
      repeat {
        start -= 1
        digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0
      digits.copyMemory(from: UnsafeRawBufferPointer(rebasing: digits[start..<20]))
      return 20 - start
    }
    writeInteger(UInt8(ascii: "\n"))
  }

  fileprivate mutating func writeEvent(_ name: String?, _ data: String) {
    if let name { writeString("event: \(name)\n") }
    var data = data
    data.withUTF8 { bytes in
      var start = 0
      var index = 0
      while index < bytes.count {
        if bytes[index] == UInt8(ascii: "\n") || bytes[index] == UInt8(ascii: "\r") {
          writeDataLine(bytes[start..<index])
          let isPair = bytes[index] == UInt8(ascii: "\r") && index + 1 < bytes.count
          if isPair, bytes[index + 1] == UInt8(ascii: "\n") { index += 1 }
          start = index + 1
        }
        index += 1
      }
      writeDataLine(bytes[start...])
    }
    writeInteger(UInt8(ascii: "\n"))
  }

  fileprivate mutating func writeDataLine(_ line: Slice<UnsafeBufferPointer<UInt8>>) {
    writeStaticString("data: ")
    writeBytes(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: line)))
    writeInteger(UInt8(ascii: "\n"))
  }
}
