import Testing

@testable import ComposeHTTP

@Suite struct HTTPRequestTests {
  @Test(arguments: [
    ("http://example.com", "example.com:80", false),
    ("HTTPS://Example.COM/a?b#c", "example.com:443", false),
    ("http://user:secret@host:8080/x", "host:8080", false),
    ("http://[::1]:81/", "[::1]:81", true),
    ("http://127.0.0.2?x", "127.0.0.2:80", true),
    ("http://127.example.com/", "127.example.com:80", false),
    ("http://localhost:1/@x", "localhost:1", true),
  ])
  func `whom a URL names`(_ url: String, _ hostAndPort: String, _ isLoopback: Bool) throws {
    let origin = try HTTPOrigin(url: url)
    #expect(origin.hostAndPort == hostAndPort)
    #expect(origin.isLoopback == isLoopback)
  }

  @Test(arguments: [
    "", "example.com", "/path", "file:///etc/passwd", "ftp://host/", "http://", "http:///path", "http://:80/",
    "http://host:99999/", "http://host:x/", "http://a b/", "http://host/\r\nX: y", "http://a\\@b/", "http://a@b@c/",
  ])
  func `URLs that are refused`(_ url: String) {
    let error = #expect(throws: HTTPError.self) { try HTTPOrigin(url: url) }
    #expect(error?.kind == .invalidURL)
  }

  @Test(arguments: [
    HTTPRequest(method: "GET /x HTTP/1.1\r\nHost: y\r\n\r\nGET", url: "http://host/"),
    HTTPRequest(method: "", url: "http://host/"),
    HTTPRequest(method: "GET", url: "http://host/", headers: [HTTPField("X-A", "v\r\nX-B: w")]),
    HTTPRequest(method: "GET", url: "http://host/", headers: [HTTPField("X-A", "v\nw")]),
    HTTPRequest(method: "GET", url: "http://host/", headers: [HTTPField("X-A", "v\u{0}w")]),
    HTTPRequest(method: "GET", url: "http://host/", headers: [HTTPField("X-A: v\r\nX-B", "w")]),
    HTTPRequest(method: "GET", url: "http://host/", headers: [HTTPField("X A", "v")]),
    HTTPRequest(method: "GET", url: "http://host/", headers: [HTTPField("", "v")]),
  ])
  func `nothing starts a line of its own`(_ request: HTTPRequest) async {
    let error = await CurlTransport().failure(request)
    #expect(error?.kind == .invalidRequest)
    #expect(error?.message.contains(where: \.isNewline) == false)
  }

  @Test func `text of any language is a value`() throws {
    try HTTPRequest(method: "GET", url: "http://host/", headers: [HTTPField("X-A", "값 é\t1")]).checked()
  }

  // MARK: Redirects

  private let post = HTTPRequest(
    method: "POST", url: "https://one.example/a",
    headers: [
      HTTPField("Authorization", "Bearer k"), HTTPField("x-api-key", "k"), HTTPField("Content-Type", "text/plain"),
      HTTPField("Accept", "*/*"),
    ], body: [1] as [UInt8])

  @Test(arguments: [(301, "GET"), (302, "GET"), (303, "GET"), (307, "POST"), (308, "POST")])
  func `a redirect keeps or changes the method`(_ status: Int, _ method: String) throws {
    let next = try post.redirected(status: status, to: "https://one.example/b")
    #expect(next.method == method)
    #expect(next.body?.bytes == (method == "POST" ? [1] : nil))
    #expect(next.hasHeader("content-type") == (method == "POST"))
    #expect(next.hasHeader("authorization") && next.hasHeader("x-api-key"))
  }

  @Test(arguments: ["https://two.example/", "https://one.example:444/", "https://one.example.evil/"])
  func `keys go to nobody else`(_ location: String) throws {
    let next = try post.redirected(status: 307, to: location)
    #expect(next.headers.map(\.name) == ["Content-Type", "Accept"])
  }

  @Test func `keys follow a host from http to https`() throws {
    var plain = post
    plain.url = "http://one.example/"
    #expect(try plain.redirected(status: 307, to: "https://one.example/").hasHeader("authorization"))
    #expect(try !plain.redirected(status: 307, to: "https://one.example:8443/").hasHeader("authorization"))
  }

  @Test(arguments: ["http://one.example/", "file:///etc/passwd", "ftp://one.example/"])
  func `redirects that are refused`(_ location: String) {
    let error = #expect(throws: HTTPError.self) { try post.redirected(status: 307, to: location) }
    #expect(error?.kind == .redirect)
  }
}
