import ComposeRuntime

/// One thing that happens to a stream on its way to a client.
enum StreamStep: Sendable {
  case chunk(Value)
  case end
  case failed(RuntimeError)
  /// Nothing has happened for a while.
  case idle
  /// The service ends and takes its runs with it.
  case stopped
  /// There is nobody to write to any more.
  case left
}

/// Pulls a stream for one client. The next chunk is asked for when the present one has been written, and never earlier:
/// the client's speed is the stream's.
struct StreamPump: Sendable {
  let stream: ValueStream
  /// The chunk that has been read already, or `nil` at the end.
  let first: Value?
  /// After how long without a chunk there is an `idle` step.
  let idleInterval: Duration?
  let closed: Latch
  /// What was put on `closed` for this stream; it is taken off at the end, since a connection outlives its runs.
  let registration: Int?
  let cancelling: Latch

  private enum Event: Sendable {
    case step(StreamStep)
    case tick
  }

  /// Hands each step over. The last one is `end`, `failed`, `stopped` or `left`, after which the stream is given up.
  @concurrent
  func run(_ handle: @concurrent (StreamStep) async throws -> Void) async throws {
    try await withThrowingTaskGroup(of: Event.self) { group in
      defer {
        stream.cancel()
        closed.forget(registration)
      }
      guard let first else { return try await handle(.end) }
      group.addTask { .step(await wait(for: closed, .left)) }
      group.addTask { .step(await wait(for: cancelling, .stopped)) }
      try await handle(.chunk(first))
      group.addTask { .step(await pull()) }
      var lastActivity = ContinuousClock.now
      if let idleInterval { group.addTask { [lastActivity] in await tick(at: lastActivity + idleInterval) } }
      while let event = try await group.next() {
        switch event {
        case .step(.chunk(let chunk)):
          try await handle(.chunk(chunk))
          lastActivity = .now
          group.addTask { .step(await pull()) }
        case .step(let step):
          stream.cancel()
          group.cancelAll()
          return try await handle(step)
        case .tick:
          guard let idleInterval else { continue }
          if ContinuousClock.now - lastActivity >= idleInterval {
            try await handle(.idle)
            lastActivity = .now
          }
          group.addTask { [lastActivity] in await tick(at: lastActivity + idleInterval) }
        }
      }
    }
  }

  private func pull() async -> StreamStep {
    do throws(RuntimeError) {
      guard let chunk = try await stream.next() else { return .end }
      return .chunk(chunk)
    } catch {
      return .failed(error)
    }
  }

  private func wait(for latch: Latch, _ step: StreamStep) async -> StreamStep {
    await latch.wait()
    // A wait also ends with its task, and that ends with the connection.
    return latch.isOpen ? step : .left
  }

  private func tick(at deadline: ContinuousClock.Instant) async -> Event {
    try? await Task.sleep(until: deadline, clock: .continuous)
    return .tick
  }
}
