import ComposeRuntime
import Synchronization

/// Values in the memory of the program: they are gone when it ends. There is no limit to how many there are.
final class MemoryStore: KeyValueBackend {
  private struct State {
    var entries: [MemoryKey: Entry] = [:]
    /// When entries that are over are looked for next.
    var purge: MonotonicInstant?

    /// Null when there is none, or when it is over.
    func value(of key: Value, at now: MonotonicInstant) -> Value {
      guard let entry = entries[MemoryKey(key)], !entry.isOver(at: now) else { return .null }
      return entry.value
    }
  }

  private let state = Mutex(State())

  /// How often entries that are over are given up though nobody asks for them, in seconds.
  private static let purgeInterval = 60.0

  func open() async throws(RuntimeError) {}

  func perform(_ request: KeyValueRequest, on clock: any RunClock) async throws(RuntimeError) -> [Value] {
    let now = clock.now
    // What is kept can be asked for several times.
    let request = try request.mapValues { (value) throws(RuntimeError) in
      if value.containsStream { throw .wrongKind("a stream cannot be kept in a store; keep what is read from it") }
      return try value.keepingBytes()
    }
    return state.withLock { state in
      switch request {
      case .get(let keys): keys.map { state.value(of: $0, at: now) }
      case .exists(let keys): keys.map { .boolean(!state.value(of: $0, at: now).isNull) }
      case .delete(let keys):
        keys.map { key in
          let isPresent = !state.value(of: key, at: now).isNull
          state.entries[MemoryKey(key)] = nil
          return .boolean(isPresent)
        }
      case .set(let pairs, let seconds): set(pairs, seconds, &state, now)
      }
    }
  }

  func close() async { state.withLock { $0 = State() } }

  private func set(
    _ pairs: [KeyValueRequest.Pair], _ seconds: Double?, _ state: inout State, _ now: MonotonicInstant
  ) -> [Value] {
    if state.purge.map({ $0 <= now }) ?? true {
      state.entries = state.entries.filter { !$0.value.isOver(at: now) }
      state.purge = now.advanced(seconds: Self.purgeInterval)
    }
    let end = seconds.map { now.advanced(seconds: $0) }
    for pair in pairs { state.entries[MemoryKey(pair.key)] = Entry(value: pair.value, end: end) }
    return pairs.map { _ in .boolean(true) }
  }
}

private struct Entry {
  let value: Value
  let end: MonotonicInstant?

  func isOver(at now: MonotonicInstant) -> Bool { end.map { $0 <= now } ?? false }
}

/// A key as Python compares them: texts by their code points, numbers by their amount, so that `1`, `1.0` and `true`
/// are one key.
private enum MemoryKey: Hashable {
  case null
  case integer(Int)
  case bigInteger(String)
  case number(Double)
  case text([UInt8])
  case bytes([UInt8])

  init(_ value: Value) {
    switch value {
    case .boolean(let value): self = .integer(value ? 1 : 0)
    case .integer(let value): self = .integer(value)
    case .bigInteger(let digits): self = .bigInteger(digits)
    case .number(let value): self = Int(exactly: value).map(Self.integer) ?? .number(value)
    case .text(let text): self = .text(Array(text.utf8))
    case .bytes(let bytes): self = .bytes(bytes)
    case .null, .list, .object, .stream, .resource: self = .null
    }
  }
}
