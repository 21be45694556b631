import Hummingbird
import NIOCore

extension Request {
  /// The whole body.
  ///
  /// - Throws: ``ErrorAnswer`` when it is larger than the limit, without reading the rest.
  func bytes(upTo limit: Int) async throws -> [UInt8] {
    if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit {
      throw ErrorAnswer.tooLarge(limit: limit)
    }
    do {
      return [UInt8](buffer: try await body.collect(upTo: limit))
    } catch is NIOTooManyBytesError {
      throw ErrorAnswer.tooLarge(limit: limit)
    }
  }
}
