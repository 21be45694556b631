/// Where the bytes of a resource come from. Nothing is read, decoded or fetched before ``open()``.
package protocol ResourceSource: Sendable {
  /// What is known of the content type before reading.
  var contentType: String? { get }

  /// How many bytes are held in memory before reading.
  var heldBytes: Int { get }

  /// How many bytes a reading gives; `nil` when that is not known before its end.
  var length: Int? { get }

  /// Whether every opening gives the same bytes, at no cost elsewhere: a file does, the body of a reply does not.
  var isRepeatable: Bool { get }

  /// Begins a reading from the first byte.
  ///
  /// - Throws: a `value` error when the bytes cannot be decoded or can be read only once and were; why they cannot be
  ///   reached.
  func open() async throws(RuntimeError) -> ResourceReader
}

extension ResourceSource {
  package var contentType: String? { nil }

  package var heldBytes: Int { 0 }

  package var length: Int? { nil }

  package var isRepeatable: Bool { false }

  /// All bytes, for who needs them at once.
  ///
  /// - Parameter limit: the most bytes to hold.
  /// - Throws: a `protocol` error when there are more, and what reading throws.
  package func bytes(upTo limit: Int = Value.drainLimit) async throws(RuntimeError) -> [UInt8] {
    try await open().bytes(upTo: limit)
  }
}

/// One reading of a resource.
package struct ResourceReader: Sendable {
  /// What opening has told, such as the header of a reply.
  package var contentType: String?
  package var filename: String?
  private let produce: @Sendable () async throws(RuntimeError) -> [UInt8]?
  private let stop: @Sendable () -> Void

  /// - Parameters:
  ///   - next: gives the next bytes, or `nil` at the end; never called twice at the same time.
  ///   - cancel: releases the source before its end; harmless when called again or later.
  package init(
    contentType: String? = nil, filename: String? = nil,
    next: @escaping @Sendable () async throws(RuntimeError) -> [UInt8]?,
    cancel: @escaping @Sendable () -> Void = {}
  ) {
    self.contentType = contentType
    self.filename = filename
    self.produce = next
    self.stop = cancel
  }

  /// Bytes that are at hand, as one piece.
  package init(_ bytes: [UInt8], contentType: String? = nil) {
    let once = OneValue(bytes)
    self.init(contentType: contentType) { () async throws(RuntimeError) in once.take() }
  }

  /// The next bytes, or `nil` at the end. Pieces have no meaning of their own.
  package func next() async throws(RuntimeError) -> [UInt8]? {
    while let piece = try await produce() {
      if !piece.isEmpty { return piece }
    }
    return nil
  }

  /// Everything that is left.
  ///
  /// - Parameter limit: the most bytes to hold.
  /// - Throws: a `protocol` error when there are more, and what reading throws.
  package func bytes(upTo limit: Int = Value.drainLimit) async throws(RuntimeError) -> [UInt8] {
    var bytes: [UInt8] = []
    while let piece = try await next() {
      guard piece.count <= limit - bytes.count else {
        cancel()
        throw RuntimeError(
          .protocolViolation, "the data are longer than \(limit / 1024 / 1024) MiB and cannot be read whole")
      }
      if bytes.isEmpty { bytes = piece } else { bytes += piece }
    }
    return bytes
  }

  /// Gives the rest up.
  package func cancel() { stop() }
}

/// Bytes that are at hand.
package struct BytesSource: ResourceSource {
  private let content: [UInt8]

  package init(_ content: [UInt8]) { self.content = content }

  package var heldBytes: Int { content.count }

  package var length: Int? { content.count }

  package var isRepeatable: Bool { true }

  package func open() async throws(RuntimeError) -> ResourceReader { ResourceReader(content) }
}
