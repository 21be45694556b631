import ComposePlan
import ComposeRuntime
import Synchronization

/// Carries out the run of one task, from its place in the queue to its last chunk.
struct TaskExecution: Sendable {
  let task: ServiceTask
  let generation: Generation
  /// Checked already.
  let input: Value
  /// How much of a stream is kept for those who come again, in bytes.
  let replayCapacity: Int

  /// Runs it to its end. Cancelling the calling task ends it early.
  func perform() async {
    defer { generation.leave() }
    do throws(RuntimeError) {
      let slot = TaskSlot(try await generation.limiter.acquire(), of: generation.limiter)
      defer { slot.release() }
      task.proceed(to: .processing)
      let services = RunServices(interrupts: TaskInterrupts(task: task, slot: slot), observer: task)
      // A stream goes on long after what led up to it.
      let result =
        task.workflow.isStreaming ? await inOwnTask { await outcome(with: services) } : await outcome(with: services)
      try await finish(with: try result.get())
    } catch {
      finish(with: error)
    }
  }

  private func outcome(with services: RunServices) async -> Result<Value, RuntimeError> {
    do throws(RuntimeError) {
      return .success(
        try await generation.project.interpreter.run(task.workflow, checked: input, as: task.run, with: services))
    } catch {
      return .failure(error)
    }
  }

  private func finish(with error: RuntimeError) {
    if task.isCancelled {
      task.finish(.cancelled)
    } else {
      task.finish(.failed, result: .failed(error))
    }
  }

  private func finish(with value: Value) async throws(RuntimeError) {
    switch value {
    case .stream(let stream):
      let form: StreamBuffer.Form =
        if case .encoded(let encoding) = stream.form { .events(encoding) } else {
          .bytes(contentType: Resource.unknownContentType, filename: nil)
        }
      try await pass(stream, as: form)
    case .resource(let resource):
      try await pass(
        resource.pieces(), as: .bytes(contentType: resource.contentType, filename: resource.filename))
    case .bytes(let bytes): task.finish(.completed, result: .bytes(bytes))
    default: task.finish(.completed, result: .json(try value.compactJSON()))
    }
  }

  // MARK: Streams

  /// Passes chunks on as fast as they are read.
  private func pass(_ stream: ValueStream, as form: StreamBuffer.Form) async throws(RuntimeError) {
    try stream.take()
    task.noteStream()
    let outcome: Result<Void, RuntimeError> = await withTaskCancellationHandler {
      defer { stream.cancel() }
      do throws(RuntimeError) {
        // What fails before the first chunk has a status of its own.
        let first = try await stream.next()
        let buffer = StreamBuffer(form, capacity: replayCapacity)
        task.proceed(to: .streaming, result: .stream(buffer))
        await pass(first, of: stream, to: buffer)
        return .success(())
      } catch {
        return .failure(error)
      }
    } onCancel: {
      stream.cancel()
    }
    try outcome.get()
  }

  private func pass(_ first: Value?, of stream: ValueStream, to buffer: StreamBuffer) async {
    do throws(RuntimeError) {
      var next = first
      while let chunk = next {
        let chunks = ([chunk] + stream.takeReady()).filter(buffer.isWorthSending)
        if !chunks.isEmpty {
          buffer.append(chunks)
          guard await buffer.waitForRoom() else { throw .cancelled }
        }
        next = try await stream.next()
      }
      if task.isCancelled { throw .cancelled }
      // The state first: whoever sees the end of the stream sees the end of the task.
      task.finish(.completed)
      buffer.finish(.completed)
    } catch {
      let isCancelled = task.isCancelled || error.code == .cancelled
      task.finish(isCancelled ? .cancelled : .failed, result: isCancelled ? nil : .failed(error))
      buffer.finish(isCancelled ? .cancelled : .failed(error))
    }
  }
}

extension StreamBuffer {
  /// Events without text are left out, as in the reference.
  fileprivate func isWorthSending(_ chunk: Value) -> Bool {
    if chunk.isNull { return false }
    guard case .events = form else { return true }
    if case .text(let text) = chunk { return !text.isEmpty }
    return !chunk.displayText.isEmpty
  }
}

// MARK: The place among the runs

/// The right of a task to run. It is lent to others while the task waits for answers, which may take days.
private final class TaskSlot: Sendable {
  private let limiter: Limiter
  private let slot: Mutex<Limiter.Slot?>

  init(_ slot: Limiter.Slot, of limiter: Limiter) {
    self.slot = Mutex(slot)
    self.limiter = limiter
  }

  func release() { slot.withLock { $0.take() }?.release() }

  func acquire() async throws(RuntimeError) {
    let new = try await limiter.acquire()
    slot.withLock { $0 = new }
  }
}

private struct TaskInterrupts: InterruptHandler {
  let task: ServiceTask
  let slot: TaskSlot

  func answers(to points: [InterruptPoint]) async throws(RuntimeError) -> [Value] {
    slot.release()
    let answers = try await task.answers(to: points)
    try await slot.acquire()
    return answers
  }
}
