extension Resource {
  /// The most bytes of one piece.
  static let pieceSize = 8192

  /// The bytes in pieces, read when the first piece is asked for.
  func pieces() -> ValueStream {
    ValueStream(
      .bare, from: [], initially: ArraySlice<UInt8>?.none,
      next: { (unread) async throws(RuntimeError) in
        let bytes: ArraySlice<UInt8>
        if let unread { bytes = unread } else { bytes = try await self.source.bytes()[...] }
        unread = bytes.dropFirst(Self.pieceSize)
        return bytes.isEmpty ? nil : .bytes(Array(bytes.prefix(Self.pieceSize)))
      })
  }
}
