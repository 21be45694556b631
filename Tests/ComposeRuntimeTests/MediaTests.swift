import ComposeRuntime
import ComposeTestSupport
import Synchronization
import Testing

/// Counts how often it is opened.
private final class CountedSource: ResourceSource {
  private let content: [UInt8]
  private let openings = Mutex(0)

  init(_ content: [UInt8]) { self.content = content }

  var count: Int { openings.withLock { $0 } }

  func open() async throws(RuntimeError) -> ResourceReader {
    openings.withLock { $0 += 1 }
    return ResourceReader(content)
  }
}

/// Answers one URL.
private struct FakeOpener: ResourceOpener {
  let opened = CountedSource(Array("body".utf8))

  func open(url: String) async throws(RuntimeError) -> ResourceReader {
    guard url == "https://h.example/a.PNG" else { throw RuntimeError(.value, "the server answered 404") }
    var reader = try await opened.open()
    reader.contentType = "text/plain"
    reader.filename = "a.PNG"
    return reader
  }
}

@Suite struct MediaTests {
  private func resource(_ value: Value) throws -> Resource {
    guard case .resource(let resource) = value else {
      throw RuntimeError(.value, "\(value.debugForm) is no resource")
    }
    return resource
  }

  @Test(
    arguments: [
      ("audio", "m4a", "audio/mp4"), ("audio", "OPUS", "audio/opus"), ("audio", "wav2", "application/octet-stream"),
      ("video", "MOV", "video/quicktime"), ("video", "gif", "image/gif"), ("video", "mkv", "video/x-matroska"),
      ("model-3d", "usdz", "model/vnd.usdz+zip"), ("model-3d", "fbx", "application/octet-stream"),
      ("file", "png", "application/octet-stream"),
    ])
  func contentTypeFollowsTheSubtype(_ type: String, _ subtype: String, _ contentType: String) async throws {
    let converted = try resource(try await Conversion(type, subtype: subtype)(.bytes([1])))
    #expect(converted.contentType == contentType)
    #expect(converted.format == (type == "file" ? nil : subtype))
    #expect(try await converted.bytes() == [1])
  }

  @Test func theNameSaysTheFormatWhenNothingElseDoes() async throws {
    let clip = Value.resource(Resource(.file, source: BytesSource([1]), filename: "My.Clip.MP3"))
    let sound = try resource(try await Conversion("audio")(clip))
    #expect((sound.kind, sound.format, sound.contentType) == (.audio, "mp3", "audio/mpeg"))
    let other = try resource(try await Conversion("audio", subtype: "ogg")(clip))
    #expect(other.contentType == "audio/ogg")
    for name in [".mp3", "mp3", "a."] {
      let plain = Value.resource(Resource(.file, source: BytesSource([1]), filename: name))
      #expect(try resource(try await Conversion("audio")(plain)).format == nil)
    }
  }

  @Test(
    arguments: [
      ("image", .bytes([1])), ("image", .text("AA==")), ("audio", .text("x")), ("file", .integer(1)),
      ("video", .list([.bytes([1])])), ("model-3d", .object([:])), ("audio", .boolean(true)),
    ] as [(String, Value)])
  func whatHoldsNoBytesIsRefused(_ type: String, _ value: Value) async {
    await #expect { try await Conversion(type)(value) } throws: { ($0 as? RuntimeError)?.code == .value }
  }

  @Test func streamsPassAsTheyAre() async throws {
    let stream = Value.stream(ValueStream(.chunks(fragmented: true), elements: [.bytes([1])]))
    for type in MediaType.allCases {
      #expect(try await Conversion(type.rawValue)(stream).isIdentical(to: stream))
    }
  }

  @Test(arguments: ["iVBORw0KGgo=", "/9j/", "R0lGODlh", "Qk0=", "UklGRgAAAABXRUJQ", "SUkqAA=="])
  func picturesInATextAreKnown(_ text: String) async throws {
    let picture = try resource(try await Conversion("image", subtype: "png", format: "base64")(.text(text)))
    #expect(Base64.encode(try await picture.bytes()) == text)
    _ = try await Conversion("image", format: "data-uri")(.text("data:image/png;base64," + text))
  }

  @Test(arguments: [("base64", "aGk="), ("base64", ""), ("base64", "a"), ("data-uri", "data:,hi"), ("data-uri", "hi")])
  func textsThatAreNoPictureAreRefused(_ format: String, _ text: String) async {
    for subtype in [nil, "png"] {
      await #expect { try await Conversion("image", subtype: subtype, format: format)(.text(text)) } throws: {
        ($0 as? RuntimeError)?.code == .value
      }
    }
  }

  @Test func picturesPassAsTheyAre() async throws {
    let source = CountedSource([0xFF, 0xD8])
    let upload = Value.resource(Resource(.file, source: source, contentType: "image/jpeg"))
    let named = try resource(try await Conversion("image", subtype: "webp")(upload))
    #expect((named.kind, named.format, named.contentType) == (.image, "webp", "image/webp"))
    #expect(try await named.bytes() == [0xFF, 0xD8])
    let again = Value.resource(named)
    #expect(try await Conversion("image")(again).isIdentical(to: again))
    let unnamed = try resource(try await Conversion("image")(upload))
    #expect((unnamed.format, unnamed.contentType) == ("png", "application/octet-stream"))
  }

  @Test func brokenDataFailWhenTheyAreRead() async throws {
    for (format, text) in [("base64", "a"), ("data-uri", "nonsense"), ("url", "https://h.example/none")] {
      let context = ConversionContext(opener: FakeOpener())
      let value = try resource(try await Conversion("file", format: format, context: context)(.text(text)))
      await #expect(throws: RuntimeError.self) { try await value.bytes() }
      await #expect(throws: RuntimeError.self) {
        try await Conversion("text", format: format, context: context)(.text(text))
      }
    }
  }

  @Test func urlsAreFetchedWhenTheyAreRead() async throws {
    let opener = FakeOpener()
    let context = ConversionContext(opener: opener)
    let url = Value.text("https://h.example/a.PNG")
    let file = try resource(try await Conversion("file", format: "url", context: context)(url))
    let image = try resource(try await Conversion("image", subtype: "png", format: "url", context: context)(url))
    #expect(opener.opened.count == 0)
    let reader = try await file.open()
    #expect((reader.contentType, reader.filename) == ("text/plain", "a.PNG"))
    #expect(try await reader.bytes() == Array("body".utf8))
    #expect(opener.opened.count == 1)
    // What the cast says goes before what the server says.
    #expect(try await image.open().contentType == "image/png")
    #expect(try await Conversion("text", format: "url", context: context)(url).isIdentical(to: .text("body")))
    await #expect {
      try await Conversion("text", format: "url")(url)
    } throws: { ($0 as? RuntimeError)?.code == .unsupported }
  }

  @Test func piecesAreReadOneByOne() async throws {
    let source = CountedSource((0..<20_000).map { UInt8(truncatingIfNeeded: $0) })
    let stream = Resource(.bytes, source: source).pieces()
    #expect(source.count == 0)
    try stream.take()
    var sizes: [Int] = []
    var bytes: [UInt8] = []
    while case .bytes(let piece)? = try await stream.next() {
      sizes.append(piece.count)
      bytes += piece
    }
    #expect(sizes == [8192, 8192, 3616])
    #expect(bytes == (0..<20_000).map { UInt8(truncatingIfNeeded: $0) })
    #expect(source.count == 1)
  }

  @Test func endlessBytesAreGivenUp() async {
    let isCancelled = Mutex(false)
    let reader = ResourceReader(
      next: { () async throws(RuntimeError) in [UInt8](repeating: 0, count: 1000) },
      cancel: { isCancelled.withLock { $0 = true } })
    await #expect {
      try await reader.bytes(upTo: 10_500)
    } throws: { ($0 as? RuntimeError)?.code == .protocolViolation }
    #expect(isCancelled.withLock { $0 })
  }
}
