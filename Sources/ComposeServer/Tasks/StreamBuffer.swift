package import ComposeRuntime
import NIOCore

/// The output of a task between who makes it and who reads it: the chunks that somebody may still want, each with a
/// number that counts from 1.
///
/// ```
///  firstID         delivered        lastID
///     ├── replay ──────┼── unread ─────┤
/// ```
///
/// While somebody reads, the writer is let ahead of the slowest reader by ``window`` bytes. While nobody reads, it may
/// fill ``capacity`` bytes and waits then. What everybody has read is kept for those who come again, up to `capacity`.
package final class StreamBuffer: Sendable {
  /// How the stream leaves.
  package enum Form: Hashable, Sendable {
    case events(ValueStream.Encoding)
    case bytes(contentType: String, filename: String?)
  }

  /// How a stream ended.
  enum End: Sendable {
    case completed
    case failed(RuntimeError)
    case cancelled
  }

  /// What asking for a part of the stream gives.
  package enum Attachment: Sendable {
    case reader(StreamReader)
    /// That part is kept no longer.
    case gone
    /// The caller has seen everything, the end included.
    case nothingLeft
  }

  package let form: Form
  /// In bytes.
  let capacity: Int
  /// In bytes.
  let window: Int
  private let state = Monitor(State())

  init(_ form: Form, capacity: Int, window: Int = 16_384) {
    self.form = form
    self.capacity = capacity
    self.window = window
  }

  // MARK: Writing

  /// Waits until there is room for another chunk.
  ///
  /// - Returns: whether there is; `false` when the task is cancelled.
  func waitForRoom() async -> Bool {
    let hasRoom: Bool? = await state.wait { [window, capacity] state in
      let limit = state.readers.isEmpty ? capacity : window
      return state.unread < max(1, limit) ? true : nil
    }
    return hasRoom ?? false
  }

  func append(_ chunks: [Value]) {
    state.update { state in
      state.lastChange = .now
      var end = state.end(of: state.lastID)
      for chunk in chunks {
        end += chunk.approximateSize
        state.chunks.append(Chunk(value: chunk, end: end))
      }
      state.trim(to: capacity)
    }
  }

  func finish(_ end: End) {
    state.update { state in if state.ending == nil { state.ending = end } }
  }

  // MARK: Reading

  /// Begins to read behind the chunk with this number; 0 for the beginning.
  package func attach(after id: Int) -> Attachment {
    state.update { state in
      if state.ending != nil, id > state.lastID { return .nothingLeft }
      guard id >= state.firstID - 1, id <= state.lastID else { return .gone }
      state.nextReader += 1
      state.readers[state.nextReader] = Position(taken: id, delivered: id)
      return .reader(StreamReader(self, number: state.nextReader, after: id))
    }
  }

  /// Whether somebody reads.
  var isAttended: Bool { state.withValue { !$0.readers.isEmpty } }

  /// Whether the writer has waited for so long that nobody will come any more.
  func isForsaken(after patience: Duration) -> Bool {
    state.withValue { [capacity] state in
      state.readers.isEmpty && state.ending == nil && state.unread >= max(1, capacity)
        && ContinuousClock.now - state.lastChange > patience
    }
  }

  /// How many bytes it holds.
  var size: Int { state.withValue { $0.end(of: $0.lastID) - $0.end(of: $0.firstID - 1) } }

  fileprivate func next(for reader: Int) async -> StreamPiece {
    let piece: StreamPiece? = await state.wait { state in
      guard var position = state.readers[reader] else { return .cancelled }
      if position.isIdle {
        position.isIdle = false
        state.readers[reader] = position
        return .idle
      }
      guard position.taken < state.lastID else { return state.ending.map { StreamPiece($0) } }
      position.taken += 1
      position.lastActivity = .now
      state.readers[reader] = position
      return .chunk(id: position.taken, state[position.taken].value)
    }
    return piece ?? .cancelled
  }

  /// Chunks that are there already. They count as delivered when the reader asks for the next piece.
  fileprivate func takeReady(for reader: Int, upTo limit: Int) -> [Value] {
    state.withValue { state in
      guard var position = state.readers[reader], position.taken < state.lastID else { return [] }
      let end = state.end(of: position.taken) + limit
      var chunks: [Value] = []
      chunks.reserveCapacity(state.lastID - position.taken)
      repeat {
        position.taken += 1
        chunks.append(state[position.taken].value)
      } while position.taken < state.lastID && state[position.taken].end < end
      state.readers[reader] = position
      return chunks
    }
  }

  /// Everything that the reader has taken has left.
  fileprivate func noteDelivery(of reader: Int) {
    state.update { [capacity] state in
      guard var position = state.readers[reader], position.delivered != position.taken else { return }
      position.delivered = position.taken
      state.readers[reader] = position
      state.delivered = max(state.delivered, position.delivered)
      state.trim(to: capacity)
    }
  }

  fileprivate func lastActivity(of reader: Int) -> ContinuousClock.Instant {
    state.withValue { $0.readers[reader]?.lastActivity ?? .now }
  }

  fileprivate func noteIdleness(of reader: Int) {
    state.update { state in
      state.readers[reader]?.isIdle = true
      state.readers[reader]?.lastActivity = .now
    }
  }

  fileprivate func detach(_ reader: Int) {
    state.update { state in
      state.readers[reader] = nil
      state.lastChange = .now
      state.trim(to: capacity)
    }
  }
}

// MARK: Readers

/// What a reader gets next.
package enum StreamPiece: Sendable {
  case chunk(id: Int, Value)
  case end
  case failed(RuntimeError)
  case cancelled
  /// Nothing came for a while.
  case idle

  init(_ end: StreamBuffer.End) {
    switch end {
    case .completed: self = .end
    case .failed(let error): self = .failed(error)
    case .cancelled: self = .cancelled
    }
  }
}

/// One who reads a ``StreamBuffer``. Whoever attaches one ends with ``leave()``, or forgets it.
package final class StreamReader: Sendable {
  /// The number of the chunk that it begins behind.
  package let startID: Int
  private let buffer: StreamBuffer
  private let number: Int

  fileprivate init(_ buffer: StreamBuffer, number: Int, after startID: Int) {
    self.buffer = buffer
    self.startID = startID
    self.number = number
  }

  /// Whoever is gone without having read, such as a client that wanted only the head, is not waited for.
  deinit { leave() }

  /// The next piece; `cancelled` also after ``leave()``. Asking for it says that the one before has been passed on.
  package func next() async -> StreamPiece {
    buffer.noteDelivery(of: number)
    return await buffer.next(for: number)
  }

  /// The chunks behind the last one that are there already, to be passed on together with that.
  ///
  /// - Parameter limit: after how many bytes they are enough.
  package func takeReady(upTo limit: Int) -> [Value] { buffer.takeReady(for: number, upTo: limit) }

  /// When it got a piece last.
  package var lastActivity: ContinuousClock.Instant { buffer.lastActivity(of: number) }

  /// Wakes the reader with `idle`.
  package func wake() { buffer.noteIdleness(of: number) }

  package func leave() { buffer.detach(number) }
}

// MARK: State

private struct Chunk: Sendable {
  let value: Value
  /// How many bytes there are from the beginning of the stream to the end of this chunk.
  let end: Int
}

private struct Position: Sendable {
  /// The number of the chunk that was taken last.
  var taken: Int
  /// The number of the chunk that has left last.
  var delivered: Int
  var isIdle = false
  var lastActivity = ContinuousClock.now
}

private struct State: Sendable {
  var chunks = CircularBuffer<Chunk>()
  /// How many chunks are kept no longer, and their bytes.
  var dropped = 0
  var droppedBytes = 0
  var ending: StreamBuffer.End?
  var readers: [Int: Position] = [:]
  var nextReader = 0
  /// The number of the last chunk that somebody has got.
  var delivered = 0
  /// When a chunk or a reader came or went last.
  var lastChange = ContinuousClock.now

  var firstID: Int { dropped + 1 }
  var lastID: Int { dropped + chunks.count }

  subscript(id: Int) -> Chunk { chunks[chunks.index(chunks.startIndex, offsetBy: id - firstID)] }

  /// How many bytes there are up to the end of a chunk.
  func end(of id: Int) -> Int { id < firstID ? droppedBytes : self[id].end }

  /// How many bytes the slowest reader has not got.
  var unread: Int { end(of: lastID) - end(of: slowest) }

  /// The number of the chunk that everybody has got.
  var slowest: Int { readers.values.map(\.delivered).min() ?? delivered }

  /// Drops what everybody has got, from the oldest, until the rest fits.
  mutating func trim(to capacity: Int) {
    let slowest = slowest
    while firstID <= slowest, end(of: lastID) - droppedBytes > capacity, let first = chunks.popFirst() {
      dropped += 1
      droppedBytes = first.end
    }
  }
}
