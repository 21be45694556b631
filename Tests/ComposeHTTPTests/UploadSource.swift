import ComposeHTTP
import Synchronization

/// A body made up by a test, which watches how it is read.
final class UploadSource: Sendable {
  private struct State {
    var opened = 0
    var produced = 0
    var cancelled = false
  }

  private let state = Mutex(State())
  /// Somebody gave up reading it.
  let cancelled = Signal()

  /// How often it was opened.
  var opened: Int { state.withLock { $0.opened } }
  /// How many bytes it has given, of all readings.
  var produced: Int { state.withLock { $0.produced } }

  /// - Parameter next: gives the chunk of a number, from 0, and `nil` for the end.
  func body(
    length: Int?, isRepeatable: Bool = false, next: @escaping @Sendable (Int) async throws(HTTPError) -> [UInt8]?
  ) -> HTTPBody {
    .stream(
      HTTPBodyStream(length: length, isRepeatable: isRepeatable) { [self] () throws(HTTPError) in
        state.withLock { $0.opened += 1 }
        let number = Counter()
        return HTTPBodyReader(
          next: { [self] () async throws(HTTPError) in
            let chunk = try await next(number.next())
            state.withLock { $0.produced += chunk?.count ?? 0 }
            return chunk
          }, cancel: { [self] in cancelled.fire() })
      })
  }

  /// The texts, one after the other.
  func body(_ chunks: [String], length: Int?, isRepeatable: Bool = false) -> HTTPBody {
    body(length: length, isRepeatable: isRepeatable) { number in
      number < chunks.count ? Array(chunks[number].utf8) : nil
    }
  }

  /// Zeros in pieces of 64 KiB.
  func zeros(_ length: Int, announced: Bool = true, isRepeatable: Bool = false) -> HTTPBody {
    let piece = [UInt8](repeating: 0, count: 64 * 1024)
    return body(length: announced ? length : nil, isRepeatable: isRepeatable) { number in
      let rest = length - number * piece.count
      return rest <= 0 ? nil : rest >= piece.count ? piece : Array(piece.prefix(rest))
    }
  }
}

final class Counter: Sendable {
  private let value = Mutex(0)

  /// 0, then 1, and so on.
  func next() -> Int {
    value.withLock { value in
      defer { value += 1 }
      return value
    }
  }

  var count: Int { value.withLock { $0 } }
}

func upload(
  _ url: String, _ body: HTTPBody, method: String = "POST", timeouts: HTTPTimeouts = HTTPTimeouts()
) -> HTTPRequest {
  HTTPRequest(method: method, url: url, body: body, timeouts: timeouts)
}
