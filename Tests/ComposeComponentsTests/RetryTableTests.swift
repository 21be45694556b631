import ComposeBasic
import ComposeComponents
import ComposeHTTP
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

/// What a job with `retry` does about each kind of answer and failure: how often the provider sees a request, and when.
/// The table is `Fixtures/run/retry-table.txt`.
@Suite struct RetryTableTests {
  private static func json(_ status: Int, retryAfter: String? = nil) -> ScriptedTransport.Outcome {
    let headers = [HTTPField("Content-Type", "application/json")]
    return .answer(
      status, headers + (retryAfter.map { [HTTPField("Retry-After", $0)] } ?? []),
      body: #"{"error": {"message": "No."}}"#)
  }

  private static func failed(_ kind: HTTPError.Kind, _ message: String) -> ScriptedTransport.Outcome {
    .failure(HTTPError(kind, message))
  }

  /// The clock of these tests begins at Sun, 17 Mar 2030 17:46:40 GMT.
  private static let rows: [(String, ScriptedTransport.Outcome)] =
    [200, 201, 204, 304, 400, 401, 403, 404, 405, 408, 409, 413, 422, 425, 429, 500, 501, 502, 503, 504].map {
      ("\($0)", json($0))
    } + [
      ("429, Retry-After 7", json(429, retryAfter: "7")), ("429, Retry-After 0", json(429, retryAfter: "0")),
      ("429, Retry-After as a date", json(429, retryAfter: "Sun, 17 Mar 2030 17:46:50 GMT")),
      ("429, Retry-After as a date that has passed", json(429, retryAfter: "Sun, 06 Nov 1994 08:49:37 GMT")),
      ("429, Retry-After of a year", json(429, retryAfter: "31536000")),
      ("429, Retry-After that is none", json(429, retryAfter: "soon")),
      ("503, Retry-After 7", json(503, retryAfter: "7")), ("500, Retry-After 7", json(500, retryAfter: "7")),
      ("503, Retry-After beyond the time of the run", json(503, retryAfter: "90")),
      ("name not found", failed(.unresolvedHost, "'api.example.com' cannot be looked up")),
      ("connection refused", failed(.refused, "connection to api.example.com:443 was refused")),
      ("certificate", failed(.tls, "the certificate of api.example.com:443 is not valid")),
      ("reset before the head", failed(.connectionLost, "the connection to api.example.com:443 was lost")),
      (
        "reset in a JSON body",
        .cut(
          contentType: "application/json", body: #"{"a": "#,
          HTTPError(.connectionLost, "the connection to api.example.com:443 was lost"))
      ),
      (
        "reset in a stream",
        .cut(
          contentType: "text/event-stream", body: "data: 1\n\n",
          HTTPError(.connectionLost, "the connection to api.example.com:443 was lost"))
      ),
      (
        "idle in a stream",
        .cut(
          contentType: "text/event-stream", body: "data: 1\n\n",
          HTTPError(.timeout(.idle), "api.example.com:443 sent nothing for 120 s in mid-answer"))
      ),
      ("body that is no JSON", .answer(200, [HTTPField("Content-Type", "application/json")], body: "<html>")),
      ("connect timeout", failed(.timeout(.connect), "no connection to api.example.com:443 within 10 s")),
      ("first byte timeout", failed(.timeout(.firstByte), "no answer from api.example.com:443 within 300 s")),
      ("total timeout", failed(.timeout(.total), "the exchange with api.example.com:443 took longer than 5 s")),
      ("redirect to http", failed(.redirect, "api.example.com:443 redirects from https to unencrypted http")),
      ("bytes that are no HTTP", failed(.malformed, "api.example.com:443 does not speak HTTP")),
    ]

  @Test func table() async throws {
    let file = """
      component: {type: http-client, action: {endpoint: "https://api.example.com/x", method: GET}}
      workflow: {timeout: 60s, job: {input: "${input}", retry: {max_attempt_count: 3, delay: 2s, backoff: exponential}}}
      """
    var sources = SourceSet()
    sources.add(path: "retry.yml", bytes: Array(file.utf8))
    let compiled = compile(sources.files, in: sources, environment: Environment(), catalog: .builtIn).plan
    let plan = try #require(compiled)
    let workflow = try #require(plan.defaultWorkflow)
    let record = RunRecord(sources: sources)
    var lines = ["what every request meets | when it was sent, in seconds | what came out", "---|---|---"]
    for (name, outcome) in Self.rows {
      let time = VirtualTime()
      let transport = ScriptedTransport(outcome, time)
      let host = ComponentRegistry(services: Services(transport: transport, errorBodyTimeout: .seconds(600)))
      let result = try await time.run {
        await record.lines { () async throws(RuntimeError) in
          try await Interpreter(plan: plan, host: host).run(
            workflow, input: .null, as: Run(id: "RUN"), with: RunServices(clock: time, random: RandomSource { 0 }))
        }
      }
      let times = transport.times.map { Int(exactly: $0).map(String.init) ?? String($0) }.joined(separator: ", ")
      lines.append("\(name) | \(times) | \(result.joined(separator: " · "))")
    }
    expectGolden(lines.joined(separator: "\n") + "\n", at: "Fixtures/run/retry-table.txt")
  }
}
