import ComposeBasic
import ComposeComponents
import ComposeHTTP
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeSyntax
import Synchronization
import Testing

/// Replies and URLs as resources: read once, as they arrive, and let go when nobody wants them.
@Suite struct ReplyResourceTests {
  /// Answers every request with one reply, and says whether its body was given up.
  private final class OneReply: HTTPTransport {
    private let status: Int
    private let headers: [HTTPField]
    private let body: Mutex<ByteStream?>
    let writer: ByteStream.Writer

    init(_ status: Int = 200, _ headers: [HTTPField] = []) {
      self.status = status
      self.headers = headers
      let (stream, writer) = ByteStream.pipe(highWatermark: 4, lowWatermark: 0)
      self.body = Mutex(stream)
      self.writer = writer
    }

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
      let body = body.withLock { body in
        defer { body = nil }
        return body
      }
      guard let body else { throw HTTPError(.refused, "asked twice") }
      return HTTPResponse(status: status, headers: headers, body: body)
    }

    /// Whether the reader has gone; what is written is then refused.
    var isGivenUp: Bool {
      get async {
        do throws(HTTPError) {
          try await writer.write([0])
          return false
        } catch {
          return true
        }
      }
    }
  }

  private func run(_ transport: OneReply, output: String = "${response}") async throws -> Value {
    let file = """
      component: {type: http-client, action: {endpoint: "https://api.example.com/x", method: GET, output: "\(output)"}}
      workflow: {job: {input: "${input}"}}
      """
    var sources = SourceSet()
    sources.add(path: "test.yml", bytes: Array(file.utf8))
    let compilation = compile(sources.files, in: sources, environment: Environment(), catalog: .builtIn)
    let plan = try #require(compilation.plan, "\(compilation.diagnostics.sorted().map(\.message))")
    let workflow = try #require(plan.defaultWorkflow)
    let host = ComponentRegistry(services: Services(transport: transport, errorBodyTimeout: .seconds(600)))
    return try await Interpreter(plan: plan, host: host).run(workflow, input: .null, as: Run(id: "RUN"))
  }

  @Test(.timeLimit(.minutes(15)))
  func aReplyIsTheResultBeforeItsBodyIsThere() async throws {
    let reply = OneReply(200, [HTTPField("Content-Type", "video/mp4")])
    guard case .resource(let resource) = try await run(reply) else {
      Issue.record("no resource")
      return
    }
    #expect(resource.contentType == "video/mp4")
    let reader = try await resource.open()
    try await reply.writer.write([1, 2])
    #expect(try await reader.next() == [1, 2])
    reply.writer.finish()
    #expect(try await reader.next() == nil)
    await #expect(throws: RuntimeError.self) { try await resource.open() }
  }

  @Test(.timeLimit(.minutes(15)))
  func whatNobodyWantsIsGivenUp() async throws {
    let unread = OneReply(200, [HTTPField("Content-Type", "video/mp4")])
    _ = try await run(unread, output: "done")
    #expect(await unread.isGivenUp)

    let dropped = OneReply()
    do {
      guard case .resource(let resource) = try await run(dropped) else {
        Issue.record("no resource")
        return
      }
      #expect(resource.contentType == "application/octet-stream")
    }
    #expect(await dropped.isGivenUp)

    let cancelled = OneReply()
    guard case .resource(let resource) = try await run(cancelled) else { return }
    let stream = resource.pieces()
    try stream.take()
    try await cancelled.writer.write([1])
    _ = try await stream.next()
    stream.cancel()
    #expect(await cancelled.isGivenUp)
  }

  @Test(.timeLimit(.minutes(15)))
  func aLostBodyFailsTheReader() async throws {
    let reply = OneReply()
    guard case .resource(let resource) = try await run(reply) else {
      Issue.record("no resource")
      return
    }
    reply.writer.fail(HTTPError(.connectionLost, "the connection was lost"))
    await #expect {
      try await resource.bytes()
    } throws: { error in
      let error = error as? RuntimeError
      return error?.code == .connection && error?.job == "__job__" && error?.range != nil
    }
  }

  @Test(
    arguments: [
      (#"attachment; filename="a b.png""#, "a b.png"), ("attachment; filename=a.png", "a.png"),
      ("inline; x=1; FileName = a.png ; y=2", "a.png"), (#"attachment; filename="a\"b;c.png"; x"#, "a\"b;c.png"),
      ("attachment; filename*=UTF-8''%C3%A9.png; filename=e.png", "é.png"),
      ("attachment; filename=e.png; filename*=iso-8859-1''%E9.png", "e.png"),
      (#"attachment; filename="../../etc/x""#, "x"), (#"attachment; filename="C:\\d\\x.png""#, "x.png"),
      ("attachment; filename=..", nil), ("attachment", nil), ("attachment; filename=", nil), ("", nil),
    ] as [(String, String?)])
  func theProposedName(_ header: String, _ expected: String?) async throws {
    let reply = OneReply(200, [HTTPField("Content-Disposition", header)])
    guard case .resource(let resource) = try await run(reply) else {
      Issue.record("no resource")
      return
    }
    #expect(resource.filename == expected)
  }
}
