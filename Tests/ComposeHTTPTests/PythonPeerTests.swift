import ComposeHTTP
import ComposeTestSupport
import Foundation
import Testing

/// Against servers in Python: aiohttp, and the one of Python's library.
@Suite(.timeLimit(.minutes(15))) struct PythonPeerTests {
  private let transport = CurlTransport()

  /// What aiohttp's `/echo` tells of a request.
  private struct Echo: Decodable {
    let method: String
    let version: String
    let headers: [String: String]
    let bytes: Int
    let sha256: String
  }

  private func echo(_ request: HTTPRequest) async throws -> Echo {
    let response = try await transport.send(request)
    return try JSONDecoder().decode(Echo.self, from: Data(try await response.body.collect(upTo: 1 << 20)))
  }

  @Test func `aiohttp understands each way to send a body`() async throws {
    try await withPython(.aiohttp) { peer in
      let source = UploadSource()
      // Of a million zeros.
      let sum = "d29751f2649b32ff572b5e0a9f541ea660a50f94ff0beedfb0b692b924cc8025"
      let bodies: [HTTPBody] = [
        .bytes([UInt8](repeating: 0, count: 1_000_000)), source.zeros(1_000_000),
        source.zeros(1_000_000, announced: false),
      ]
      for (index, body) in bodies.enumerated() {
        let echo = try await echo(upload(peer.url("/echo"), body, method: "PUT"))
        #expect(echo.method == "PUT" && echo.version == "1.1")
        #expect(echo.bytes == 1_000_000)
        #expect(echo.sha256 == sum)
        #expect(echo.headers["content-length"] == (index < 2 ? "1000000" : nil))
        #expect(echo.headers["transfer-encoding"] == (index < 2 ? nil : "chunked"))
      }
      let refused = try await transport.send(upload(peer.url("/refuse"), source.zeros(1 << 30)))
      #expect(refused.status == 413)
      #expect(try await refused.body.nextText() == "too large")
    }
  }

  @Test(arguments: [301, 302, 303, 307, 308])
  func `no credentials reach another host`(_ status: Int) async throws {
    try await withPython(.aiohttp) { other in
      try await withPython(.aiohttp) { peer in
        let secrets = [
          HTTPField("Authorization", "Bearer s3cret"), HTTPField("Cookie", "session=s3cret"),
          HTTPField("X-Api-Key", "s3cret"), HTTPField("Api-Key", "s3cret"), HTTPField("X-Goog-Api-Key", "s3cret"),
        ]
        for target in [
          peer.url("/echo"), other.url("/echo"), other.url("/echo").replacing("127.0.0.1", with: "localhost"),
        ] {
          let first = peer.url("/to?status=\(status)&url=\(target)")
          let request = HTTPRequest(method: "GET", url: first, headers: secrets + [HTTPField("Accept", "text/x-mine")])
          let echo = try await echo(request)
          #expect(echo.headers.values.contains { $0.contains("s3cret") } == (target == peer.url("/echo")))
          #expect(echo.headers["accept"] == "text/x-mine")
        }
        // Credentials that stand in the URL are those of its host.
        let url = "http://user:s3cret@127.0.0.1:\(other.port)/to?url=\(peer.url("/echo"))"
        #expect(try await echo(get(url)).headers["authorization"] == nil)
        let own = try await echo(get(peer.url("/echo").replacing("http://", with: "http://user:s3cret@")))
        #expect(own.headers["authorization"] == "Basic dXNlcjpzM2NyZXQ=")
      }
    }
  }

  @Test func `a header cannot carry another`() async throws {
    try await withPython(.aiohttp) { peer in
      for value in ["a\r\nX-Injected: yes", "a\nX-Injected: yes", "a\rX-Injected: yes", "a\u{0}b"] {
        let request = HTTPRequest(method: "GET", url: peer.url("/echo"), headers: [HTTPField("X-Name", value)])
        #expect(await transport.failure(request)?.kind == .invalidRequest)
      }
      for url in [peer.url("/echo\r\nX-Injected: yes"), peer.url("/echo x")] {
        #expect(await transport.failure(get(url))?.kind == .invalidURL)
      }
      let echo = try await echo(
        HTTPRequest(method: "GET", url: peer.url("/echo"), headers: [HTTPField("X-Name", "a: b, \"c\"; d=é")]))
      #expect(echo.headers["x-name"] == "a: b, \"c\"; d=é")
    }
  }

  @Test func `the server of Python's library`() async throws {
    try await withTemporaryFolder { folder in
      try folder.write("a file", to: "file.txt")
      try await withPython(.standard, [folder.path]) { peer in
        let file = try await transport.send(get(peer.url("/file.txt")))
        #expect(file.header("content-type") == "text/plain")
        #expect(try await file.body.nextText() == "a file")
        #expect(try await transport.send(get(peer.url("/none"))).status == 404)
        for (length, announced) in [(10, true), (3_000_000, true), (3_000_000, false)] {
          let text = try await transport.text(upload(peer.url(), UploadSource().zeros(length, announced: announced)))
          #expect(text == "{\"method\": \"POST\", \"bytes\": \(length)}")
        }
      }
    }
  }
}
