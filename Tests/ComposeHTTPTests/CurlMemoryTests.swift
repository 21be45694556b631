import ComposeHTTP
import ComposeTestSupport
import Testing

/// Sizes that do not fit, in processes of their own, where nobody else takes memory or descriptors.
@Suite(.timeLimit(.minutes(15)), .serialized) struct CurlMemoryTests {
  @Test func `a large answer passes through`() async throws {
    try await withTemporaryFolder { folder in
      try Files.makeSparseFile(folder.path + "/large", 1 << 28)
      try await withNginx(NginxSite(folder, configuration: "")) { peer in
        await #expect(processExitsWith: .success) { [url = peer.url("/large") as String] in
          let transport = CurlTransport()
          _ = try await transport.text(get(url.replacing("large", with: "nothing")))
          let before = ProcessState.peakMemory
          let response = try await transport.send(get(url))
          var count = 0
          while let chunk = try await response.body.next() { count += chunk.count }
          try expectEqual(count, 1 << 28)
          try expectLess(ProcessState.peakMemory - before, 8 << 20)
        }
      }
    }
  }

  @Test func `a large body passes through`() async throws {
    try await withPython(.aiohttp) { peer in
      await #expect(processExitsWith: .success) { [url = peer.url("/count") as String] in
        let transport = CurlTransport()
        _ = try await transport.text(get(url))
        let before = ProcessState.peakMemory
        for isAnnounced in [true, false] {
          let body = UploadSource().zeros(1 << 27, announced: isAnnounced)
          try expectEqual(try await transport.text(upload(url, body)), "\(1 << 27)")
        }
        try expectLess(ProcessState.peakMemory - before, 8 << 20)
      }
    }
  }

  @Test func `an answer that unpacks to a thousand times its size`() async throws {
    try await withPython(.aiohttp) { peer in
      await #expect(processExitsWith: .success) { [url = peer.url("/bomb/\(1 << 27)") as String] in
        let transport = CurlTransport()
        let before = ProcessState.peakMemory
        let response = try await transport.send(get(url))
        var count = 0
        while let chunk = try await response.body.next() { count += chunk.count }
        try expectEqual(count, 1 << 27)
        // What one read unpacks to, and the growth of the buffer that keeps it.
        try expectLess(ProcessState.peakMemory - before, 64 << 20)
      }
    }
  }

  @Test func `an answer that unpacks to more than can be held`() async throws {
    await #expect(processExitsWith: .success) {
      // Zstandard (RFC 8878): blocks of 4 bytes, each of which stands for 128 KiB of the same byte.
      let block: [UInt8] = [0x02, 0x00, 0x10, 0x00]
      let frame: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x38] + Array(repeatElement(block, count: 16_000).joined())
      let server = try TestServer { connection in
        _ = connection.readRequest()
        connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\nContent-Length: \(frame.count)\r\n\r\n")
        connection.send(frame)
        connection.waitForClose()
      }
      let error = await CurlTransport().failure(get(server.url()))
      try expectEqual(error?.kind, .bodyTooLarge)
      try expectLess(ProcessState.peakMemory, 160 << 20)
    }
  }

  @Test func `500 exchanges leave nothing behind`() async throws {
    try await withPython(.aiohttp) { peer in
      await #expect(processExitsWith: .success) { [url = peer.url() as String] in
        let transport = CurlTransport()
        func exchange(_ number: Int) async throws {
          switch number % 5 {
          case 0: _ = try await transport.text(get(url + "echo"))
          case 1: _ = try await transport.text(upload(url + "count", UploadSource().zeros(100_000)))
          case 2: _ = try await transport.send(get(url + "bytes/10000000"))
          case 3: _ = await transport.failure(upload(url + "refuse", UploadSource().zeros(10_000_000)))
          default: _ = await transport.failure(upload(url + "count", UploadSource().body(["too short"], length: 10)))
          }
        }
        let inherited = ProcessState.sockets.count
        for number in 0..<20 { try await exchange(number) }
        // The sockets of exchanges that were given up are closed by another thread.
        try await eventually { ProcessState.sockets.count - inherited <= 4 }
        let before = (ProcessState.descriptors, ProcessState.threads)
        for number in 0..<500 { try await exchange(number) }
        try await eventually { ProcessState.descriptors <= before.0 + 2 }
        try expectLess(ProcessState.threads, before.1 + 3)
        try expectEqual(ProcessState.transferThreads, 1)
      }
    }
  }
}
