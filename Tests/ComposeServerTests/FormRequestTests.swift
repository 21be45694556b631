import ComposePlan
import ComposeRuntime
import ComposeTestSupport
import Hummingbird
import NIOCore
import Testing

@testable import ComposeServer

/// What forms ask for.
@Suite struct FormRequestTests {
  private static let plan = smallPlan(
    workflow("w", isDefault: true, inputs: [input("tags", isList: true), input("text")]),
    workflow("other", inputs: [input("text", isList: true)]),
    workflow("lists", inputs: [input("all", type: "list")]))

  private func read(_ form: String, limit: Int = 1 << 20) async throws -> RunRequest {
    let body = AsyncStream<ByteBuffer> { continuation in
      continuation.yield(ByteBuffer(string: form))
      continuation.finish()
    }
    return try await RunRequestReader(plan: Self.plan, limit: limit).read(
      body, contentType: "application/x-www-form-urlencoded; charset=utf-8", length: form.utf8.count)
  }

  @Test(arguments: [
    ("", "null"), ("input=x", #""x""#), (#"input={"a":1}"#, #""{\"a\":1}""#), ("input[a]=1", #"{"a":"1"}"#),
    ("input%5Ba%5D=1+%2B%C3%A4", #"{"a":"1 +ä"}"#), ("input[a]=", #"{"a":""}"#), ("input[a]", #"{"a":""}"#),
    ("input[b]=1&input[a]=2", #"{"b":"1","a":"2"}"#),
    ("input[a][b][c]=1&input[a][d]=2", #"{"a":{"b":{"c":"1"},"d":"2"}}"#),
    ("input[a][]=1", #"{"a":["1"]}"#), ("input[a][]=1&input[b]=x&input[a][]=2", #"{"a":["1","2"],"b":"x"}"#),
    ("input[]=1&input[]=2", #"["1","2"]"#), ("input[a][0]=1", #"{"a":{"0":"1"}}"#),
    ("input[a-b.c d]=1", #"{"a-b.c d":"1"}"#), ("input[tags]=1&input[tags]=2", #"{"tags":["1","2"]}"#),
    ("input[tags]=1", #"{"tags":["1"]}"#), ("&&input[a]=1&=x&", #"{"a":"1"}"#),
    ("input[text]=1&input[text]=2&workflow_id=other", #"{"text":["1","2"]}"#), ("more=1&more[a=2", "fails"),
    ("input[all]=1&input[all]=2&workflow_id=lists", #"{"all":["1","2"]}"#),
  ])
  func inputs(_ form: String, _ json: String) async throws {
    if json == "fails" {
      await #expect(throws: ErrorAnswer.self) { try await read(form) }
    } else {
      #expect(try await read(form).input.compactText == json)
    }
  }

  @Test func everyMember() async throws {
    let request = try await read(
      "workflow_id=w&session_id=s&metadata[a]=1&metadata[b][]=2&wait_for_completion=False&output_only=0"
        + "&subscribe_task=on&callback_url=http://c.example/&callback_headers[X-A]=1&callback_headers[X-B]=2&later=1")
    #expect(request.workflowID == "w" && request.sessionID == "s")
    #expect(request.metadata.compactText == #"{"a":"1","b":["2"]}"#)
    #expect(!request.waitsForCompletion && !request.wantsOutputOnly && request.subscribesTask)
    #expect(request.callbackURL == "http://c.example/")
    #expect(request.callbackHeaders.map { "\($0.name)=\($0.value)" } == ["X-A=1", "X-B=2"])
  }

  @Test(arguments: [
    (
      "input[text]=1&input[text]=2",
      "the field 'input[text]': it is given more than once; call it 'input[text][]' to send a list"
    ),
    ("input[x][tags]=1&input[x][tags]=2", "the field 'input[x][tags]': it is given more than once"),
    ("workflow_id=1&workflow_id=2", "the field 'workflow_id': it is given more than once"),
    ("input[a]=1&input[a][b]=2", "the field 'input[a][b]': another field gives a different kind of value there"),
    ("input[a][b]=1&input[a]=2", "the field 'input[a]': another field gives a different kind of value there"),
    ("input[a]=1&input[a][]=2", "the field 'input[a][]': another field gives a different kind of value there"),
    ("input=1&input[a]=2", "the field 'input[a]': another field gives a different kind of value there"),
    ("input[a=1", "the field 'input[a': its brackets do not match"),
    ("input[a]b=1", "the field 'input[a]b': its brackets do not match"),
    ("input[a[b]]=1", "the field 'input[a[b]]': its brackets do not match"),
    ("[a]=1", "the field '[a]': it begins with no name"), ("a]=1", "the field 'a]': it begins with no name"),
    ("input[a][][b]=1", "the field 'input[a][][b]': '[]' may stand only at its end"),
    ("input.a=1", "the field 'input.a': write 'input[a]'"),
    ("metadata.a[b]=1", "the field 'metadata.a[b]': write 'metadata[a]'"),
    ("input[a]=%ff", "a field is no percent-encoded UTF-8 text"),
    ("input[a]=%2", "a field is no percent-encoded UTF-8 text"),
    ("output_only=maybe", "'output_only' must be true or false"),
    ("metadata=1", "'metadata' must be an object, not text"),
    ("workflow_id[a]=1", "'workflow_id' must be text, not an object"),
    ("callback_headers[a][b]=1", "'callback_headers.a' must be text, not an object"),
  ])
  func refusals(_ form: String, _ problem: String) async throws {
    let refusal = await #expect(throws: ErrorAnswer.self) { try await read(form) }
    #expect(refusal?.status == .badRequest && refusal?.code == "invalid-body")
    #expect(refusal?.detail.hasPrefix("Invalid request body: " + problem) == true, "\(refusal as Any)")
  }

  @Test(arguments: [
    ("output_only=true&wait_for_completion=false", "output_only=true requires wait_for_completion=true."),
    ("callback_url=http://c.example/", "callback_url requires wait_for_completion=false"),
  ])
  func disagreements(_ form: String, _ detail: String) async throws {
    let refusal = await #expect(throws: ErrorAnswer.self) { try await read(form) }
    #expect(refusal?.detail == detail)
  }

  // MARK: Limits

  @Test func depth() async throws {
    let brackets = String(repeating: "[a]", count: FieldPath.maximumDepth - 1)
    #expect(
      try await read("input\(brackets)=1").input.compactText.hasSuffix(
        #"{"a":"1"}"# + String(repeating: "}", count: 14)))
    let refusal = await #expect(throws: ErrorAnswer.self) { try await read("input\(brackets)[a]=1") }
    #expect(refusal?.detail.hasSuffix("its brackets nest too deeply") == true)
  }

  @Test func count() async throws {
    let full = [String](repeating: "input[tags]=1", count: FormFields.maximumCount).joined(separator: "&")
    guard case .object(let object) = try await read(full).input, case .list(let tags)? = object["tags"] else {
      Issue.record("no list")
      return
    }
    #expect(tags.count == FormFields.maximumCount)
    let refusal = await #expect(throws: ErrorAnswer.self) { try await read(full + "&a=1") }
    #expect(refusal?.detail == "Invalid request body: it has more than 1000 fields")
  }

  @Test func aLongNameIsCutInTheMessage() async throws {
    let refusal = await #expect(throws: ErrorAnswer.self) {
      try await read("input[" + String(repeating: "%0A", count: 500) + "=1")
    }
    let detail = try #require(refusal?.detail)
    #expect(detail.utf8.count < 200 && !detail.contains(where: \.isNewline))
  }

  /// Too much is noticed while it comes, whatever the kind of body.
  @Test(arguments: [
    ("application/json", ""), ("application/x-www-form-urlencoded", ""),
    ("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=a; filename=f\r\n\r\n"),
  ])
  func size(_ type: String, _ beginning: String) async throws {
    let pulled = Watched(0)
    let body = AsyncStream<ByteBuffer> {
      let count = pulled.update { count in
        count += 1
        return count
      }
      return count == 1 && !beginning.isEmpty ? ByteBuffer(string: beginning) : ByteBuffer(repeating: 0x61, count: 100)
    }
    let reader = RunRequestReader(plan: Self.plan, limit: 1000)
    let refusal = await #expect(throws: ErrorAnswer.self) { try await reader.read(body, contentType: type) }
    #expect(refusal?.status == .contentTooLarge)
    #expect(pulled.value <= 12)
    let told = await #expect(throws: ErrorAnswer.self) {
      try await reader.read(body, contentType: type, length: 1001)
    }
    #expect(told?.status == .contentTooLarge)
    #expect(pulled.value <= 12)
  }
}

extension Value {
  /// JSON without blanks.
  var compactText: String { (try? compactJSON()).map { String(decoding: $0, as: UTF8.self) } ?? "no JSON" }
}
