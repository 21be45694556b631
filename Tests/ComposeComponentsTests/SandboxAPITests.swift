import ComposeComponents
import ComposeHTTP
import ComposePlan
import ComposeRuntime
import ComposeSema
import Testing

/// The stand-ins of the sandbox answer in the forms of their APIs.
@Suite struct SandboxAPITests {
  private let sandbox = SandboxClient()

  // MARK: Refusals

  /// Every API that is described has a stand-in, and each refuses a body that lacks everything.
  @Test(arguments: [
    ("/chat/completions", "model"), ("/embeddings", "model"), ("/images/generations", "prompt"),
    ("/images/edits", "prompt"), ("/audio/speech", "model"), ("/audio/transcriptions", "file"),
    ("/responses", "input"),
  ])
  func refusesWhatIsMissing(_ path: String, _ parameter: String) async throws {
    let response = try await sandbox.send(path, "{}")
    #expect(response.status == 400)
    let error = try parseJSON(try await response.body.collect(upTo: 1 << 20)).member("error")
    #expect(error.member("message").jsonText == "\"Missing required parameter: '\(parameter)'.\"")
    #expect(error.member("param").jsonText == "\"\(parameter)\"")
    #expect(error.member("type").jsonText == "\"invalid_request_error\"")
  }

  @Test func everyDescribedAPIHasAStandIn() {
    #expect(Catalog.builtIn.apis.filter { $0.sandbox == nil }.map(\.id) == [])
  }

  @Test func messagesRefuseInTheirOwnForm() async throws {
    let error = try await sandbox.document("/messages", #"{"model": "claude-sonnet-4-5", "messages": []}"#)
    #expect(error.member("type").jsonText == "\"error\"")
    #expect(error.member("error").member("message").jsonText == "\"max_tokens: Field required\"")
    let limited = try await sandbox.send("/messages", "{}", on: SandboxClient.transport(.tooManyRequests))
    let body = try parseJSON(try await limited.body.collect(upTo: 1 << 20))
    #expect(limited.status == 429 && limited.header("retry-after") == "1")
    #expect(body.member("error").member("type").jsonText == "\"rate_limit_error\"")
  }

  @Test(arguments: [
    (#"{"model": "m", "messages": [{"content": "Hi"}]}"#, "Missing required parameter: 'messages[0].role'."),
    (
      #"{"model": "m", "messages": [{"role": "user", "content": "Hi"}], "temperature": "hot"}"#,
      "Invalid type for 'temperature': expected a number or null, but got text instead."
    ),
    (
      #"{"model": "m", "messages": [{"role": "user", "content": "Hi"}], "temperature": 3}"#,
      "Invalid value for 'temperature': it must be at most 2."
    ),
    (#"{"model": "m", "messages": []}"#, "Missing required parameter: 'messages'."),
    ("nonsense", "We could not parse the JSON body of your request."),
  ])
  func refusesWhatIsWrong(_ body: String, _ message: String) async throws {
    let error = try await sandbox.document("/chat/completions", body).member("error")
    #expect(error.member("message").jsonText == Value.text(message).jsonText)
  }

  // MARK: Forms

  @Test func messagesStreamNamedEvents() async throws {
    let found = try await sandbox.events(
      "/messages",
      #"{"model": "m", "max_tokens": 9, "stream": true, "messages": [{"role": "user", "content": "Hi"}]}"#)
    var names = found.map { $0.name ?? "none" }
    names.removeAll { $0 == "content_block_delta" }
    #expect(
      names == [
        "message_start", "content_block_start", "ping", "content_block_stop", "message_delta", "message_stop",
      ])
    for event in found { #expect(try parseJSON(event.data).member("type").textForTest == event.name) }
    let text = try found.compactMap { try parseJSON($0.data).member("delta").member("text").textForTest }.joined()
    #expect(text.hasPrefix("You asked: “Hi” This answer comes from the sandbox."))
  }

  @Test func responsesStreamNamedEvents() async throws {
    let found = try await sandbox.events("/responses", #"{"model": "m", "input": "Hi", "stream": true}"#)
    var names = found.map { $0.name ?? "none" }
    names.removeAll { $0 == "response.output_text.delta" }
    #expect(
      names == [
        "response.created", "response.in_progress", "response.output_item.added", "response.content_part.added",
        "response.output_text.done", "response.content_part.done", "response.output_item.done", "response.completed",
      ])
    for (number, event) in found.enumerated() {
      let data = try parseJSON(event.data)
      #expect(data.member("sequence_number").jsonText == "\(number)" && data.member("type").textForTest == event.name)
    }
  }

  @Test func answersFitASchema() async throws {
    let answer = try await sandbox.document(
      "/chat/completions",
      """
      {"model": "m", "messages": [{"role": "user", "content": "I go to Oslo for 3 days"}],
       "response_format": {"type": "json_schema", "json_schema": {"schema": {"type": "object",
        "properties": {"city": {"$ref": "#/$defs/City"}, "days": {"type": ["integer", "null"]}},
        "$defs": {"City": {"type": "string"}}}}}}
      """)
    let content = answer.member("choices").element(at: 0).member("message").member("content").textForTest
    #expect(content == #"{"city": "Oslo", "days": 3}"#)
  }

  // MARK: Background and faults

  @Test func workInTheBackgroundIsAskedFor() async throws {
    let slow = SandboxClient.transport(rate: 40)
    let begun = try await sandbox.send("/responses", #"{"model": "m", "input": "Hi", "background": true}"#, on: slow)
    let first = try parseJSON(try await begun.body.collect(upTo: 1 << 20))
    #expect(first.member("status").textForTest == "queued")
    let id = try #require(first.member("id").textForTest)
    for expected in ["in_progress", "completed"] {
      let response = try await slow.send(
        HTTPRequest(method: "GET", url: "https://api.openai.com/v1/responses/\(id)"))
      let document = try parseJSON(try await response.body.collect(upTo: 1 << 20))
      #expect(document.member("status").textForTest == expected)
    }
    let unknown = try await slow.send(
      HTTPRequest(method: "GET", url: "https://api.openai.com/v1/responses/resp_unknown"))
    #expect(unknown.status == 404)
  }

  @Test(arguments: [
    ("/embeddings", #"{"model": "m", "input": "Hi"}"#), ("/images/generations", #"{"prompt": "Hi"}"#),
    ("/audio/speech", #"{"model": "m", "input": "Hi", "voice": "coral"}"#),
    ("/responses", #"{"input": "Hi", "stream": true}"#),
    ("/messages", #"{"model": "m", "max_tokens": 9, "messages": [{"role": "user", "content": "Hi"}]}"#),
  ])
  func everyAPIFailsOnPurpose(_ path: String, _ body: String) async throws {
    for (fault, status) in [(SandboxOptions.Fault.tooManyRequests, 429), (.serverError, 500)] {
      #expect(try await sandbox.send(path, body, on: SandboxClient.transport(fault)).status == status)
    }
    let dropped = try await sandbox.send(path, body, on: SandboxClient.transport(.drop))
    await #expect(throws: HTTPError.self) { try await dropped.body.collect(upTo: 1 << 22) }
    let whole = try await sandbox.send(path, body).body.collect(upTo: 1 << 22)
    let malformed = try await sandbox.send(path, body, on: SandboxClient.transport(.malformed)).body.collect(
      upTo: 1 << 22)
    #expect(malformed != whole)
  }
}
