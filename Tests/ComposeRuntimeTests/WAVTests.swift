import ComposeRuntime
import Testing

/// Raw samples as WAV.
@Suite struct WAVTests {
  private func sound(_ value: Value) throws -> Resource {
    guard case .resource(let resource) = value else { throw RuntimeError(.value, "no resource") }
    return resource
  }

  private func samples(_ attributes: OrderedObject) async throws -> Value {
    try await Conversion("audio", subtype: "pcm", attributes: attributes)(.bytes([1, 2]))
  }

  @Test func aHeaderWithoutLengthComesFirst() async throws {
    let pcm = try await samples(["sample_rate": .text("24000"), "channels": .integer(2)])
    #expect(try sound(pcm).kind == .pcm)
    let wav = try sound(try await Conversion("audio", subtype: "wav")(pcm))
    #expect((wav.kind, wav.contentType) == (.wav, "audio/wav"))
    var expected = Array("RIFF".utf8) + [0xFF, 0xFF, 0xFF, 0xFF] + Array("WAVEfmt ".utf8)
    // 16 bytes of format: uncompressed, 2 channels, 24000 Hz, 96000 bytes a second, 4 bytes a frame, 16 bits.
    expected += [16, 0, 0, 0, 1, 0, 2, 0, 0xC0, 0x5D, 0, 0, 0x00, 0x77, 0x01, 0, 4, 0, 16, 0]
    expected += Array("data".utf8) + [0xFF, 0xFF, 0xFF, 0xFF] + [1, 2]
    #expect(try await wav.bytes() == expected)
    // It can be read again.
    #expect(try await wav.bytes() == expected)
  }

  @Test func whatIsNotSaidIsUsual() async throws {
    let wav = try sound(try await Conversion("audio", subtype: "wav")(try await samples(["language": .text("ko")])))
    let header = try await wav.bytes().prefix(44)
    // 1 channel, 44100 Hz, 88200 bytes a second, 2 bytes a frame, 16 bits.
    #expect(Array(header[20..<36]) == [1, 0, 1, 0, 0x44, 0xAC, 0, 0, 0x88, 0x58, 1, 0, 2, 0, 16, 0])
  }

  @Test func otherBytesPassAsTheyAre() async throws {
    for value in [Value.bytes([7]), .resource(Resource(.file, source: BytesSource([7])))] {
      let wav = try sound(try await Conversion("audio", subtype: "wav")(value))
      #expect((wav.kind, wav.contentType) == (.wav, "audio/wav"))
      #expect(try await wav.bytes() == [7])
    }
  }

  @Test func whatIsTakenForItAlreadyStays() async throws {
    let pcm = try await samples(["sample_rate": .integer(8000)])
    #expect(try await Conversion("audio")(pcm).isIdentical(to: pcm))
    #expect(try await Conversion("audio", subtype: "pcm")(pcm).isIdentical(to: pcm))
    let wav = try await Conversion("audio", subtype: "wav")(pcm)
    #expect(try await Conversion("audio", subtype: "wav")(wav).isIdentical(to: wav))
    #expect(try await Conversion("audio")(wav).isIdentical(to: wav))
  }

  @Test(
    arguments: [
      ["sample_rate": .text("fast")], ["channels": .integer(-1)], ["bit_depth": .integer(1 << 20)],
      ["sample_rate": .integer(4_000_000_000), "channels": .integer(60000)],
      ["sample_rate": .integer(4_294_967_295), "channels": .integer(65535), "bit_depth": .integer(65535)],
    ] as [OrderedObject])
  func whatDoesNotFitIsRefused(_ attributes: OrderedObject) async throws {
    let pcm = try await samples(attributes)
    await #expect(throws: RuntimeError.self) { try await Conversion("audio", subtype: "wav")(pcm) }
  }
}
