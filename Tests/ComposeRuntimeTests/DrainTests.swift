import ComposeRuntime
import Synchronization
import Testing

/// Streams that are read whole.
@Suite struct DrainTests {
  @Test func anEndlessStreamIsGivenUp() async {
    let isCancelled = Mutex(false)
    let piece = Value.text(String(repeating: "x", count: 1 << 20))
    let stream = ValueStream(
      .chunks(fragmented: true), next: { () async throws(RuntimeError) in piece },
      cancel: { isCancelled.withLock { $0 = true } })
    do throws(RuntimeError) {
      _ = try await Value.list([.stream(stream)]).drainingInnerStreams()
      Issue.record("an endless stream was read to its end")
    } catch {
      #expect(error.code == .protocolViolation)
    }
    #expect(isCancelled.withLock { $0 })
  }

  @Test func aResourceStaysOne() async throws {
    let resource = Value.resource(Resource(.bytes, source: BytesSource([1])))
    #expect(try await resource.drained().isIdentical(to: resource))
    let list = try await Value.list([resource]).drainingInnerStreams()
    #expect(list.isIdentical(to: .list([resource])))
  }

  @Test func aLongTextIsNotShownInPart() {
    do throws(RuntimeError) {
      _ = try convert(.text(String(repeating: "k", count: 41)), to: .integer)
      Issue.record("that is no integer")
    } catch {
      #expect(!error.message.contains("kkk"))
      #expect(error.message.contains("41 characters"))
    }
  }
}
