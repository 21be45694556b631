import ComposeHTTP
import ComposeTestSupport
import Glibc
import Testing

/// Through a real proxy, which the environment names. Each runs in a process of its own, for the environment's sake.
@Suite(.timeLimit(.minutes(15))) struct CurlProxyTests {
  @Test func `a plain request goes through the proxy`() async throws {
    try await withPython(.aiohttp) { server in
      try await withPython(.proxy, ["--password", "user:secret", "--to", "\(server.port)"]) { proxy in
        await #expect(processExitsWith: .success) { [port = proxy.port as Int] in
          forgetProxies()
          for variable in ["http_proxy", "all_proxy", "ALL_PROXY"] {
            setVariable(variable, "http://user:secret@127.0.0.1:\(port)")
            let text = try await CurlTransport().text(get("http://service.test/echo"))
            try expectEqual(text.contains("\"host\": \"service.test\""), true)
            // The password is for the proxy only.
            try expectEqual(text.contains("authorization"), false)
            unsetenv(variable)
          }
        }
        #expect(proxy.program.outputSoFar == String(repeating: "GET http://service.test/echo HTTP/1.1\n", count: 3))
      }
    }
  }

  @Test func `a secure request goes through a tunnel`() async throws {
    try await withTemporaryFolder { folder in
      let certificates = try await TestCertificates(folder)
      let leaf = try await certificates.leaf(["DNS:service.test"])
      let site = NginxSite(
        folder, certificate: leaf, configuration: "location / { return 200 \"$server_protocol $http_authorization\"; }")
      try await withNginx(site) { server in
        try await withPython(.proxy, ["--password", "user:secret", "--to", "\(server.port)"]) { proxy in
          await #expect(processExitsWith: .success) {
            [port = proxy.port as Int, authority = certificates.authority as String] in
            forgetProxies()
            setVariable("https_proxy", "http://user:secret@127.0.0.1:\(port)")
            let transport = CurlTransport(caFile: authority)
            try expectEqual(try await transport.text(get("https://service.test/")), "HTTP/2.0 ")
            // The certificate must be that of the server behind the proxy.
            let error = await transport.failure(get("https://other.test/"))
            try expectEqual(error?.kind, .tls)
          }
          #expect(
            proxy.program.outputSoFar == "CONNECT service.test:443 HTTP/1.1\nCONNECT other.test:443 HTTP/1.1\n")
        }
      }
    }
  }

  @Test func `no proxy stands before this machine, nor before the exceptions`() async throws {
    try await withPython(.aiohttp) { server in
      try await withPython(.proxy) { proxy in
        await #expect(processExitsWith: .success) { [port = proxy.port as Int, url = server.url("/echo") as String] in
          forgetProxies()
          setVariable("http_proxy", "http://127.0.0.1:\(port)")
          setVariable("no_proxy", "example.test,service.invalid")
          let transport = CurlTransport()
          _ = try await transport.text(get(url))
          _ = try await transport.text(get(url.replacing("127.0.0.1", with: "localhost")))
          let error = await transport.failure(get("http://service.invalid/"))
          try expectEqual(error?.kind, .unresolvedHost)
        }
        #expect(proxy.program.outputSoFar.isEmpty)
      }
    }
  }

  @Test func `a proxy that refuses or is not there is reported without its password`() async throws {
    try await withPython(.proxy, ["--password", "user:secret"]) { proxy in
      let (socket, deadPort) = try bindLoopback()
      defer { close(socket) }
      await #expect(processExitsWith: .success) { [port = proxy.port as Int, deadPort = Int(deadPort) as Int] in
        forgetProxies()
        setVariable("http_proxy", "http://user:wr0ng@127.0.0.1:\(port)")
        setVariable("https_proxy", "http://user:wr0ng@127.0.0.1:\(port)")
        let plain = try await CurlTransport().send(get("http://service.test/"))
        try expectEqual(plain.status, 407)
        let refused = await CurlTransport().failure(get("https://service.test/"))
        try expectEqual(
          refused, HTTPError(.refused, "the proxy on the way to service.test:443 refused with status 407"))
        for proxy in ["http://user:wr0ng@127.0.0.1:\(deadPort)", "http://user:wr0ng@proxy.invalid:1"] {
          setVariable("http_proxy", proxy)
          let error = await CurlTransport().failure(get("http://service.test/"))
          try expectEqual(error?.message.contains("proxy"), true)
          try expectEqual(error?.message.contains("wr0ng"), false)
        }
      }
    }
  }
}
