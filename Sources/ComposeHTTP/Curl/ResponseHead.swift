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
    let text = String(decoding: trimmed(line[...]), as: UTF8.self)
    if text.hasPrefix("HTTP/") {
      headers = []
      status = statusCode(text)
    } else if text.isEmpty {
      isComplete = status >= 200
      return isComplete
    } else if let colon = text.firstIndex(of: ":") {
      let value = text[text.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      headers.append(HTTPField(String(text[..<colon]), String(value)))
    }
    return false
  }

  /// Whether there is more than anybody needs, which would fill the memory in the end.
  var isTooLarge: Bool { size > 256 * 1024 }

  /// Whether the end of the body depends on who reads the head: several lengths, or one that is no number (RFC 9112,
  /// section 6.3).
  var hasAmbiguousLength: Bool {
    let lengths = Set(headers.lazy.filter { $0.name.lowercased() == "content-length" }.map(\.value))
    return lengths.count > 1 || lengths.contains { Int($0) == nil || $0.first?.isNumber != true }
  }

  /// Whether the answer sends us elsewhere.
  var isRedirect: Bool {
    HTTPRequest.isRedirect(status) && headers.contains { $0.name.lowercased() == "location" && !$0.value.isEmpty }
  }

  /// The second word of `HTTP/1.1 200 OK`.
  private func statusCode(_ line: String) -> Int {
    let words = line.split(separator: " ", maxSplits: 2)
    return words.count > 1 ? Int(words[1]) ?? 0 : 0
  }

  /// Without the spaces and the line's end behind it.
  private func trimmed(_ line: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
    var line = line
    while let last = line.last, [0x20, 0x09, 0x0A, 0x0D].contains(last) { line = line.dropLast() }
    return line
  }
}
