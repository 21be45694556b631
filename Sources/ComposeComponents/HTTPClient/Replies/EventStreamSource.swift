import ComposeHTTP
import ComposeRuntime
import Synchronization

/// Turns events of a streamed answer into values.
protocol EventReader: Sendable {
  /// Reads one event.
  ///
  /// - Throws: an error that ends the stream.
  func value(of event: Span<UInt8>, named name: String) throws(RuntimeError) -> EventOutcome

  /// What a chunk gives when its turn comes; `nil` when it gives nothing.
  ///
  /// - Throws: an error that ends the stream.
  func value(of chunk: Value) async throws(RuntimeError) -> Value?
}

/// What an event gives.
enum EventOutcome {
  /// A value of the stream.
  case value(Value)
  /// A chunk of which a value is made when the reader asks for it.
  case chunk(Value)
  /// The event is no value of the stream.
  case nothing
  /// The provider says that no more comes.
  case end
}

/// Pulls values out of a streamed body: bytes are read only when a value is asked for and none is left.
final class EventStreamSource<Reader: EventReader>: Sendable {
  private let body: ByteStream
  private let reader: Reader
  private let usage: UsageReader?
  private let state = Mutex(State())

  private enum Entry {
    case value(Value)
    case chunk(Value)
  }

  private struct State {
    var decoder = EventStreamDecoder()
    var values: [Entry] = []
    /// The first of `values` that was not handed over yet.
    var next = 0
    /// Why the stream ends behind the values that are left.
    var end: Result<Void, RuntimeError>?
    /// Whether the provider has said that it is done, while its answer may still be open.
    var isDone = false

    mutating func take() -> Entry? {
      guard next < values.count else {
        values.removeAll(keepingCapacity: true)
        next = 0
        return nil
      }
      defer { next += 1 }
      return values[next]
    }

    /// All values up to the first chunk that has to be worked on.
    mutating func takeReady() -> [Value] {
      var ready: [Value] = []
      ready.reserveCapacity(values.count - next)
      while next < values.count, case .value(let value) = values[next] {
        ready.append(value)
        next += 1
      }
      return ready
    }
  }

  /// - Parameter usage: looks into every event; `nil` when nobody wants to know.
  init(body: ByteStream, reader: Reader, usage: UsageReader? = nil) {
    self.body = body
    self.reader = reader
    self.usage = usage
  }

  /// The values as a stream.
  func stream(_ form: ValueStream.Form) -> Value {
    .stream(
      ValueStream(
        form, next: { () async throws(RuntimeError) in try await self.next() },
        ready: { self.state.withLock { $0.takeReady() } }, cancel: { self.body.cancel() }))
  }

  private func next() async throws(RuntimeError) -> Value? {
    while true {
      let (entry, end, isDone) = state.withLock { ($0.take(), $0.end, $0.isDone) }
      switch entry {
      case .value(let value)?: return value
      case .chunk(let chunk)?:
        if let value = try await made(of: chunk) { return value }
        continue
      case nil: break
      }
      if let end {
        try end.get()
        // The few bytes that close a finished answer are let pass, so that the connection can be used again.
        if isDone { body.leaveRest() }
        return nil
      }
      do throws(HTTPError) {
        guard let bytes = try await body.next() else {
          state.withLock { $0.end = .success(()) }
          continue
        }
        read(bytes)
      } catch {
        throw RuntimeError(error)
      }
    }
  }

  /// Not inlined: a stream whose chunks are read as they come would hold room for it.
  @inline(never)
  private func made(of chunk: Value) async throws(RuntimeError) -> Value? {
    do throws(RuntimeError) {
      return try await reader.value(of: chunk)
    } catch {
      body.cancel()
      throw error
    }
  }

  /// Decodes one piece into values.
  private func read(_ bytes: [UInt8]) {
    state.withLock { state in
      var values = state.values
      var end = state.end
      var isDone = false
      do throws(HTTPError) {
        try state.decoder.feed(bytes.span) { event, fields in
          guard end == nil else { return }
          usage?.read(event)
          do throws(RuntimeError) {
            switch try reader.value(of: event, named: fields.name) {
            case .value(let value): values.append(.value(value))
            case .chunk(let chunk): values.append(.chunk(chunk))
            case .nothing: break
            case .end:
              end = .success(())
              isDone = true
            }
          } catch {
            end = .failure(error)
          }
        }
      } catch {
        end = end ?? .failure(RuntimeError(error))
      }
      state.values = values
      state.end = end
      state.isDone = isDone
      if case .failure? = end { body.cancel() }
    }
  }
}
