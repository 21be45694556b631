import ComposeHTTP
import ComposeRuntime
import ComposeTestSupport
import Testing

@testable import ComposeComponents

/// Bodies as they leave: their lengths, their sources, and what nobody may smuggle into them.
@Suite struct HTTPBodyTests {
  private func built(
    _ value: Value, type: String? = nil, random: RandomSource = .system
  ) async throws -> (body: HTTPBody?, type: String?) {
    var headers = type.map { [HTTPField("content-type", $0)] } ?? []
    let body = try await HTTPBodyBuilder(random: random, failure: SourceFailure()).body(of: value, &headers)
    return (body, headers.last?.value)
  }

  private func multipart(_ object: OrderedObject, random: RandomSource = .system) async throws -> (String, Int?) {
    let (body, _) = try await built(.object(object), type: "multipart/form-data", random: random)
    guard case .stream(let stream)? = body else { throw TestSupportError("no stream") }
    let bytes = try await HTTPBody.stream(stream).collect(upTo: 1 << 20)
    return (String(decoding: bytes, as: UTF8.self), stream.length)
  }

  @Test func theLengthIsKnownWhenAllPartsKnowTheirs() async throws {
    let source = BytesSource(Array("file content".utf8))
    let known = try await multipart(["a": .text("x"), "b": .resource(Resource(.file, source: source))])
    #expect(known.1 == known.0.utf8.count)
    #expect(known.0.contains("file content"))
    let stream = ValueStream(.bare, next: { () async throws(RuntimeError) in nil })
    let open = try await multipart(["a": .text("x"), "b": .stream(stream)])
    #expect(open.1 == nil)
  }

  @Test func theBoundaryIsInNoPart() async throws {
    let numbers = Numbers([1, 1, 2, 2])
    let taken = "model-compose-" + String(repeating: "0000000000000001", count: 2)
    let (text, _) = try await multipart(["a": .text("--\(taken)--")], random: numbers.source)
    #expect(text.hasPrefix("--model-compose-00000000000000020000000000000002\r\n"))
    // A source without chance must not hang.
    await #expect(throws: RuntimeError.self) {
      try await multipart(["a": .text("--\(taken)--")], random: RandomSource { 1 })
    }
  }

  @Test func twoBodiesHaveTwoBoundaries() async throws {
    let first = try await built(.object(["a": .text("x")]), type: "multipart/form-data")
    let second = try await built(.object(["a": .text("x")]), type: "multipart/form-data")
    #expect(first.type != second.type)
  }

  @Test func namesAndTypesCannotEndTheirLines() async throws {
    let resource = Resource(
      .file, source: BytesSource([1]), contentType: "text/plain\r\nX-Evil: 1",
      filename: "a\".png\r\nX-Evil: 1\r\n\r\n<html>")
    let (text, _) = try await multipart(["n\"\r\nX-Evil: 1": .resource(resource)], random: RandomSource { 0 })
    let head = text.split(separator: "\r\n\r\n", omittingEmptySubsequences: false)[0]
    #expect(
      head.split(separator: "\r\n").dropFirst() == [
        #"Content-Disposition: form-data; name="n%22%0D%0AX-Evil: 1"; "#
          + #"filename="a%22.png%0D%0AX-Evil: 1%0D%0A%0D%0A<html>""#,
        "Content-Type: application/octet-stream",
      ])
  }

  @Test func aURLTellsItsTypeWhenItIsOpened() async throws {
    let source = LateSource(type: "image/webp", bytes: [1, 2, 3])
    let (body, type) = try await built(.resource(Resource(.file, source: source)))
    #expect(type == "image/webp")
    #expect(try await body?.collect(upTo: 10) == [1, 2, 3])
    #expect(source.openings.value == 1)
    let (text, length) = try await multipart(["a": .resource(Resource(.file, source: source))])
    #expect(text.contains("Content-Type: image/webp"))
    #expect(length == nil)
  }

  @Test func whatTheSourceSaysIsTheError() async throws {
    let failure = SourceFailure()
    var headers: [HTTPField] = []
    let stream = ValueStream(
      .bare, next: { () async throws(RuntimeError) in throw RuntimeError(.provider, "the first provider failed") })
    let body = try await HTTPBodyBuilder(random: .system, failure: failure).body(of: .stream(stream), &headers)
    await #expect(throws: HTTPError.self) { try await body?.collect(upTo: 10) }
    #expect(failure.value?.code == .provider)
    #expect(failure.value?.message == "the first provider failed")
  }

  @Test func aStreamIsSentOnce() async throws {
    let stream = ValueStream(.bare, next: { () async throws(RuntimeError) in nil })
    let (body, _) = try await built(.stream(stream))
    #expect(body?.isRepeatable == false)
    await #expect(throws: RuntimeError.self) { try await built(.stream(stream)) }
    let items = OneValue(Value.list([.integer(1)]))
    let (odd, _) = try await built(
      .stream(ValueStream(.bare, next: { () async throws(RuntimeError) in items.take() })))
    await #expect(throws: HTTPError.self) { try await odd?.collect(upTo: 10) }
  }

  // MARK: Helpers

  private struct LateSource: ResourceSource {
    let type: String
    let bytes: [UInt8]
    let openings = Counter()

    func open() async throws(RuntimeError) -> ResourceReader {
      openings.increase()
      return ResourceReader(bytes, contentType: type)
    }
  }
}
