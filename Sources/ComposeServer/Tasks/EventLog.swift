package import ComposeRuntime
import NIOCore

/// Something that happened to a task. Behind a pointer, because it is handed on several times.
package indirect enum TaskEvent: Sendable {
  case status(TaskSnapshot)
  case run(RunEvent)
}

/// What has happened to a task, for those who watch it: the newest events, each with a number that counts from 1.
///
/// Writing never waits; a reader that is too slow misses the oldest.
package final class EventLog: Sendable {
  private struct State: Sendable {
    var events = CircularBuffer<TaskEvent>()
    var lastID = 0
    /// About how many bytes the events take.
    var size = 0
    var isClosed = false
  }

  /// How many events are kept.
  static let capacity = 1_000

  private let state = Monitor(State())

  init() {}

  func append(_ event: TaskEvent, isLast: Bool = false) {
    state.update { state in
      if state.isClosed { return }
      if state.events.count == Self.capacity { state.size -= state.events.removeFirst().approximateSize }
      state.events.append(event)
      state.size += event.approximateSize
      state.lastID += 1
      state.isClosed = isLast
    }
  }

  /// The number of the newest event; 0 before the first.
  var lastID: Int { state.withValue { $0.lastID } }

  /// Whether nothing more comes.
  var isClosed: Bool { state.withValue { $0.isClosed } }

  /// About how many bytes it holds.
  var size: Int { state.withValue { $0.size } }

  /// A reader of everything behind the event with this number that is still there.
  package func reader(after id: Int) -> EventReader { EventReader(self, after: id) }

  /// The next event behind `id`, or `nil` at the end or when the task is cancelled.
  fileprivate func next(after id: Int) async -> (id: Int, event: TaskEvent)? {
    let next: Next? = await state.wait { state in
      let firstID = state.lastID - state.events.count + 1
      let wanted = max(id + 1, firstID)
      if wanted <= state.lastID {
        let index = state.events.index(state.events.startIndex, offsetBy: wanted - firstID)
        return .event(id: wanted, state.events[index])
      }
      return state.isClosed ? .end : nil
    }
    if case .event(let id, let event)? = next { return (id, event) }
    return nil
  }

  private enum Next: Sendable {
    case event(id: Int, TaskEvent)
    case end
  }
}

/// Reads an ``EventLog`` at its own speed.
package struct EventReader: Sendable {
  private let log: EventLog
  /// The number of the event that was read last.
  package private(set) var lastID: Int

  fileprivate init(_ log: EventLog, after id: Int) {
    self.log = log
    lastID = max(0, id)
  }

  /// The next event and its number; `nil` when the task has ended and everything was read, or when the calling task is
  /// cancelled.
  package mutating func next() async -> (id: Int, event: TaskEvent)? {
    guard let next = await log.next(after: lastID) else { return nil }
    lastID = next.id
    return next
  }
}

extension TaskEvent {
  /// About how many bytes it takes. Points can tell whole outputs; the rest of an event is small.
  fileprivate var approximateSize: Int {
    switch self {
    case .status(let snapshot): snapshot.interrupts.reduce(256) { $0 + $1.approximateSize }
    case .run(let event):
      switch event.kind {
      case .interrupted(let point), .answered(let point): 256 + point.approximateSize
      case .usage(let value): 256 + value.approximateSize
      default: 256
      }
    }
  }
}

extension InterruptPoint {
  fileprivate var approximateSize: Int { 256 + message.approximateSize + metadata.approximateSize }
}
