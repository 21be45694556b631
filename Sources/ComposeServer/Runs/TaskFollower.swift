import ComposeBasic
import ComposeRuntime
import Hummingbird
import NIOCore

/// Answers a client that follows a task: with its stream, or with its result as an event once there is one.
struct TaskFollower: Sendable {
  let task: ServiceTask
  /// The number of the last event that the client has seen.
  let lastID: Int
  let closed: Latch
  let context: ConnectionContext
  let pingInterval: Duration

  func response() async throws -> Response {
    let snapshot = task.snapshot
    if let stream = snapshot.stream { return try response(with: stream) }
    // An event stream cannot say any more that the output is bytes.
    if case .bytes? = snapshot.result { return TaskAnswer(task: task, snapshot: snapshot).output }
    if snapshot.status.isFinal, lastID >= resultEvents(of: snapshot).count { return Response(status: .noContent) }
    return Response(
      status: .ok,
      headers: [
        .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-cache", .accelBuffering: "no",
        .taskID: task.id,
      ],
      body: ResponseBody { try await write(to: &$0) })
  }

  private func response(with stream: StreamBuffer) throws(ErrorAnswer) -> Response {
    switch stream.attach(after: lastID) {
    case .reader(let reader):
      return StreamDelivery(
        reader: reader, task: task, closed: closed, context: context, pingInterval: pingInterval,
        endsTaskWhenLeft: false
      ).response(as: stream.form)
    case .gone: throw .streamGone
    case .nothingLeft: return Response(status: .noContent)
    }
  }

  // MARK: A task without a stream, so far

  @concurrent
  private func write(to writer: inout any ResponseBodyWriter) async throws {
    // The head must leave before anything has happened: the client waits for it.
    try await writer.write(EventStreamEncoder.ping)
    var revision = -1
    while true {
      guard let snapshot = await nextSnapshot(after: revision) else {
        if closed.isOpen { throw CancellationError() }
        try await writer.write(EventStreamEncoder.ping)
        continue
      }
      revision = snapshot.revision
      if let stream = snapshot.stream { return try await write(stream, to: &writer) }
      if case .bytes? = snapshot.result { return try await writeLast(.notEvents, to: &writer) }
      if snapshot.status.isFinal {
        let events = resultEvents(of: snapshot)
        if lastID >= events.count { return try await writeLast(.streamGone, to: &writer) }
        var encoder = EventStreamEncoder()
        encoder.lastID = lastID
        for event in events.dropFirst(lastID) {
          try await writer.write(encoder.event(event.name, data: event.data))
        }
        return try await writer.finish(nil)
      }
      if snapshot.status == .interrupted { try await writer.write(interruptEvent(snapshot)) }
    }
  }

  @concurrent
  private func write(_ stream: StreamBuffer, to writer: inout any ResponseBodyWriter) async throws {
    guard case .events = stream.form else { return try await writeLast(.notEvents, to: &writer) }
    switch stream.attach(after: lastID) {
    case .reader(let reader):
      let delivery = StreamDelivery(
        reader: reader, task: task, closed: closed, context: context, pingInterval: pingInterval,
        endsTaskWhenLeft: false)
      try await delivery.write(as: stream.form, to: &writer)
    case .gone, .nothingLeft: try await writeLast(.streamGone, to: &writer)
    }
  }

  /// What an answer of its own would say, where the head of an event stream has left already.
  @concurrent
  private func writeLast(_ answer: ErrorAnswer, to writer: inout any ResponseBodyWriter) async throws {
    var json = JSONWriter(.compact)
    json.object { json in
      json.member("code", answer.code)
      json.member("message", answer.detail)
    }
    try await writer.write(EventStreamEncoder.unnumbered("error", data: json.text))
    try await writer.finish(nil)
  }

  /// The next state; `nil` when nothing happened for a while, or the client has left.
  private func nextSnapshot(after revision: Int) async -> TaskSnapshot? {
    await withTaskGroup(of: TaskSnapshot?.self) { group in
      group.addTask {
        let snapshot = await task.changes(since: revision)
        return snapshot.revision > revision ? snapshot : nil
      }
      group.addTask {
        await closed.wait()
        return nil
      }
      group.addTask {
        try? await Task.sleep(for: pingInterval)
        return nil
      }
      let first = await group.next() ?? nil
      group.cancelAll()
      return first
    }
  }

  private func resultEvents(of snapshot: TaskSnapshot) -> [(name: String?, data: String)] {
    switch snapshot.result {
    case .json(let json)?: [(nil, String(decoding: json, as: UTF8.self)), ("done", "")]
    case .failed(let error)?: [("error", error.report(task.sources))]
    case .bytes?, .stream?, nil: [(snapshot.status == .cancelled ? "cancelled" : "done", "")]
    }
  }

  /// It has no id: the numbers are those of the output.
  private func interruptEvent(_ snapshot: TaskSnapshot) -> ByteBuffer {
    EventStreamEncoder.unnumbered(
      "interrupted", data: String(decoding: snapshot.json(of: task), as: UTF8.self))
  }
}
