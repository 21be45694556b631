/// Raw samples with a WAV header in front that names no length, as streamed sound has it.
///
/// The header is that of "Multimedia Programming Interface and Data Specifications 1.0" (1991), with the sizes of the
/// `RIFF` and `data` chunks at their greatest: players then read until the end.
struct WAVSource: ResourceSource {
  let samples: any ResourceSource
  let header: [UInt8]

  var isRepeatable: Bool { samples.isRepeatable }

  /// - Parameter attributes: `sample_rate` in Hz (44100), `channels` (1) and `bit_depth` (16).
  /// - Throws: a `value` error when one of them is no number that fits.
  init(samples: any ResourceSource, attributes: OrderedObject) throws(RuntimeError) {
    self.samples = samples
    let rate = try Self.attribute("sample_rate", of: attributes, or: 44_100, upTo: Int(UInt32.max))
    let channels = try Self.attribute("channels", of: attributes, or: 1, upTo: Int(UInt16.max))
    let depth = try Self.attribute("bit_depth", of: attributes, or: 16, upTo: Int(UInt16.max))
    let bytesPerFrame = channels * depth / 8
    let (bitsPerSecond, overflow) = (rate * channels).multipliedReportingOverflow(by: depth)
    let bytesPerSecond = bitsPerSecond / 8
    guard !overflow, bytesPerSecond <= Int(UInt32.max), bytesPerFrame <= Int(UInt16.max) else {
      throw RuntimeError(.value, "the samples are described as more than a WAV file can hold")
    }
    var header = Array("RIFF".utf8)
    header += Self.littleEndian(Int(UInt32.max), count: 4)
    header += Array("WAVEfmt ".utf8)
    header += Self.littleEndian(16, count: 4)
    // 1 stands for uncompressed samples.
    header += Self.littleEndian(1, count: 2)
    header += Self.littleEndian(channels, count: 2)
    header += Self.littleEndian(rate, count: 4)
    header += Self.littleEndian(bytesPerSecond, count: 4)
    header += Self.littleEndian(bytesPerFrame, count: 2)
    header += Self.littleEndian(depth, count: 2)
    header += Array("data".utf8)
    header += Self.littleEndian(Int(UInt32.max), count: 4)
    self.header = header
  }

  func open() async throws(RuntimeError) -> ResourceReader {
    let reader = try await samples.open()
    let header = OneValue(header)
    return ResourceReader(
      next: { () async throws(RuntimeError) in
        if let header = header.take() { return header }
        return try await reader.next()
      },
      cancel: { reader.cancel() })
  }

  private static func attribute(
    _ name: String, of attributes: OrderedObject, or standard: Int, upTo limit: Int
  ) throws(RuntimeError) -> Int {
    guard let value = attributes[name] else { return standard }
    guard case .integer(let number) = try value.castInteger(), (0...limit).contains(number) else {
      throw RuntimeError(.value, "\(quotedForError(value)) cannot be the '\(name)' of a WAV file")
    }
    return number
  }

  private static func littleEndian(_ number: Int, count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }
}
