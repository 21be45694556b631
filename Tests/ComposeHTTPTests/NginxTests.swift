import ComposeHTTP
import ComposeTestSupport
import Testing

/// Against nginx: TLS, HTTP/2, compression, uploads.
@Suite(.timeLimit(.minutes(15))) struct NginxTests {
  /// Says how a request came: the protocol, and the number of the connection and of the request on it.
  private static let status = """
    location /status { return 200 "$server_protocol $connection $connection_requests"; }
    add_header X-Connection $connection always;
    """

  /// A secure nginx with a certificate of an authority that the transport trusts.
  private func withSecureNginx(
    _ configuration: String = "", offersHTTP2: Bool = true,
    body: (Peer, CurlTransport, TemporaryFolder) async throws -> Void
  ) async throws {
    try await withTemporaryFolder { folder in
      let certificates = try await TestCertificates(folder)
      var site = NginxSite(
        folder, certificate: try await certificates.leaf(), configuration: Self.status + "\n" + configuration)
      site.offersHTTP2 = offersHTTP2
      try await withNginx(site) { peer in
        try await body(peer, CurlTransport(caFile: certificates.authority), folder)
      }
    }
  }

  @Test(arguments: [true, false])
  func `the server chooses the version, and the connection is kept`(_ offersHTTP2: Bool) async throws {
    try await withSecureNginx(offersHTTP2: offersHTTP2) { peer, transport, _ in
      var answers: [[Substring]] = []
      for _ in 0..<3 {
        answers.append(try await transport.text(get(peer.secureURL("/status"))).split(separator: " "))
      }
      #expect(answers.allSatisfy { $0[0] == (offersHTTP2 ? "HTTP/2.0" : "HTTP/1.1") })
      #expect(answers.map { $0[2] } == ["1", "2", "3"])
      #expect(Set(answers.map { $0[1] }).count == 1)
    }
  }

  @Test func `an answer whose reader rests holds up nobody else`() async throws {
    try await withSecureNginx { peer, transport, folder in
      try Files.makeSparseFile(folder.path + "/large", 64 << 20)
      let large = try await transport.send(get(peer.secureURL("/large")))
      _ = try await large.body.next()
      let small = try await transport.send(get(peer.secureURL("/status")))
      #expect(try await small.body.nextText()?.hasPrefix("HTTP/2.0 ") == true)
      // Otherwise what is held of the one would have to be kept in memory for the sake of the other.
      #expect(large.header("x-connection") != small.header("x-connection"))
      large.body.cancel()
    }
  }

  @Test func `many at once, and the connections are used again`() async throws {
    try await withSecureNginx { peer, transport, _ in
      func connections() async throws -> Set<Substring> {
        try await withThrowingTaskGroup(of: String.self) { group in
          for _ in 0..<60 { group.addTask { try await transport.text(get(peer.secureURL("/status"))) } }
          return try await group.reduce(into: []) { $0.insert($1.split(separator: " ")[1]) }
        }
      }
      let first = try await connections()
      let second = try await connections()
      #expect(second.isSubset(of: first))
    }
  }

  @Test(arguments: [true, false])
  func `a connection that takes no more requests fails none`(_ offersHTTP2: Bool) async throws {
    try await withSecureNginx("keepalive_requests 3;", offersHTTP2: offersHTTP2) { peer, transport, _ in
      for number in 0..<20 {
        let body = HTTPBody.bytes([UInt8](repeating: 0, count: number))
        let text = try await transport.text(upload(peer.secureURL("/status"), body))
        #expect(text.hasPrefix("HTTP/"))
        _ = try await transport.text(get(peer.secureURL("/status")))
      }
    }
  }

  @Test(arguments: [true, false], [true, false])
  func `a streamed upload arrives whole`(_ offersHTTP2: Bool, _ isAnnounced: Bool) async throws {
    let configuration = "location /store/ { dav_methods PUT; }"
    try await withSecureNginx(configuration, offersHTTP2: offersHTTP2) { peer, transport, folder in
      try Files.makeFolder(folder.path + "/store")
      let piece = (0..<50_000).map { UInt8(truncatingIfNeeded: $0 % 253) }
      let source = UploadSource()
      let body = source.body(length: isAnnounced ? 2_500_000 : nil) { number in
        // Some pieces are there at once, others are not.
        if number.isMultiple(of: 7) { await Task.yield() }
        return number < 50 ? piece : nil
      }
      let response = try await transport.send(upload(peer.secureURL("/store/file"), body, method: "PUT"))
      #expect(response.status == 201)
      #expect(try await response.body.collect(upTo: 1000).isEmpty)
      let stored = try Files.read(folder.path + "/store/file")
      #expect(stored.count == 2_500_000)
      #expect(stored == Array(repeatElement(piece, count: 50).joined()))
    }
  }

  @Test(arguments: [true, false])
  func `a refusal during the upload wins`(_ offersHTTP2: Bool) async throws {
    // A server that closes at once resets the connection, and the answer may be lost with it: over TLS nobody can help
    // that. This one reads on until the client has stopped.
    let lingering = "lingering_close always; lingering_time 600s; lingering_timeout 600s;"
    let configuration = "location /store/ { dav_methods PUT; client_max_body_size 1m; \(lingering) }"
    try await withSecureNginx(configuration, offersHTTP2: offersHTTP2) { peer, transport, _ in
      let source = UploadSource()
      for isAnnounced in [true, false] {
        let body = source.zeros(1 << 30, announced: isAnnounced)
        let response = try await transport.send(upload(peer.secureURL("/store/file"), body, method: "PUT"))
        #expect(response.status == 413)
        #expect(try await response.body.collect(upTo: 10_000).isEmpty == false)
      }
      #expect(source.produced < 1 << 30)
      #expect(try await transport.text(get(peer.secureURL("/status"))).isEmpty == false)
    }
  }

  @Test func `compressed answers are unpacked`() async throws {
    let text = String(repeating: "All work and no play makes Jack a dull boy.\n", count: 1000)
    try await withSecureNginx("gzip on; gzip_types text/plain;") { peer, transport, folder in
      try folder.write(text, to: "text")
      let response = try await transport.send(get(peer.secureURL("/text")))
      #expect(response.header("content-encoding") == "gzip")
      #expect(try await response.body.collect(upTo: 1 << 20) == Array(text.utf8))
    }
  }

  @Test func `the server dies in mid-answer`() async throws {
    try await withSecureNginx("location /large { limit_rate 100k; }") { peer, transport, folder in
      try Files.makeSparseFile(folder.path + "/large", 64 << 20)
      let response = try await transport.send(get(peer.secureURL("/large")))
      _ = try await response.body.next()
      peer.program.end()
      #expect(await response.body.failureKind() == .connectionLost)
      // Its first process listens, too.
      _ = try await peer.program.waitForExit()
      #expect(await transport.failure(get(peer.secureURL("/status")))?.kind == .refused)
    }
  }

  @Test func `a redirect from https to http is refused`() async throws {
    try await withSecureNginx("location /away { return 302 http://127.0.0.1:1/; }") { peer, transport, _ in
      let error = await transport.failure(get(peer.secureURL("/away")))
      #expect(error?.kind == .redirect)
      #expect(error?.message.contains("redirects from https to unencrypted http") == true)
    }
  }
}
