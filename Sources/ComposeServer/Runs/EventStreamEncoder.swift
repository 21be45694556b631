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
    var data = data
    data.withUTF8 { bytes in
      if name == nil, !bytes.contains(where: isLineEnd) {
        buffer.writeEvent(lastID, line: UnsafeRawBufferPointer(bytes))
      } else {
        buffer.writeID(lastID)
        buffer.writeEvent(name, bytes)
      }
    }
  }

  /// An event that a client need not count.
  static func unnumbered(_ name: String, data: String) -> ByteBuffer {
    var buffer = ByteBuffer()
    var data = data
    data.withUTF8 { buffer.writeEvent(name, $0) }
    return buffer
  }
}

extension ByteBuffer {
  /// An `id` line, and one of `data` with the empty line that ends the event, in one go: almost every chunk of every
  /// stream is written here.
  fileprivate mutating func writeEvent(_ id: Int, line: UnsafeRawBufferPointer) {
    writeWithUnsafeMutableBytes(minimumWritableBytes: line.count + 40) { room in
      var size = 0
      func put(_ text: StaticString) {
        (room.baseAddress! + size).copyMemory(from: text.utf8Start, byteCount: text.utf8CodeUnitCount)
        size += text.utf8CodeUnitCount
      }
      put("id: ")
      size += putDigits(of: id, to: UnsafeMutableRawBufferPointer(rebasing: room[size..<(size + 20)]))
      put("\ndata: ")
      if let bytes = line.baseAddress { (room.baseAddress! + size).copyMemory(from: bytes, byteCount: line.count) }
      size += line.count
      put("\n\n")
      return size
    }
  }

  fileprivate mutating func writeID(_ id: Int) {
    writeStaticString("id: ")
    writeWithUnsafeMutableBytes(minimumWritableBytes: 20) { putDigits(of: id, to: $0) }
    writeInteger(UInt8(ascii: "\n"))
  }

  /// - Parameter data: with LF, CR or CRLF at the end of each line but the last.
  fileprivate mutating func writeEvent(_ name: String?, _ data: UnsafeBufferPointer<UInt8>) {
    if let name { writeString("event: \(name)\n") }
    var start = 0
    var index = 0
    while index < data.count {
      if isLineEnd(data[index]) {
        writeDataLine(data[start..<index])
        let isPair = data[index] == UInt8(ascii: "\r") && index + 1 < data.count
        if isPair, data[index + 1] == UInt8(ascii: "\n") { index += 1 }
        start = index + 1
      }
      index += 1
    }
    writeDataLine(data[start...])
    writeInteger(UInt8(ascii: "\n"))
  }

  private mutating func writeDataLine(_ line: Slice<UnsafeBufferPointer<UInt8>>) {
    writeStaticString("data: ")
    writeBytes(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: line)))
    writeInteger(UInt8(ascii: "\n"))
  }
}

private func isLineEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

/// Writes a number, and gives back how many digits it has. There must be room for 20.
private func putDigits(of number: Int, to room: UnsafeMutableRawBufferPointer) -> Int {
  var rest = number
  var start = 20
  repeat {
    start -= 1
    room[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
    rest /= 10
  } while rest > 0
  room.copyMemory(from: UnsafeRawBufferPointer(rebasing: room[start..<20]))
  return 20 - start
}
