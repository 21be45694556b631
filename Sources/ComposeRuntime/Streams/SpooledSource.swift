import Synchronization

/// Bytes that come once, kept in a temporary file so that several readers get them, each at its own pace and as often
/// as it likes (`spool: true` of the job `fan-out`).
///
/// Nothing is read before the first opening. From then on the bytes are taken as fast as they come, and no reader
/// holds them up. The file has no name (``SpoolFile``); it goes with the last resource and the last reading of it, and
/// what is still to come is given up then.
package struct SpooledSource: ResourceSource {
  /// The most bytes that are kept: 8 GiB.
  package static let standardLimit = 8 << 30

  package let contentType: String?
  private let handle: SpoolHandle

  package var isRepeatable: Bool { true }

  /// - Parameters:
  ///   - limit: in bytes. When more come, readers fail behind those that were kept.
  ///   - folder: where the file is made; `TMPDIR` or `/tmp` unless it is said.
  package init(_ source: any ResourceSource, limit: Int = standardLimit, folder: String? = nil) {
    contentType = source.contentType
    handle = SpoolHandle(Spool(source, limit: limit, folder: folder ?? SpoolFile.temporaryFolder))
  }

  package func open() async throws(RuntimeError) -> ResourceReader {
    let (contentType, filename) = try await handle.spool.opened()
    let reading = SpoolReading(handle)
    return ResourceReader(
      contentType: contentType, filename: filename,
      next: { () async throws(RuntimeError) in try await reading.next() },
      cancel: { reading.cancel() })
  }
}

/// What resources and readings hold: with the last of them the writing ends.
private final class SpoolHandle: Sendable {
  let spool: Spool

  init(_ spool: Spool) { self.spool = spool }

  deinit { spool.stop() }
}

/// One reading from the first byte on.
private final class SpoolReading: Sendable {
  private static let pieceSize = 64 * 1024
  private let handle: SpoolHandle
  /// How many bytes were read; `nil` when the reading was given up.
  private let offset = Mutex<Int?>(0)

  init(_ handle: SpoolHandle) { self.handle = handle }

  func next() async throws(RuntimeError) -> [UInt8]? {
    while let offset = offset.withLock({ $0 }) {
      if Task.isCancelled { throw .cancelled }
      if let (file, count) = try handle.spool.available(at: offset) {
        guard count > 0 else { return nil }
        let piece = try file.read(at: offset, count: min(count, Self.pieceSize))
        self.offset.withLock { if $0 != nil { $0 = offset + piece.count } }
        return piece
      }
      await handle.spool.waitForMore(than: offset) { self.offset.withLock { $0 == nil } }
    }
    return nil
  }

  func cancel() {
    offset.withLock { $0 = nil }
    handle.spool.wakeReaders()
  }
}
