import ComposeRuntime
import Synchronization
import Testing

extension ValueStream {
  /// A stream of what is there already.
  convenience init(_ form: Form, elements: [Value], cancel: @escaping @Sendable () -> Void = {}) {
    let rest = Mutex(elements[...])
    self.init(
      form, next: { () async throws(RuntimeError) -> Value? in rest.withLock { $0.popFirst() } }, cancel: cancel)
  }
}

@Suite struct CastStreamTests {
  @Test func convertsEachChunkWhenItIsRead() async throws {
    let source = ValueStream(.chunks(fragmented: false), elements: [.text("1"), .null, .text("x"), .text("3")])
    guard case .stream(let stream) = try await Conversion("integer", isList: true)(.stream(source)) else {
      Issue.record("no stream")
      return
    }
    #expect(stream.form == .bare)
    try stream.take()
    #expect(try await stream.next()?.isIdentical(to: .integer(1)) == true)
    #expect(try await stream.next()?.isNull == true)
    await #expect(throws: RuntimeError.self) { try await stream.next() }
    #expect(try await stream.next() == nil)
  }

  @Test func claimsItsSource() async throws {
    let source = ValueStream(.bare, elements: [])
    _ = try await Conversion("text", isList: true)(.stream(source))
    #expect(throws: RuntimeError.self) { try source.take() }
    await #expect(throws: RuntimeError.self) { try await Conversion("text", isList: true)(.stream(source)) }
  }

  @Test func givesUpItsSource() async throws {
    let cancelled = Mutex(0)
    let first = ValueStream(.bare, elements: [.text("x")], cancel: { cancelled.withLock { $0 += 1 } })
    let second = ValueStream(.bare, elements: [.text("1")], cancel: { cancelled.withLock { $0 += 1 } })
    let failing = try first.mapped { (_) throws(RuntimeError) in throw RuntimeError(.value, "no") }
    await #expect(throws: RuntimeError.self) { try await failing.next() }
    #expect(cancelled.withLock { $0 } == 1)
    try second.mapped { $0 }.cancel()
    #expect(cancelled.withLock { $0 } == 2)
  }

  @Test func textsAreCollected() async throws {
    let texts: [Value] = [.text("a"), .null, .text(""), .text("é")]
    for type in ["text", "string"] {
      let text = try await Conversion(type)(.stream(ValueStream(.bare, elements: texts)))
      #expect(text.isIdentical(to: .text("aé")))
    }
    let empty = try await Conversion("text")(.stream(ValueStream(.chunks(fragmented: true), elements: [])))
    #expect(empty.isIdentical(to: .text("")))
  }

  @Test(arguments: [Value.integer(1), .bytes([65]), .object([:]), .boolean(true)])
  func otherChunksAreNoText(_ chunk: Value) async {
    let isCancelled = Mutex(false)
    let stream = ValueStream(.bare, elements: [.text("a"), chunk], cancel: { isCancelled.withLock { $0 = true } })
    await #expect { try await Conversion("text")(.stream(stream)) } throws: { ($0 as? RuntimeError)?.code == .value }
    #expect(isCancelled.withLock { $0 })
  }

  @Test func hugeRunsOfZeroBytesAreNotMade() async {
    let stream = ValueStream(.bare, elements: [.text("a"), .integer(Int.max)])
    await #expect { try await stream.base64Text() } throws: { ($0 as? RuntimeError)?.code == .protocolViolation }
  }

  @Test(arguments: ["text", "base64"])
  func whatHasNoEndIsGivenUp(_ type: String) async {
    let isCancelled = Mutex(false)
    let piece = Value.text(String(repeating: "x", count: 1 << 22))
    let stream = ValueStream(
      .chunks(fragmented: true), next: { () async throws(RuntimeError) in piece },
      cancel: { isCancelled.withLock { $0 = true } })
    await #expect {
      try await Conversion(type)(.stream(stream))
    } throws: { ($0 as? RuntimeError)?.code == .protocolViolation }
    #expect(isCancelled.withLock { $0 })
  }

  @Test func bytesOfEveryChunk() async throws {
    let chunks: [Value] = [
      .text("é"), .bytes([1]), .integer(2), .list([.integer(255), .boolean(true)]), .boolean(true), .null,
    ]
    let text = try await ValueStream(.bare, elements: chunks).base64Text()
    #expect(try Base64.decode(text) == [0xC3, 0xA9, 1, 0, 0, 255, 1, 0])
  }

  @Test(arguments: [
    Value.integer(-1), .bigInteger("99999999999999999999"), .number(1), .object([:]), .list([.integer(256)]),
  ])
  func refusesChunksThatAreNoBytes(_ chunk: Value) async {
    let stream = ValueStream(.bare, elements: [.text("a"), chunk])
    await #expect { try await stream.base64Text() } throws: { ($0 as? RuntimeError)?.code == .value }
  }
}
