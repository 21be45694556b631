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

  // MARK: Several streams

  /// As it is read when a result holds branches that wait for each other.
  @Test(.timeLimit(.minutes(15))) func branchesThatWaitForEachOtherAreReadAtTheSameTime() async throws {
    let meeting = StreamMeeting(of: 3)
    let streams = (0..<3).map { number in
      let once = OneValue(Value.integer(number))
      return Value.stream(
        ValueStream(
          .bare,
          next: { () async throws(RuntimeError) in
            guard let value = once.take() else { return nil }
            await meeting.arrive()
            return value
          }))
    }
    let value = Value.object(["a": streams[0], "b": .list([.text("x"), streams[1]]), "c": streams[2]])
    #expect(try await value.drainingInnerStreams().jsonText == #"{"a": [0], "b": ["x", [1]], "c": [2]}"#)
  }

  @Test func manyStreamsKeepTheirPlaces() async throws {
    let streams = (0..<500).map { CountingSource(.chunks(fragmented: true), "[\"\($0)\", null, \"x\"]").stream }
    let expected = (0..<500).map { "\"\($0)x\"" }.joined(separator: ", ")
    #expect(try await Value.list(streams).drainingInnerStreams().jsonText == "[\(expected)]")
  }

  @Test(.timeLimit(.minutes(15))) func anErrorEndsTheOtherStreams() async {
    let never = StreamGate()
    let began = StreamGate()
    let waiting = ValueStream(
      .bare,
      next: { () async throws(RuntimeError) in
        began.open()
        await never.wait()
        throw .cancelled
      })
    let failing = ValueStream(
      .bare,
      next: { () async throws(RuntimeError) in
        await began.wait()
        throw RuntimeError(.connection, "lost")
      })
    await #expect { try await Value.list([.stream(waiting), .stream(failing)]).drainingInnerStreams() } throws: {
      ($0 as? RuntimeError)?.message == "lost"
    }
  }

  @Test func aStreamInTwoPlacesFailsBeforeAnythingIsRead() async {
    let source = CountingSource(.bare, "[1]")
    let other = CountingSource(.bare, "[1]")
    let stream = source.stream
    await #expect { try await Value.list([other.stream, stream, stream]).drainingInnerStreams() } throws: {
      ($0 as? RuntimeError)?.diagnosticCode == "stream-read-twice"
    }
    #expect((source.pulls, other.pulls) == (0, 0))
    #expect((source.cancels, other.cancels) == (1, 1))
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
