import Synchronization
import Testing

@testable import ComposeHTTP

@Suite(.timeLimit(.minutes(15))) struct ByteStreamTests {
  private typealias Machine = ByteStream.StateMachine<Int, Int>

  // MARK: The state machine alone

  @Test func `the producer is held back at the high watermark and released at the low one`() {
    var machine = Machine(highWatermark: 10, lowWatermark: 4)
    #expect(stored(machine.push([1, 2, 3, 4])) == false)
    #expect(stored(machine.push([5, 6, 7, 8])) == false)
    #expect(stored(machine.push([9, 10])) == true)
    #expect(machine.bufferedBytes == 10)
    #expect(chunk(machine.pull())?.resumes == false)
    #expect(chunk(machine.pull())?.resumes == true)
    #expect(chunk(machine.pull())?.bytes == [9, 10])
    #expect(machine.bufferedBytes == 0)
  }

  @Test func `bytes go straight to a reader that waits`() {
    var machine = Machine(highWatermark: 1, lowWatermark: 0)
    guard case .wait = machine.pull(waiting: 7) else {
      Issue.record("there is nothing to read")
      return
    }
    guard case .deliver(let reader) = machine.push([1, 2, 3]) else {
      Issue.record("the reader waits")
      return
    }
    #expect(reader == 7)
    #expect(machine.bufferedBytes == 0)
  }

  @Test func `an error comes after the bytes before it`() {
    var machine = Machine(highWatermark: 10, lowWatermark: 0)
    _ = machine.push([1])
    #expect(machine.fail(HTTPError(.connectionLost, "gone")).isFirst)
    #expect(!machine.finish().isFirst)
    #expect(chunk(machine.pull())?.bytes == [1])
    guard case .failed(let error) = machine.pull() else {
      Issue.record("the stream has failed")
      return
    }
    #expect(error.kind == .connectionLost)
  }

  @Test func `cancelling drops the bytes and wakes both ends once`() {
    var machine = Machine(highWatermark: 2, lowWatermark: 0)
    _ = machine.push([1, 2])
    guard case .wait = machine.suspend(9, id: 1) else {
      Issue.record("the stream is full")
      return
    }
    let action = machine.cancel()
    #expect(action.isFirst)
    #expect(action.writers == [9])
    #expect(!machine.cancel().isFirst)
    #expect(machine.bufferedBytes == 0)
    guard case .failed(let error) = machine.pull(), case .closed = machine.push([3]) else {
      Issue.record("the stream is cancelled")
      return
    }
    #expect(error.kind == .cancelled)
  }

  @Test func `cancelling an ended stream tells the producer nothing`() {
    var machine = Machine(highWatermark: 2, lowWatermark: 0)
    _ = machine.push([1])
    _ = machine.finish()
    #expect(!machine.cancel().isFirst)
    guard case .failed = machine.pull() else {
      Issue.record("the unread bytes were given up")
      return
    }
    var read = Machine(highWatermark: 2, lowWatermark: 0)
    _ = read.finish()
    _ = read.cancel()
    guard case .finished = read.pull() else {
      Issue.record("there was nothing to give up")
      return
    }
  }

  @Test func `a writer can take itself back`() {
    var machine = Machine(highWatermark: 1, lowWatermark: 0)
    _ = machine.push([1])
    _ = machine.suspend(5, id: 1)
    #expect(machine.withdraw(writer: 2) == nil)
    #expect(machine.withdraw(writer: 1) == 5)
    #expect(chunk(machine.pull())?.writers == [])
  }

  // MARK: The stream

  @Test func `a fixed body is read and ends`() async throws {
    let stream = ByteStream(bytes: [1, 2, 3])
    #expect(try await stream.next() == [1, 2, 3])
    #expect(try await stream.next() == nil)
    #expect(try await stream.next() == nil)
    #expect(try await ByteStream(bytes: []).collect(upTo: 0) == [])
  }

  @Test func `collecting has a limit`() async throws {
    #expect(try await ByteStream(bytes: [1, 2, 3]).collect(upTo: 3) == [1, 2, 3])
    await #expect(throws: HTTPError(.bodyTooLarge, "the answer is longer than 2 bytes")) {
      try await ByteStream(bytes: [1, 2, 3]).collect(upTo: 2)
    }
  }

  @Test func `a writer waits above the high watermark`() async throws {
    let (stream, writer) = ByteStream.pipe(highWatermark: 8, lowWatermark: 2)
    let written = Mutex(0)
    let producer = Task {
      for byte in UInt8(0)..<100 {
        try await writer.write([byte, byte])
        written.withLock { $0 += 1 }
      }
      writer.finish()
    }
    var read: [UInt8] = []
    while let chunk = try await stream.next() {
      read += chunk
      // What is written is read, in the buffer, or on its way.
      #expect(written.withLock { $0 } * 2 <= read.count + 8 + 2)
    }
    try await producer.value
    #expect(read == (UInt8(0)..<100).flatMap { [$0, $0] })
  }

  @Test func `cancelling wakes a waiting writer and a waiting reader`() async throws {
    let (full, writer) = ByteStream.pipe(highWatermark: 1, lowWatermark: 0)
    let producer = Task { () async -> HTTPError.Kind? in
      do throws(HTTPError) {
        while true { try await writer.write([1]) }
      } catch {
        return error.kind
      }
    }
    full.cancel()
    #expect(await producer.value == .cancelled)

    let (empty, idleWriter) = ByteStream.pipe()
    let reader = Task { await empty.failureKind() }
    empty.cancel()
    #expect(await reader.value == .cancelled)
    idleWriter.finish()
  }

  @Test func `cancelling the reading task cancels the stream`() async throws {
    let (stream, writer) = ByteStream.pipe()
    try await writer.write([1])
    let started = Signal()
    let reader = Task { () async throws(HTTPError) -> HTTPError.Kind? in
      _ = try await stream.next()
      started.fire()
      return await stream.failureKind()
    }
    await started.wait()
    reader.cancel()
    #expect(try await reader.value == .cancelled)
    await #expect(throws: HTTPError.self) { try await writer.write([2]) }
  }

  @Test func `a task that writes can be cancelled while it waits`() async throws {
    let (stream, writer) = ByteStream.pipe(highWatermark: 1, lowWatermark: 0)
    let producer = Task { try await writer.write([1]) }
    producer.cancel()
    await #expect(throws: HTTPError.self) { try await producer.value }
    stream.cancel()
  }

  @Test func `a dropped stream refuses bytes and a dropped writer fails the reader`() async throws {
    var pipe: (stream: ByteStream?, writer: ByteStream.Writer?) = ByteStream.pipe()
    pipe.stream = nil
    await #expect(throws: HTTPError.self) { try await pipe.writer?.write([1]) }

    pipe = ByteStream.pipe()
    pipe.writer = nil
    #expect(await pipe.stream?.failureKind() == .connectionLost)
  }

  private func stored(_ action: Machine.PushAction) -> Bool? {
    if case .stored(let isFull) = action { isFull } else { nil }
  }

  private func chunk(_ action: Machine.PullAction) -> (bytes: [UInt8], resumes: Bool, writers: [Int])? {
    if case .chunk(let bytes, let release) = action { (bytes, release.resumesProducer, release.writers) } else { nil }
  }
}
