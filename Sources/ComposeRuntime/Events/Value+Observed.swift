import ComposeBasic
import Synchronization

extension Value {
  /// The same value; a stream at its top tells those who watch when it begins and how it ends.
  func observed(by events: EventSource, job: String, at range: SourceRange) throws(RuntimeError) -> Value {
    guard events.isObserved, case .stream(let stream) = self else { return self }
    try stream.take()
    let watch = StreamWatch(events: events, job: job, range: range)
    return .stream(
      ValueStream(
        stream.form,
        next: { () async throws(RuntimeError) in
          do throws(RuntimeError) {
            guard let chunk = try await stream.next() else {
              watch.end { .streamEnded(chunks: $0) }
              return nil
            }
            watch.count(1)
            return chunk
          } catch {
            watch.end { error.code == .cancelled ? .streamCancelled(chunks: $0) : .streamFailed(chunks: $0, error) }
            throw error
          }
        },
        ready: {
          let chunks = stream.takeReady()
          watch.count(chunks.count)
          return chunks
        },
        cancel: {
          stream.cancel()
          watch.end { .streamCancelled(chunks: $0) }
        }))
  }
}

/// Counts the chunks of one stream, and tells of its end once.
private final class StreamWatch: Sendable {
  private let events: EventSource
  private let job: String
  private let range: SourceRange
  private let state = Mutex((chunks: 0, isEnded: false))

  init(events: EventSource, job: String, range: SourceRange) {
    self.events = events
    self.job = job
    self.range = range
  }

  func count(_ new: Int) {
    let isFirst = state.withLock { state in
      defer { state.chunks += new }
      return state.chunks == 0 && new > 0
    }
    if isFirst { events.emit(.firstByte, job: job, at: range) }
  }

  func end(_ kind: (Int) -> RunEvent.Kind) {
    let chunks = state.withLock { state -> Int? in
      if state.isEnded { return nil }
      state.isEnded = true
      return state.chunks
    }
    if let chunks { events.emit(kind(chunks), job: job, at: range) }
  }
}
