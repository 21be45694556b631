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
    guard case .stream(let stream) = try convert(.stream(source), to: .integer, isList: true) else {
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

  @Test func claimsItsSource() throws {
    let source = ValueStream(.bare, elements: [])
    _ = try convert(.stream(source), to: .text, isList: true)
    #expect(throws: RuntimeError.self) { try source.take() }
    #expect(throws: RuntimeError.self) { try convert(.stream(source), to: .text, isList: true) }
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

  @Test(arguments: [Value.integer(-1), .integer(Int.max), .number(1), .object([:]), .list([.integer(256)])])
  func refusesChunksThatAreNoBytes(_ chunk: Value) async {
    let stream = ValueStream(.bare, elements: [.text("a"), chunk])
    await #expect { try await stream.base64Text() } throws: { ($0 as? RuntimeError)?.code == .value }
  }
}
