/// Collects the header lines that libcurl hands over, and finds the head that counts.
///
/// Heads with a status below 200 are skipped (RFC 9110, section 15.2), and so are trailers.
struct ResponseHead: Sendable {
  private(set) var status = 0
  private(set) var headers: [HTTPField] = []
  private(set) var isComplete = false
  /// The bytes of all heads and trailers.
  private var size = 0

  /// Reads one line with its end.
  ///
  /// - Returns: whether this line completed the final head.
  mutating func read(_ line: UnsafeRawBufferPointer) -> Bool {
    size += line.count
    guard !isComplete, !isTooLarge else { return false }
    let line = trimmed(line)
    if line.starts(with: "HTTP/".utf8) {
      headers = []
      status = statusCode(line)
    } else if line.isEmpty {
      isComplete = status >= 200
      return isComplete
    } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
      let name = UnsafeRawBufferPointer(rebasing: line[..<colon])
      let value = UnsafeRawBufferPointer(rebasing: line[(colon + 1)...].drop { $0 == 0x20 || $0 == 0x09 })
      headers.append(HTTPField(String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self)))
    }
    return false
  }

  /// Whether there is more than anybody needs, which would fill the memory in the end.
  var isTooLarge: Bool { size > 256 * 1024 }

  /// Whether the end of the body depends on who reads the head: several lengths, or one that is no number (RFC 9112,
  /// section 6.3).
  var hasAmbiguousLength: Bool {
    let lengths = headers.filter { $0.isNamed("content-length") }.map(\.value)
    return lengths.contains { $0 != lengths[0] || Int($0) == nil || !(0x30...0x39 ~= $0.utf8.first ?? 0) }
  }

  /// Whether the answer sends us elsewhere.
  var isRedirect: Bool {
    HTTPRequest.isRedirect(status) && headers.contains { $0.isNamed("location") && !$0.value.isEmpty }
  }

  /// The second word of `HTTP/1.1 200 OK`.
  private func statusCode(_ line: UnsafeRawBufferPointer) -> Int {
    let space = UInt8(ascii: " ")
    let word = line.drop { $0 != space }.drop { $0 == space }.prefix { $0 != space }
    return Int(String(decoding: word, as: UTF8.self)) ?? 0
  }

  /// Without the spaces and the line's end behind it.
  private func trimmed(_ line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var end = line.count
    while end > 0 {
      switch line[end - 1] {
      case 0x20, 0x09, 0x0A, 0x0D: end -= 1
      default: return UnsafeRawBufferPointer(rebasing: line[..<end])
      }
    }
    return UnsafeRawBufferPointer(rebasing: line[..<0])
  }
}
