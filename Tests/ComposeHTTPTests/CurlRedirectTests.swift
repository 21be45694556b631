import ComposeHTTP
import Testing

@Suite(.timeLimit(.minutes(15))) struct CurlRedirectTests {
  private let transport = CurlTransport()

  @Test(arguments: [(301, "GET "), (302, "GET "), (303, "GET "), (307, "POST hello"), (308, "POST hello")])
  func `a redirect is followed`(_ status: Int, _ expected: String) async throws {
    let server = try TestServer.answering { request in
      request.path == "/old"
        ? plainAnswer("not this", status: "\(status) Moved", headers: ["Location: new?x"])
        : plainAnswer("\(request.method) \(String(decoding: request.body, as: UTF8.self))", headers: ["X-At: here"])
    }
    let response = try await transport.send(
      HTTPRequest(method: "POST", url: server.url("/old"), body: Array("hello".utf8)))
    #expect(response.status == 200)
    #expect(response.header("x-at") == "here" && response.header("location") == nil)
    #expect(try await response.body.nextText() == expected)
  }

  @Test(arguments: [5, 6])
  func `five redirects, not six`(_ redirects: Int) async throws {
    let server = try TestServer.answering { request in
      let number = Int(request.path.dropFirst()) ?? 0
      return number == 0
        ? plainAnswer("end") : plainAnswer("", status: "302 Found", headers: ["Location: /\(number - 1)"])
    }
    if redirects == 5 {
      #expect(try await transport.text(get(server.url("/5"))) == "end")
    } else {
      #expect(await transport.failure(get(server.url("/6")))?.kind == .redirect)
    }
  }

  @Test(arguments: ["file:///etc/hostname", "ftp://127.0.0.1/", "http://127.0.0.1:99999/"])
  func `a redirect leads to http and https only`(_ location: String) async throws {
    let server = try TestServer.answering { _ in
      plainAnswer("", status: "302 Found", headers: ["Location: \(location)"])
    }
    #expect(await transport.failure(get(server.url()))?.kind == .redirect)
  }

  @Test(arguments: ["same origin", "other port", "other host"])
  func `keys stay with their origin`(_ target: String) async throws {
    let other = try TestServer.answering { plainAnswer($0.headerLines.joined(separator: "\n")) }
    let server = try TestServer.answering { request in
      guard request.path == "/old" else { return plainAnswer(request.headerLines.joined(separator: "\n")) }
      let location =
        switch target {
        case "same origin": "/new"
        case "other port": other.url()
        default: other.url(host: "localhost")
        }
      return plainAnswer("", status: "307 Moved", headers: ["Location: \(location)"])
    }
    let url = server.url("/old").replacing("http://", with: "http://user:password@")
    let withCredentials = target == "other host" ? url : server.url("/old")
    let authorization = target == "other host" ? [] : [HTTPField("Authorization", "Bearer secret")]
    let text = try await transport.text(
      HTTPRequest(method: "GET", url: withCredentials, headers: authorization + [HTTPField("X-API-Key", "secret")]))
    #expect(text.contains("Authorization") == (target == "same origin"))
    #expect(text.contains("secret") == (target == "same origin"))
  }
}
