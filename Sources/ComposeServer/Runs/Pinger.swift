/// Wakes a reader whenever nothing has come for a while, so that its client hears something.
struct Pinger: Sendable {
  private let task: Task<Void, Never>

  init(_ reader: StreamReader, interval: Duration) {
    task = Task { @concurrent in
      while true {
        do { try await Task.sleep(until: reader.lastActivity + interval) } catch { return }
        if ContinuousClock.now - reader.lastActivity >= interval { reader.wake() }
      }
    }
  }

  func stop() { task.cancel() }
}
