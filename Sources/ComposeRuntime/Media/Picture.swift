/// Refuses bytes that are no picture, as the reference does when it decodes them. Pictures are not decoded here: the
/// first bytes tell the formats that programs exchange.
///
/// - Throws: a `value` error when the format is not known.
func checkPicture(_ bytes: [UInt8]) throws(RuntimeError) {
  let isKnown = pictureSignatures.contains { signature in
    bytes.dropFirst(signature.offset).starts(with: signature.bytes)
  }
  if !isKnown { throw RuntimeError(.value, "the data are no picture of a known format") }
}

/// What files of each format have in common, from the formats' specifications.
private let pictureSignatures: [(offset: Int, bytes: [UInt8])] = [
  (0, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),  // PNG
  (0, [0xFF, 0xD8, 0xFF]),  // JPEG
  (0, Array("GIF8".utf8)),
  (0, Array("BM".utf8)),  // BMP
  (8, Array("WEBP".utf8)),
  (0, [0x49, 0x49, 0x2A, 0x00]),  // TIFF, little endian
  (0, [0x4D, 0x4D, 0x00, 0x2A]),  // TIFF, big endian
  (0, [0x00, 0x00, 0x01, 0x00]),  // ICO
  (4, Array("ftypavif".utf8)),
  (4, Array("ftypheic".utf8)),
  (4, Array("jP  ".utf8)),  // JPEG 2000
  (0, [0xFF, 0x4F, 0xFF, 0x51]),  // JPEG 2000 code stream
  (0, Array("8BPS".utf8)),  // PSD
  (0, Array("P1".utf8)), (0, Array("P2".utf8)), (0, Array("P3".utf8)),  // PBM, PGM, PPM as text
  (0, Array("P4".utf8)), (0, Array("P5".utf8)), (0, Array("P6".utf8)),  // and as bytes
  (0, Array("DDS ".utf8)),
  (0, Array("qoif".utf8)),
]
