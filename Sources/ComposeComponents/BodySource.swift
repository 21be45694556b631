import ComposeHTTP
import ComposeRuntime

/// The body of a reply as a resource. It arrives once, and therefore it can be read once. When nobody reads it, it goes
/// with its resource, which closes the socket.
struct BodySource: ResourceSource {
  let contentType: String?
  /// What is decoded on the way has another length than the header says.
  let length: Int?
  private let response: OneValue<HTTPResponse>

  init(_ response: HTTPResponse) {
    contentType = response.header("Content-Type")
    length =
      response.header("Content-Encoding") == nil
      ? response.header("Content-Length").flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil } : nil
    self.response = OneValue(response)
  }

  func open() async throws(RuntimeError) -> ResourceReader {
    guard let response = response.take() else {
      throw RuntimeError(.value, "the body of a reply can be read once, and this one was read already")
    }
    return ResourceReader(response)
  }
}

extension ResourceReader {
  /// The body as it arrives, with what the header says of it.
  init(_ response: HTTPResponse) {
    let body = response.body
    self.init(
      contentType: response.header("Content-Type"), filename: response.filename,
      next: { () async throws(RuntimeError) in
        do throws(HTTPError) {
          return try await body.next()
        } catch {
          throw RuntimeError(error)
        }
      },
      cancel: { body.cancel() })
  }
}
