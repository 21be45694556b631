import ComposeRuntime
import Hummingbird
import Testing

@testable import ComposeServer

@Suite struct RunRequestTests {
  private func read(_ body: String, _ contentType: String? = "application/json") throws(ErrorAnswer) -> RunRequest {
    #expect(try BodyForm(contentType) == .json)
    return try RunRequest(json: Array(body.utf8))
  }

  @Test func everyMember() throws {
    let request = try read(
      #"{"workflow_id":"w","input":{"a":1},"session_id":"s","metadata":{"m":2},"wait_for_completion":true,"#
        + #""output_only":true,"subscribe_task":false,"later":[]}"#)
    #expect(request.workflowID == "w")
    #expect(try request.input.compactJSON() == Array(#"{"a":1}"#.utf8))
    #expect(request.sessionID == "s")
    #expect(try request.metadata.compactJSON() == Array(#"{"m":2}"#.utf8))
    #expect(request.wantsOutputOnly)
  }

  @Test(arguments: [
    "{}", #"{"workflow_id":null,"input":null,"session_id":null,"metadata":null,"output_only":null}"#,
  ])
  func nothingIsNeeded(_ body: String) throws {
    let request = try read(body)
    #expect(request.workflowID == nil)
    #expect(request.input.isNull)
    #expect(!request.wantsOutputOnly)
  }

  @Test(arguments: ["application/json", "Application/JSON; charset=utf-8", "application/json;x"])
  func jsonTypes(_ type: String) throws {
    #expect(throws: Never.self) { try read("{}", type) }
  }

  @Test(arguments: [
    ("{bad", "Invalid request body: "),
    ("", "Invalid request body: "),
    ("[]", "Invalid request body: expected an object, not a list"),
    (#"{"workflow_id":5}"#, "Invalid request body: 'workflow_id' must be text, not an integer"),
    (#"{"session_id":[]}"#, "Invalid request body: 'session_id' must be text, not a list"),
    (#"{"metadata":"m"}"#, "Invalid request body: 'metadata' must be an object, not text"),
    (#"{"output_only":"yes"}"#, "Invalid request body: 'output_only' must be a boolean, not text"),
    (#"{"wait_for_completion":0}"#, "Invalid request body: 'wait_for_completion' must be a boolean, not an integer"),
  ])
  func badBodies(_ body: String, _ detail: String) throws {
    let refusal = try #require(throws: ErrorAnswer.self) { try read(body) }
    #expect(refusal.status == .badRequest)
    #expect(refusal.code == "invalid-body")
    #expect(refusal.detail.hasPrefix(detail))
  }

  @Test func thePlaceOfASyntaxError() throws {
    let refusal = try #require(throws: ErrorAnswer.self) { try read("{bad") }
    #expect(refusal.detail.hasSuffix(" at byte 1"))
  }

  @Test(arguments: [
    (nil, "Missing or empty Content-Type header."), ("", "Missing or empty Content-Type header."),
    ("text/plain", "Unsupported Content-Type: text/plain"),
    ("text/plain; x=application/json", "Unsupported Content-Type: text/plain"),
    ("multipart/form-data", "The Content-Type multipart/form-data needs a valid boundary."),
    ("multipart/form-data; boundary=\"a", "The Content-Type multipart/form-data needs a valid boundary."),
    ("multipart/form-data; boundary=\"a\r\nb\"", "The Content-Type multipart/form-data needs a valid boundary."),
  ])
  func otherTypes(_ type: String?, _ detail: String) throws {
    let refusal = try #require(throws: ErrorAnswer.self) { try read("{}", type) }
    #expect(refusal.status == .badRequest)
    #expect(refusal.detail == detail)
  }

  @Test func backgroundRuns() throws {
    let request = try read(
      #"{"wait_for_completion":false,"callback_url":"http://x/y","callback_headers":{"A":"b"},"subscribe_task":true}"#)
    #expect(!request.waitsForCompletion && request.subscribesTask)
    #expect(request.callbackURL == "http://x/y")
    #expect(request.callbackHeaders.map { "\($0.name)=\($0.value)" } == ["A=b"])
  }

  @Test(arguments: [
    (#"{"wait_for_completion":false,"output_only":true}"#, "output_only=true requires wait_for_completion=true."),
    (#"{"callback_url":"http://x"}"#, "callback_url requires wait_for_completion=false"),
  ])
  func whatDoesNotGoTogether(_ body: String, _ detail: String) throws {
    let refusal = try #require(throws: ErrorAnswer.self) { try read(body) }
    #expect(refusal.status == .badRequest && refusal.detail == detail)
  }
}
