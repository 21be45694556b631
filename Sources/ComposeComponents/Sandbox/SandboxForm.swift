import ComposeRuntime

/// The parts of a `multipart/form-data` body (RFC 7578).
struct SandboxForm: Sendable {
  /// A part that is a file.
  struct File: Sendable {
    let name: String
    let byteCount: Int
  }

  private(set) var fields = OrderedObject()
  private(set) var files: [String: File] = [:]

  init(_ body: [UInt8], contentType: String) throws(SandboxRefusal) {
    guard let boundary = Self.parameter("boundary", of: contentType), !boundary.isEmpty else {
      throw SandboxRefusal(status: 400, message: "The form has no boundary.")
    }
    let mark = Array("--\(boundary)".utf8)
    var starts = Self.positions(of: mark, in: body)
    guard starts.count >= 2 else { throw SandboxRefusal(status: 400, message: "The form has no parts.") }
    let last = starts.removeLast()
    for (start, end) in zip(starts, starts.dropFirst() + [last]) {
      addPart(body[(start + mark.count)..<end])
    }
  }

  private mutating func addPart(_ part: ArraySlice<UInt8>) {
    let separator = Array("\r\n\r\n".utf8)
    let bytes = Array(part)
    guard let split = Self.positions(of: separator, in: bytes, limit: 1).first else { return }
    let head = String(decoding: bytes[..<split], as: UTF8.self)
    // The line break before the next boundary is not of the content.
    let content = bytes[(split + separator.count)..<max(split + separator.count, bytes.count - 2)]
    let disposition = head.split(whereSeparator: \.isNewline).first { $0.lowercased().hasPrefix("content-disposition") }
    guard let disposition, let name = Self.parameter("name", of: String(disposition)) else { return }
    if let filename = Self.parameter("filename", of: String(disposition)) {
      files[name] = File(name: filename, byteCount: content.count)
    } else {
      fields[name] = .text(String(decoding: content, as: UTF8.self))
    }
  }

  /// A parameter of a header's value, without quotation marks.
  private static func parameter(_ name: String, of value: String) -> String? {
    for part in value.split(separator: ";").dropFirst() {
      let pair = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, pair[0].lowercased() == name else { continue }
      return pair[1].filter { $0 != "\"" }
    }
    return nil
  }

  private static func positions(of mark: [UInt8], in bytes: [UInt8], limit: Int = .max) -> [Int] {
    var found: [Int] = []
    var index = 0
    while index + mark.count <= bytes.count, found.count < limit {
      if bytes[index] == mark[0], bytes[index..<(index + mark.count)].elementsEqual(mark) {
        found.append(index)
        index += mark.count
      } else {
        index += 1
      }
    }
    return found
  }
}
