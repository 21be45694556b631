import ComposeRuntime
import Testing

/// The stand-ins call the tools that a question speaks of, and answer once they have their results.
@Suite struct SandboxToolTests {
  private let sandbox = SandboxClient()

  private static let tools = """
    [{"type": "function", "function": {"name": "add", "description": "Adds two numbers", "parameters":
      {"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "number"},
       "note": {"type": "string"}}, "required": ["a", "b"]}}},
     {"type": "function", "function": {"name": "weather", "parameters":
      {"type": "object", "properties": {"city": {"type": "string"}, "unit": {"enum": ["celsius", "kelvin"]}}}}}]
    """

  @Test(arguments: [
    ("What is 2 and 3.5 when one adds them?", #"[["add", "{\"a\": 2, \"b\": 3.5}"]]"#),
    ("Tell me the weather of Oslo in kelvin", #"[["weather", "{\"city\": \"Oslo\", \"unit\": \"kelvin\"}"]]"#),
    (
      "The weather in Oslo, and what adds 1 to 2?",
      #"[["add", "{\"a\": 1, \"b\": 2}"], ["weather", "{\"city\": \"Oslo\", \"unit\": \"celsius\"}"]]"#
    ),
    ("Hello", #"[["add", "{\"a\": 1, \"b\": 1}"]]"#),
  ])
  func callsToolsThatTheQuestionSpeaksOf(_ question: String, _ calls: String) async throws {
    let body = #"{"model": "m", "messages": [{"role": "user", "content": "\#(question)"}], "tools": \#(Self.tools)}"#
    let choice = try await sandbox.document("/chat/completions", body).member("choices").element(at: 0)
    #expect(choice.member("finish_reason").jsonText == "\"tool_calls\"")
    guard case .list(let found) = choice.member("message").member("tool_calls") else {
      Issue.record("no calls")
      return
    }
    let named = found.map { call in
      Value.list([call.member("function").member("name"), call.member("function").member("arguments")])
    }
    #expect(Value.list(named).jsonText == calls)

    // The same in pieces.
    let streamed = body.dropLast() + #", "stream": true}"#
    var arguments = ["", ""]
    for event in try await sandbox.events("/chat/completions", String(streamed)) where event.data != "[DONE]" {
      let delta = try parseJSON(event.data).member("choices").element(at: 0).member("delta")
      let call = delta.member("tool_calls").element(at: 0)
      guard case .integer(let index) = call.member("index"),
        case .text(let piece) = call.member("function").member("arguments")
      else { continue }
      arguments[index] += piece
    }
    #expect(arguments[0] == (try parseJSON(calls).element(at: 0).element(at: 1)).textForTest)
  }

  @Test func answersOnceTheToolsHave() async throws {
    let body = """
      {"model": "m", "tools": \(Self.tools), "messages": [{"role": "user", "content": "Add 1 and 2"},
       {"role": "assistant", "tool_calls": [{"id": "c1", "function": {"name": "add", "arguments": "{}"}}]},
       {"role": "tool", "tool_call_id": "c1", "content": "3"}]}
      """
    let answer = try await sandbox.document("/chat/completions", body).member("choices").element(at: 0).member(
      "message")
    #expect(
      answer.member("content").textForTest?.hasPrefix("add answered “3”. This answer comes from the sandbox.") == true)
  }

  @Test func messagesUseTools() async throws {
    let tools =
      #"[{"name": "weather", "input_schema": {"type": "object", "properties": {"city": {"type": "string"}}}}]"#
    let head = #""model": "m", "max_tokens": 9, "tools": \#(tools)"#
    let body = #"{\#(head), "messages": [{"role": "user", "content": "The weather in Oslo?"}]"#
    let message = try await sandbox.document("/messages", body + "}")
    let block = message.member("content").element(at: 0)
    #expect(message.member("stop_reason").jsonText == "\"tool_use\"")
    #expect(block.member("name").jsonText == "\"weather\"" && block.member("input").jsonText == #"{"city": "Oslo"}"#)

    let streamed = try await sandbox.events("/messages", body + #", "stream": true}"#)
    let deltas = try streamed.map { try parseJSON($0.data).member("delta").member("partial_json") }
    #expect(deltas.compactMap(\.textForTest).joined() == #"{"city": "Oslo"}"#)

    let result = #"{"type": "tool_result", "tool_use_id": "t1", "content": "Rain"}"#
    let use = #"{"type": "tool_use", "id": "t1", "name": "weather", "input": {}}"#
    let answered = try await sandbox.document(
      "/messages",
      #"{\#(head), "messages": [{"role": "user", "content": "And now?"}, {"role": "assistant", "content": [\#(use)]}, "#
        + #"{"role": "user", "content": [\#(result)]}]}"#)
    let text = answered.member("content").element(at: 0).member("text").textForTest
    #expect(text?.hasPrefix("weather answered “Rain”.") == true)
  }
}
