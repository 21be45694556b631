import ComposePlan
import ComposeRuntime
import ComposeSema
import Hummingbird

/// Reads what a client asks to run, from a body of JSON or of a form, while it arrives.
struct RunRequestReader {
  let plan: Plan
  /// The most bytes of a body.
  let limit: Int

  /// - Throws: an ``ErrorAnswer``, or what the connection throws, after which there is nobody to answer.
  func read(_ request: Request) async throws -> RunRequest {
    let length = request.headers[.contentLength].flatMap { Int($0) }
    return try await read(request.body, contentType: request.headers[.contentType], length: length)
  }

  /// - Parameter length: what the client says of the length, if anything.
  func read<Body: AsyncSequence>(
    _ body: Body, contentType: String?, length: Int? = nil
  ) async throws -> RunRequest where Body.Element == ByteBuffer {
    let form = try BodyForm(contentType)
    // Nothing is read of what would be too much.
    if let length, length > limit { throw ErrorAnswer.tooLarge(limit: limit) }
    switch form {
    case .json: return try RunRequest(json: try await bytes(of: body, length))
    case .urlEncoded: return try request(of: try URLEncodedForm.fields(of: try await bytes(of: body, length)))
    case .multipart(let boundary):
      var form = MultipartForm(boundary: boundary)
      try await forEachPiece(of: body) { piece throws(ErrorAnswer) in try form.read(piece.readableBytesView) }
      try form.finish()
      return try request(of: form.fields)
    }
  }

  private func bytes<Body: AsyncSequence>(
    of body: Body, _ length: Int?
  ) async throws -> [UInt8] where Body.Element == ByteBuffer {
    var bytes: [UInt8] = []
    if let length { bytes.reserveCapacity(max(0, length)) }
    try await forEachPiece(of: body) { piece throws(ErrorAnswer) in bytes += piece.readableBytesView }
    return bytes
  }

  private func forEachPiece<Body: AsyncSequence>(
    of body: Body, _ handle: (ByteBuffer) throws(ErrorAnswer) -> Void
  ) async throws where Body.Element == ByteBuffer {
    var count = 0
    for try await piece in body {
      count += piece.readableBytes
      if count > limit { throw ErrorAnswer.tooLarge(limit: limit) }
      try handle(piece)
    }
  }

  private func request(of fields: FormFields) throws(ErrorAnswer) -> RunRequest {
    let workflow = fields.text("workflow_id").map { plan.workflow(named: $0) } ?? plan.defaultWorkflow
    let lists = Set(workflow?.inputs.filter { $0.isList || $0.type == "list" }.compactMap(\.name) ?? [])
    return try RunRequest(RequestMembers(try fields.object(isList: lists.contains), areTexts: true))
  }
}

/// What a body of a request is.
enum BodyForm: Hashable, Sendable {
  case json
  case urlEncoded
  case multipart(boundary: String)

  /// - Throws: that the type is missing, or is none of these.
  init(_ contentType: String?) throws(ErrorAnswer) {
    if contentType == "application/json" {
      self = .json
      return
    }
    let type = (contentType ?? "").prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }
    if type.isEmpty { throw .invalidContentType("Missing or empty Content-Type header.") }
    switch type.lowercased() {
    case "application/json": self = .json
    case "application/x-www-form-urlencoded": self = .urlEncoded
    case "multipart/form-data":
      guard let boundary = contentType.flatMap({ HeaderParameters($0)?["boundary"] }), Self.isBoundary(boundary) else {
        throw .invalidContentType("The Content-Type multipart/form-data needs a valid boundary.")
      }
      self = .multipart(boundary: boundary)
    default: throw .invalidContentType("Unsupported Content-Type: \(type)")
    }
  }

  /// 1 to 70 characters, none of them seen as the end of a line (RFC 2046, section 5.1.1). Some programs use more signs
  /// than the RFC gives.
  private static func isBoundary(_ text: String) -> Bool {
    1...70 ~= text.utf8.count && text.utf8.allSatisfy { 0x20...0x7E ~= $0 } && !text.hasSuffix(" ")
  }
}
