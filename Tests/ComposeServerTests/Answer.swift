import ComposeTestSupport

/// An HTTP/1.1 answer as a test looks at it.
struct Answer: Sendable {
  let status: Int
  /// By name in lower case.
  let headers: [String: String]
  /// The parts in which the body was written: one unless it is chunked.
  let parts: [String]
  /// Whether a chunked body came to its end.
  let isComplete: Bool

  var body: String { parts.joined() }

  init(_ text: String) throws {
    guard let head = text.firstRange(of: "\r\n\r\n") else { throw TestSupportError("no HTTP answer: \(text)") }
    let lines = text[..<head.lowerBound].split(separator: "\r\n")
    guard let code = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
      throw TestSupportError("no status: \(text.prefix(200))")
    }
    status = code
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...].drop { $0 == " " }
      headers[line[..<colon].lowercased()] = String(value)
    }
    self.headers = headers
    let rest = Array(text[head.upperBound...].utf8)
    guard headers["transfer-encoding"] == "chunked" else {
      parts = rest.isEmpty ? [] : [String(decoding: rest, as: UTF8.self)]
      isComplete = true
      return
    }
    (parts, isComplete) = Self.dechunked(rest[...])
  }

  private static func dechunked(_ bytes: ArraySlice<UInt8>) -> ([String], Bool) {
    var rest = bytes
    var parts: [String] = []
    while let end = rest.firstRange(of: Array("\r\n".utf8)) {
      guard let size = Int(String(decoding: rest[..<end.lowerBound], as: UTF8.self), radix: 16) else { break }
      if size == 0 { return (parts, true) }
      let chunk = rest[end.upperBound...].prefix(size)
      parts.append(String(decoding: chunk, as: UTF8.self))
      rest = rest[end.upperBound...].dropFirst(size + 2)
    }
    return (parts, false)
  }
}
