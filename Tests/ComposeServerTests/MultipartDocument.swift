import ComposeTestSupport
import Testing

@testable import ComposeServer

/// A file under `Fixtures/multipart`: a boundary, a body, and what it says.
///
/// Each line of the body ends with a carriage return and a line feed, but for the last one. `\r`, `\n`, `\\` and `\xHH`
/// stand for other bytes. The result has one line for each part, or one that begins with `error:`.
struct MultipartDocument {
  let boundary: String
  let body: [UInt8]
  let result: [String]

  init(_ fixture: Fixture) throws {
    let text = try fixture.text
    let head = try #require(text.firstRange(of: "\n--- body\n"), "no body")
    let middle = try #require(text.lastRange(of: "\n--- result\n"), "no result")
    let line = text[..<head.lowerBound].split(separator: "\n").first { $0.hasPrefix("boundary: ") }
    boundary = String(try #require(line, "no boundary").dropFirst("boundary: ".count))
    let lines = text[head.upperBound..<middle.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)
    var body: [UInt8] = []
    for (index, line) in lines.enumerated() {
      if index > 0 { body += Array("\r\n".utf8) }
      body += try Self.bytes(of: line)
    }
    self.body = body
    result = text[middle.upperBound...].split(separator: "\n").map(String.init)
  }

  /// What the reader makes of the body when it comes in these pieces.
  func read(_ pieces: [ArraySlice<UInt8>]) -> [String] {
    var reader = MultipartReader(boundary: boundary)
    var parts: [(head: PartHead, body: [UInt8])] = []
    var ended = 0
    do throws(ErrorAnswer) {
      for piece in pieces {
        try reader.read(piece) { (event) throws(ErrorAnswer) in
          switch event {
          case .head(let head): parts.append((head, []))
          case .body(let bytes): parts[parts.count - 1].body += bytes
          case .end: ended += 1
          }
        }
      }
      try reader.finish()
    } catch {
      let prefix = "Invalid request body: the multipart body is malformed: "
      return ["error: " + (error.detail.hasPrefix(prefix) ? error.detail.dropFirst(prefix.count) : error.detail[...])]
    }
    if ended != parts.count { return ["\(parts.count) parts began and \(ended) ended"] }
    return parts.map { part in
      let columns = [
        Self.text(part.head.name.utf8), part.head.filename.map { Self.text($0.utf8) } ?? "-",
        part.head.contentType ?? "-", Self.text(part.body),
      ]
      let line = columns.joined(separator: " | ")
      return line.hasSuffix(" ") ? String(line.dropLast()) : line
    }
  }

  private static func text(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { byte in
      switch byte {
      case 0x0A: "\\n"
      case 0x0D: "\\r"
      case 0x5C: "\\\\"
      case 0x20...0x7E: String(UnicodeScalar(byte))
      default: "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
  }

  private static func bytes(of line: Substring) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = line
    while let character = rest.popFirst() {
      guard character == "\\" else {
        bytes += Array(character.utf8)
        continue
      }
      switch rest.popFirst() {
      case "n": bytes.append(0x0A)
      case "r": bytes.append(0x0D)
      case "\\": bytes.append(0x5C)
      case "x":
        bytes.append(try #require(UInt8(rest.prefix(2), radix: 16)))
        rest = rest.dropFirst(2)
      default: throw TestSupportError("an escape that there is not in: \(line)")
      }
    }
    return bytes
  }
}

extension String {
  fileprivate func lastRange(of text: String) -> Range<Index>? { ranges(of: text).last }
}
