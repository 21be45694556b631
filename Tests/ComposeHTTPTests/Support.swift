import ComposeHTTP
import Glibc
import Testing

func get(_ url: String, timeouts: HTTPTimeouts = HTTPTimeouts()) -> HTTPRequest {
  HTTPRequest(method: "GET", url: url, timeouts: timeouts)
}

extension HTTPTransport {
  /// Sends a request and reads its whole answer as text.
  func text(_ request: HTTPRequest) async throws(HTTPError) -> String {
    let response = try await send(request)
    return String(decoding: try await response.body.collect(upTo: 1 << 30), as: UTF8.self)
  }

  /// The error of a request whose head or body has to fail.
  func failure(_ request: HTTPRequest) async -> HTTPError? {
    do throws(HTTPError) {
      _ = try await text(request)
      return nil
    } catch {
      return error
    }
  }
}

extension ByteStream {
  func nextText() async throws(HTTPError) -> String? {
    try await next().map { String(decoding: $0, as: UTF8.self) }
  }

  /// The kind of error that the rest of the stream ends with, if it does.
  func failureKind() async -> HTTPError.Kind? {
    do throws(HTTPError) {
      while try await next() != nil {}
      return nil
    } catch {
      return error.kind
    }
  }
}

// MARK: In a process of its own, where `#expect` is not seen

struct Difference: Error, CustomStringConvertible {
  let description: String
}

func expectEqual<Value: Equatable>(_ value: Value, _ expected: Value) throws {
  if value != expected { throw Difference(description: "\(value) is not \(expected)") }
}

func expectLess(_ value: Int, _ limit: Int) throws {
  if value >= limit { throw Difference(description: "\(value) is not less than \(limit)") }
}

func setVariable(_ name: String, _ value: String) {
  setenv(name, value, 1)
}

/// Whoever runs the tests may have set some.
func forgetProxies() {
  for name in ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"] {
    unsetenv(name)
  }
}
