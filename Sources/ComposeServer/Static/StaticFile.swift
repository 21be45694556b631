import ComposeRuntime
import Hummingbird
import NIOCore

/// One open file as an answer.
struct StaticFile: Sendable {
  private let file: Descriptor
  private let version: FileVersion
  private let contentType: String

  init(_ file: Descriptor, _ version: FileVersion, contentType: String) {
    self.file = file
    self.version = version
    self.contentType = contentType
  }

  private var size: Int { version.size }

  /// Another text for every change of the file.
  private var entityTag: String {
    let parts = [version.seconds, version.nanoseconds, size].map { String($0, radix: 16) }
    return "\"\(parts.joined(separator: "."))\""
  }

  private var lastModified: String { httpDate(version.seconds) }

  /// - Parameter status: what is answered with the whole file; anything but 200 has no conditions and no ranges.
  func response(to headers: HTTPFields, status: HTTPResponse.Status = .ok) -> Response {
    var fields: HTTPFields = [
      .contentType: contentType, .cacheControl: "no-cache", .xContentTypeOptions: "nosniff",
    ]
    guard status == .ok else { return Response(status: status, headers: fields, body: body(0..<size)) }
    fields[.eTag] = entityTag
    fields[.lastModified] = lastModified
    fields[.acceptRanges] = "bytes"
    if isUnchanged(headers) {
      fields[.contentType] = nil
      return Response(status: .notModified, headers: fields)
    }
    switch ByteRange(isRangeValid(headers) ? headers[.range] : nil, size: size) {
    case .whole: return Response(status: .ok, headers: fields, body: body(0..<size))
    case .part(let range):
      fields[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)"
      return Response(status: .partialContent, headers: fields, body: body(range))
    case .unsatisfiable:
      var response = ErrorAnswer(.rangeNotSatisfiable, "range", "The file has no such bytes.").response
      response.headers[.contentRange] = "bytes */\(size)"
      return response
    }
  }

  // MARK: Conditions (RFC 9110, section 13)

  private func isUnchanged(_ headers: HTTPFields) -> Bool {
    if let tags = headers[.ifNoneMatch] {
      return tags.split(separator: ",").contains { tag in
        let tag = tag.filter { $0 != " " && $0 != "\t" }
        return tag == "*" || tag == entityTag || tag == "W/" + entityTag
      }
    }
    // Clients send back what they were sent: a file that became older has changed, too.
    return headers[.ifModifiedSince] == lastModified
  }

  private func isRangeValid(_ headers: HTTPFields) -> Bool {
    guard let condition = headers[.ifRange] else { return true }
    return condition == entityTag || condition == lastModified
  }

  // MARK: Body

  /// Reads a piece when the one before has been written.
  private func body(_ range: Range<Int>) -> ResponseBody {
    ResponseBody(contentLength: range.count) { writer in
      try file.seek(to: range.lowerBound)
      var left = range.count
      while left > 0 {
        // A file that has become shorter leaves the body without its end, which cuts the connection.
        guard let piece = try file.read(atMost: min(left, Descriptor.pieceSize)).get() else { throw FileFault.noFile }
        left -= piece.count
        try await writer.write(ByteBuffer(bytes: piece))
      }
      try await writer.finish(nil)
    }
  }
}
