/// The bytes of a body as they arrive, for one reader.
///
/// At most the high watermark (and one read more) is kept; then the producer waits until the reader has taken all but
/// the low watermark. A stream that is dropped before its end is cancelled.
package final class ByteStream: Sendable {
  package static let defaultHighWatermark = 24 * 1024
  package static let defaultLowWatermark = 8 * 1024

  private let storage: Storage

  init(storage: Storage) {
    self.storage = storage
  }

  deinit {
    storage.cancel()
  }

  /// A body that is already there.
  package convenience init(bytes: [UInt8]) {
    let storage = Storage(highWatermark: max(1, bytes.count), lowWatermark: 0)
    _ = storage.push(bytes)
    storage.finish()
    self.init(storage: storage)
  }

  /// A stream and the end to write it from. Watermarks are in bytes.
  package static func pipe(
    highWatermark: Int = defaultHighWatermark, lowWatermark: Int = defaultLowWatermark
  ) -> (stream: ByteStream, writer: Writer) {
    let storage = Storage(highWatermark: highWatermark, lowWatermark: lowWatermark)
    return (ByteStream(storage: storage), Writer(storage))
  }

  /// The bytes that have arrived and were not read yet.
  package var bufferedBytes: Int { storage.bufferedBytes }

  /// Waits for more bytes; `nil` is the end. The chunks have no meaning of their own.
  ///
  /// Cancelling the calling task cancels the stream. There may be one call at a time.
  ///
  /// - Throws: why the body broke off, after the bytes that came before; `cancelled` after ``cancel()``.
  package func next() async throws(HTTPError) -> [UInt8]? {
    try await storage.next().get()
  }

  /// Gives the rest up and closes the socket; a waiting reader fails with `cancelled`. Does nothing the second time.
  package func cancel() {
    storage.cancel()
  }

  /// Says that nothing of the rest is wanted. A few bytes may still come, as behind the last event of an answer: they are
  /// dropped, so that the connection can be used again. What takes longer is cut off.
  package func leaveRest() {
    storage.leave()
  }

  /// Reads everything that is left.
  ///
  /// - Parameter limit: the most bytes to hold; a longer body is cancelled.
  /// - Throws: `bodyTooLarge` past the limit, and whatever ``next()`` throws.
  package func collect(upTo limit: Int) async throws(HTTPError) -> [UInt8] {
    var all: [UInt8] = []
    while let chunk = try await next() {
      guard chunk.count <= limit - all.count else {
        cancel()
        throw HTTPError(.bodyTooLarge, "the answer is longer than \(limit) bytes")
      }
      if all.isEmpty { all = chunk } else { all += chunk }
    }
    return all
  }
}
