import ComposeHTTP
import ComposeRuntime
import Synchronization

/// Bytes that are read while they are sent: a resource, a stream, or several of them one after the other.
struct Upload: Sendable {
  /// In bytes; `nil` when nobody knows before the end.
  let length: Int?
  /// Whether every opening gives the same bytes.
  let isRepeatable: Bool
  let open: @Sendable () async throws(RuntimeError) -> ResourceReader

  init(
    length: Int?, isRepeatable: Bool, open: @escaping @Sendable () async throws(RuntimeError) -> ResourceReader
  ) {
    self.length = length
    self.isRepeatable = isRepeatable
    self.open = open
  }

  /// - Parameter opened: a reading that has begun already, which the first opening gets.
  init(_ resource: Resource, opened: ResourceReader? = nil) {
    let first = OneValue(opened)
    self.init(length: resource.source.length, isRepeatable: resource.source.isRepeatable) {
      () async throws(RuntimeError) in
      if let reader = first.take() { return reader }
      return try await resource.open()
    }
  }

  /// The resource behind a head that is made of what its opening tells.
  init(_ resource: Resource, head: @escaping @Sendable (ResourceReader) -> [UInt8]) {
    self.init(length: nil, isRepeatable: resource.source.isRepeatable) { () async throws(RuntimeError) in
      let reader = try await resource.open()
      let head = OneValue(head(reader))
      return ResourceReader(
        next: { () async throws(RuntimeError) in
          if let head = head.take() { return head }
          return try await reader.next()
        },
        cancel: { reader.cancel() })
    }
  }

  init(_ bytes: [UInt8]) {
    self.init(length: bytes.count, isRepeatable: true) { () async throws(RuntimeError) in ResourceReader(bytes) }
  }

  /// The chunks of a stream, which is claimed: texts in UTF-8, bytes as they are; null is nothing.
  ///
  /// - Throws: a `value` error when somebody else reads the stream already. Any other chunk fails the reading.
  init(_ stream: ValueStream) throws(RuntimeError) {
    try stream.take()
    let once = OneValue(stream)
    self.init(length: nil, isRepeatable: false) { () async throws(RuntimeError) in
      guard let stream = once.take() else {
        throw RuntimeError(.value, "a stream can be sent once, and this one was sent already")
      }
      return ResourceReader(
        next: { () async throws(RuntimeError) in
          while let chunk = try await stream.next() {
            switch chunk {
            case .null: continue
            case .text(let text): return Array(text.utf8)
            case .bytes(let bytes): return bytes
            default:
              throw RuntimeError(
                .value, "a chunk of the stream is \(chunk.kindName), and only text and bytes can be sent piece by piece"
              )
            }
          }
          return nil
        },
        cancel: { stream.cancel() })
    }
  }

  /// The parts one after the other; each is opened when the one before has ended.
  init(joining parts: [Upload]) {
    let lengths = parts.compactMap(\.length)
    self.init(
      length: lengths.count == parts.count ? lengths.reduce(0, +) : nil,
      isRepeatable: parts.allSatisfy(\.isRepeatable)
    ) { () async throws(RuntimeError) in
      let reading = JoinedReading(parts)
      return ResourceReader(
        next: { () async throws(RuntimeError) in try await reading.next() }, cancel: { reading.cancel() })
    }
  }
}

/// Where the reading of several uploads stands.
private final class JoinedReading: Sendable {
  private struct State {
    var rest: ArraySlice<Upload>
    var reader: ResourceReader?
    var isCancelled = false
  }

  private let state: Mutex<State>

  init(_ parts: [Upload]) { state = Mutex(State(rest: parts[...])) }

  func next() async throws(RuntimeError) -> [UInt8]? {
    while true {
      if let reader = state.withLock({ $0.reader }) {
        if let bytes = try await reader.next() { return bytes }
        state.withLock { $0.reader = nil }
      }
      guard let part = state.withLock({ $0.isCancelled ? nil : $0.rest.popFirst() }) else { return nil }
      let reader = try await part.open()
      let isCancelled = state.withLock { state in
        state.reader = reader
        return state.isCancelled
      }
      if isCancelled { reader.cancel() }
    }
  }

  func cancel() {
    let reader = state.withLock { state in
      state.isCancelled = true
      return state.reader
    }
    reader?.cancel()
  }
}

/// Why the source of a body could not be read, behind the transport's own words for it.
final class SourceFailure: Sendable {
  private let error = Mutex<RuntimeError?>(nil)

  /// `nil` when nothing went wrong with the source.
  var value: RuntimeError? { error.withLock { $0 } }

  fileprivate func note(_ error: RuntimeError) -> HTTPError {
    self.error.withLock { $0 = $0 ?? error }
    return HTTPError(error.code == .cancelled ? .cancelled : .invalidRequest, error.message)
  }
}

extension Resource {
  /// Whether its content type is known only when it has been opened, as that of a URL.
  var hasToBeOpenedForItsType: Bool { contentType == Resource.unknownContentType && source.length == nil }
}

extension HTTPBody {
  /// - Parameter failure: is told when the source cannot be read.
  init(_ upload: Upload, failure: SourceFailure) {
    self = .stream(
      HTTPBodyStream(length: upload.length, isRepeatable: upload.isRepeatable) { () async throws(HTTPError) in
        do throws(RuntimeError) {
          let reader = try await upload.open()
          return HTTPBodyReader(
            next: { () async throws(HTTPError) in
              do throws(RuntimeError) { return try await reader.next() } catch { throw failure.note(error) }
            },
            cancel: { reader.cancel() })
        } catch {
          throw failure.note(error)
        }
      })
  }
}
