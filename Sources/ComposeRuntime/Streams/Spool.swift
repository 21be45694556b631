import Synchronization

/// Writes a source into a file, and tells readers how far it is.
final class Spool: Sendable {
  private let source: any ResourceSource
  private let limit: Int
  private let folder: String
  private let state = Mutex(State())

  private struct State {
    var writer: Task<Void, Never>?
    var hasBegun = false
    var isStopped = false
    /// What opening the source has told.
    var opened: (contentType: String?, filename: String?)?
    var file: SpoolFile?
    /// How many bytes are in the file.
    var count = 0
    var end: Result<Void, RuntimeError>?
    var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    var nextWaiter = 0
  }

  init(_ source: any ResourceSource, limit: Int, folder: String) {
    self.source = source
    self.limit = limit
    self.folder = folder
  }

  // MARK: Reading

  /// Begins to write, unless that was done before, and waits until the source is open.
  func opened() async throws(RuntimeError) -> (contentType: String?, filename: String?) {
    begin()
    while true {
      if Task.isCancelled { throw .cancelled }
      let (opened, end) = state.withLock { ($0.opened, $0.end) }
      if let opened { return opened }
      try end?.get()
      await wait { $0.opened != nil || $0.end != nil }
    }
  }

  /// How many bytes there are behind an offset, with the file; none are left when it is zero, and it is not known yet
  /// when it is `nil`.
  func available(at offset: Int) throws(RuntimeError) -> (file: SpoolFile, count: Int)? {
    let (file, count, end) = state.withLock { ($0.file, $0.count, $0.end) }
    if offset >= count {
      guard let end else { return nil }
      try end.get()
    }
    return file.map { ($0, count - offset) }
  }

  /// Ends when there are more bytes, none are to come, the reader has given up or its task is cancelled.
  func waitForMore(than offset: Int, unless isGivenUp: () -> Bool) async {
    await wait { $0.count > offset || $0.end != nil || isGivenUp() }
  }

  func wakeReaders() {
    let readers = state.withLock { state in
      defer { state.waiting = [:] }
      return state.waiting.values
    }
    for reader in readers { reader.resume() }
  }

  /// Ends at the latest with the next change, whatever it is.
  private func wait(until condition: (State) -> Bool) async {
    let id = state.withLock { state in
      state.nextWaiter += 1
      return state.nextWaiter
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isWaiting = state.withLock { state in
          // Whoever is cancelled after this finds the continuation.
          if Task.isCancelled || condition(state) { return false }
          state.waiting[id] = continuation
          return true
        }
        if !isWaiting { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiting.removeValue(forKey: id) }?.resume()
    }
  }

  // MARK: Writing

  private func begin() {
    let isFirst = state.withLock { state in
      defer { state.hasBegun = true }
      return !state.hasBegun
    }
    guard isFirst else { return }
    let writer = Task { await self.write() }
    let isStopped = state.withLock { state in
      state.writer = writer
      return state.isStopped
    }
    if isStopped { writer.cancel() }
  }

  /// Nobody reads any more.
  func stop() {
    let writer = state.withLock { state in
      state.isStopped = true
      return state.writer
    }
    writer?.cancel()
  }

  private func write() async {
    let end: Result<Void, RuntimeError>
    do throws(RuntimeError) {
      let file = try SpoolFile(in: folder)
      let reader = try await source.open()
      state.withLock { state in
        state.file = file
        state.opened = (reader.contentType, reader.filename)
      }
      wakeReaders()
      end = await copy(reader, to: file)
    } catch {
      end = .failure(error)
    }
    state.withLock { $0.end = end }
    wakeReaders()
  }

  private func copy(_ reader: ResourceReader, to file: SpoolFile) async -> Result<Void, RuntimeError> {
    await withTaskCancellationHandler {
      do throws(RuntimeError) {
        var count = 0
        while let piece = try await reader.next() {
          if Task.isCancelled { throw .cancelled }
          guard piece.count <= limit - count else {
            throw RuntimeError(
              .protocolViolation, "the data are longer than \(limit >> 20) MiB, which is the most that 'spool' keeps")
          }
          try file.write(piece, at: count)
          count += piece.count
          let known = count
          state.withLock { $0.count = known }
          wakeReaders()
        }
        return .success(())
      } catch {
        reader.cancel()
        return .failure(error)
      }
    } onCancel: {
      reader.cancel()
    }
  }
}
