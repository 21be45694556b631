import ComposeTestSupport

/// A whole answer as it came over the wire.
struct HTTPAnswer {
  let status: Int
  /// By lower-case name.
  let headers: [String: String]
  /// Without the chunks of the transfer coding.
  let body: String

  init(_ text: String) throws {
    guard let head = text.firstRange(of: "\r\n\r\n") else { throw TestSupportError("no HTTP answer: \(text)") }
    let lines = text[..<head.lowerBound].split(separator: "\r\n")
    guard let status = lines[0].split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
      throw TestSupportError("no status: \(text)")
    }
    self.status = status
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      headers[line[..<colon].lowercased()] = String(line[line.index(after: colon)...].drop(while: \.isWhitespace))
    }
    self.headers = headers
    let rest = text[head.upperBound...]
    body = headers["transfer-encoding"] == "chunked" ? try Self.joinChunks(rest) : String(rest)
  }

  var json: TestJSON { get throws { try TestJSON(body) } }

  /// The events of the body.
  var events: EventStream { EventStream(body) }

  private static func joinChunks(_ text: Substring) throws -> String {
    var rest = Array(text.utf8)[...]
    var joined: [UInt8] = []
    while let lineEnd = rest.firstRange(of: Array("\r\n".utf8)) {
      let size = String(decoding: rest[..<lineEnd.lowerBound], as: UTF8.self)
      guard let count = Int(size, radix: 16), rest[lineEnd.upperBound...].count >= count + 2 else { break }
      if count == 0 { return String(decoding: joined, as: UTF8.self) }
      joined += rest[lineEnd.upperBound...].prefix(count)
      rest = rest[lineEnd.upperBound...].dropFirst(count + 2)
    }
    throw TestSupportError("the chunks have no end: \(text)")
  }
}

/// Server-Sent Events as `docs/http-api.md` describes them.
struct EventStream {
  /// The pieces of the output, joined.
  var text = ""
  var pieces = 0
  var ids: [String] = []
  /// The name and the data of the events that have a name.
  var named: [(name: String, data: String)] = []

  init(_ body: String) {
    for event in body.split(separator: "\n\n", omittingEmptySubsequences: true) {
      var name: String?
      var data: [Substring] = []
      for line in event.split(separator: "\n", omittingEmptySubsequences: false) {
        if line.hasPrefix("data:") { data.append(line.dropFirst(line.hasPrefix("data: ") ? 6 : 5)) }
        if line.hasPrefix("event: ") { name = String(line.dropFirst(7)) }
        if line.hasPrefix("id: ") { ids.append(String(line.dropFirst(4))) }
      }
      if data.isEmpty { continue }
      let joined = data.joined(separator: "\n")
      if let name {
        named.append((name, joined))
      } else {
        text += joined
        pieces += 1
      }
    }
  }
}
