import ComposeBasic
import ComposeRuntime
import Hummingbird
import NIOCore

/// Writes what happens to a task to a client that watches it.
struct EventDelivery: Sendable {
  let task: ServiceTask
  let reader: EventReader
  let closed: Latch
  let context: ConnectionContext
  let pingInterval: Duration

  var response: Response {
    Response(
      status: .ok,
      headers: [
        .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-cache", .accelBuffering: "no",
        .taskID: task.id,
      ],
      body: ResponseBody { try await write(to: &$0) })
  }

  private enum Step: Sendable {
    case event(id: Int, TaskEvent, EventReader)
    case end
    case idle
  }

  @concurrent
  private func write(to writer: inout any ResponseBodyWriter) async throws {
    let leaving = closed.onOpen { [context] in context.close() }
    defer { closed.forget(leaving) }
    let lines = EventLines(sources: task.sources, namesFolders: false)
    // The head must leave before anything has happened: the client waits for it.
    try await writer.write(EventStreamEncoder.ping)
    var encoder = EventStreamEncoder()
    encoder.lastID = reader.lastID
    var reader = reader
    while true {
      switch await next(reader) {
      case .event(let id, let event, let rest):
        reader = rest
        encoder.lastID = id - 1
        try await writer.write(write(event, lines, &encoder))
      case .idle:
        if closed.isOpen { throw CancellationError() }
        try await writer.write(EventStreamEncoder.ping)
      case .end:
        try await writer.write(encoder.event("end", data: ""))
        return try await writer.finish(nil)
      }
    }
  }

  private func write(_ event: TaskEvent, _ lines: EventLines, _ encoder: inout EventStreamEncoder) -> ByteBuffer {
    switch event {
    case .status(let snapshot):
      let state = snapshot.json(of: task, includesOutput: snapshot.status == .failed)
      return encoder.event("task_state", data: String(decoding: state, as: UTF8.self))
    case .run(let event):
      let line = lines.line(event).dropLast()
      return encoder.event(
        event.job == nil ? "workflow_event" : "job_event", data: String(decoding: line, as: UTF8.self))
    }
  }

  private func next(_ reader: EventReader) async -> Step {
    await withTaskGroup(of: Step.self) { group in
      group.addTask {
        var reader = reader
        guard let (id, event) = await reader.next() else { return Task.isCancelled ? .idle : .end }
        return .event(id: id, event, reader)
      }
      group.addTask {
        await closed.wait()
        return .idle
      }
      group.addTask {
        try? await Task.sleep(for: pingInterval)
        return .idle
      }
      let first = await group.next() ?? .idle
      group.cancelAll()
      return first
    }
  }
}
