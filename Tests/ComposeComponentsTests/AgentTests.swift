import ComposeBasic
import ComposeComponents
import ComposeHTTP
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeSyntax
import Synchronization
import Testing

/// What agents do besides talking: limits, ends, and what happens inside their tools.
@Suite struct AgentTests {
  // MARK: Time

  @Test func toolsRunSideBySide() async throws {
    let run = try AgentRun(tools: ["pause"], waiting: "2s", answers: [wants("pause", "pause", "pause"), says("Done.")])
    #expect(try await run.result().text == "Done.")
    #expect(run.time.now.seconds(since: run.start) == 2)
  }

  @Test func aTimeLimitEndsToolsAndAgent() async throws {
    let run = try AgentRun(
      tools: ["pause"], waiting: "1h", job: ", timeout: 5s", answers: [wants("pause"), says("Done.")])
    #expect(try await run.result().error?.code == .timeout)
    #expect(run.time.now.seconds(since: run.start) == 5)
    #expect(run.transport.requests.count == 1)
  }

  @Test func cancellingEndsToolsAndAgent() async throws {
    let run = try AgentRun(tools: ["pause"], waiting: "1h", answers: [wants("pause"), says("Done.")])
    let result = try await run.time.run {
      let task = Task(executorPreference: run.time) { await run.outcome() }
      try? await run.time.sleep(seconds: 1)
      task.cancel()
      return await task.value
    }
    #expect(result.error?.code == .cancelled)
    #expect(run.time.now.seconds(since: run.start) == 1)
    #expect(run.transport.requests.count == 1)
  }

  // MARK: Limits

  @Test func agentsInsideEachOtherEndAtTheLimitOfDepth() async throws {
    let answers = Array(repeating: wants("again"), count: 300)
    let run = try AgentRun(
      tools: ["again"], workflows: "  - {id: again, job: {component: helper}}", answers: answers)
    let error = try #require(try await run.result().error)
    #expect(error.code == .limit)
    // None of the agents around it goes on.
    #expect(run.transport.requests.count == 100)
  }

  @Test func theLimitOfTheModelHolds() async throws {
    let run = try AgentRun(
      tools: ["ask"],
      workflows: "  - {id: ask, job: {component: second}}",
      components: """
          - id: second
            type: agent
            model: {component: model, input: "${messages}"}
            action: {prompt: "Who?", output: "${result[-1].content[0].text}"}
        """,
      model: "max_concurrent_count: 1",
      answers: [wants("ask", "ask", "ask"), says("One."), says("Two."), says("Three."), says("Done.")])
    #expect(try await run.result().text == "Done.")
    #expect(run.transport.requests.count == 5)
    #expect(run.transport.mostAtOnce == 1)
  }

  // MARK: Tools

  @Test func aStreamIsReadToItsEnd() async throws {
    let run = try AgentRun(
      tools: ["tell"], workflows: "  - {id: tell, job: {component: teller}}",
      components: """
          - id: teller
            type: http-client
            action: {endpoint: "https://tell.example.com", stream_format: text, output: "${response[]}"}
        """,
      answers: [wants("tell"), .events(["It ", "was ", "once."]), says("Done.")])
    #expect(try await run.result().text == "Done.")
    #expect(try run.toolResults() == ["It was once."])
  }

  @Test func whatIsNoTextIsAnError() async throws {
    let run = try AgentRun(
      tools: ["load"], workflows: "  - {id: load, job: {component: loader}}",
      components: "  - {id: loader, type: http-client, action: {endpoint: \"https://load.example.com\"}}",
      answers: [wants("load"), .bytes, says("Done.")])
    #expect(try await run.result().text == "Done.")
    #expect(try run.toolResults() == ["! Error: the tool gave a resource that cannot be shown as text"])
  }

  @Test func secretsDoNotReachTheModel() async throws {
    let run = try AgentRun(
      tools: ["fail"], workflows: "  - {id: fail, job: {component: failing}}",
      components: """
          - id: failing
            type: http-client
            action: {endpoint: "https://fail.example.com", headers: {Authorization: "${env.API_KEY}"}}
        """,
      answers: [wants("fail"), .refusal("the key sk-agent-91 is no good"), says("Done.")])
    #expect(try await run.result().text == "Done.")
    #expect(try run.toolResults() == ["! Error: the provider answered 401: the key •••• is no good"])
  }

  @Test(arguments: [
    (#""{\"text\": 1""#, "! Error: the arguments are not JSON"), (#""""#, "! Error: the input 'text' is required"),
    (#""[1]""#, "! Error: the arguments must be an object, not a list"),
    ("7", "! Error: the arguments must be an object, not an integer"),
    (#""{\"text\": \"x\"}""#, "x"), ("null", "! Error: the input 'text' is required"),
    (#"{"text": "x", "b": 1, "c": 2}"#, "! Error: there is no argument 'b', 'c'; 'echo' takes 'text'"),
  ])
  func argumentsAreRead(_ arguments: String, _ result: String) async throws {
    let call = #"{"type": "tool_call", "id": "1", "name": "echo", "arguments": \#(arguments)}"#
    let run = try AgentRun(
      tools: ["echo"],
      workflows: "  - {id: echo, job: {type: delay, duration: 0s}, output: \"${input.text as text}\"}",
      answers: [.message(call), says("Done.")])
    #expect(try await run.result().text == "Done.")
    #expect(try run.toolResults() == [result])
  }

  // MARK: Answers from outside

  @Test func toolsThatStopAreAskedForTogether() async throws {
    let stops = """
        - {id: one, job: {type: delay, duration: 1s, interrupt: {before: {message: First}}}, output: "${input.a | 1}"}
        - {id: two, job: {type: delay, duration: 2s, interrupt: {after: {message: Second}}}, output: "${input.a | 2}"}
      """
    let run = try AgentRun(
      tools: ["one", "two"], workflows: stops, answers: [wants("one", "two"), says("Done.")])
    #expect(try await run.result().text == "Done.")
    #expect(run.answers.batches == [["First", "Second"]])
    #expect(run.interruptPlaces == ["__job__ before", "__job__ after"])
  }

  @Test func whereNobodyAnswersTheRunFails() async throws {
    let stop = "  - {id: one, job: {type: delay, duration: 1s, interrupt: {before: true}}}"
    let run = try AgentRun(
      tools: ["one"], workflows: stop, answers: [wants("one"), says("Done.")], isAnswered: false)
    #expect(try await run.result().error?.code == .unanswered)
    #expect(run.transport.requests.count == 1)
  }

  @Test func theCallersToolsArePlacesWhereARunStops() async throws {
    let run = try AgentRun(tools: ["{name: look}"], answers: [wants("look"), says("Done.")], isAnswered: false)
    #expect(run.interruptPlaces == ["job after"])
    #expect(try await run.result().error?.code == .unanswered)
  }

  // MARK: Schemas

  @Test func inputsInsideOthersAreObjects() throws {
    let run = try AgentRun(
      tools: ["save"],
      workflows: """
          - id: save
            job: {type: delay, duration: 0s}
            output:
              - "${input.user.name as text @(description Who)}"
              - "${input.user.age as integer | 7}"
              - "${input.rows[0].id}"
              - "${input.rows[1].id}"
              - "${input.how as slider/0,1,0.1 | 0.5}"
              - "${input.tags as list}"
        """, answers: [])
    let definition = try #require(run.definitions.first)
    #expect(
      definition == """
        {"name":"save","parameters":{"type":"object","properties":{"user":{"type":"object","properties":{"name":\
        {"type":"string","description":"Who"},"age":{"type":"integer","default":7}},"required":["name"]},\
        "rows":{"type":"array","items":{"type":"object","properties":{"id":{"type":"string"}},"required":["id"]}},\
        "how":{"type":"number","minimum":0,"maximum":1,"default":0.5},"tags":{"type":"array","items":{}}},\
        "required":["user","rows","tags"]}}
        """)
  }
}

private func says(_ text: String) -> AgentRun.Answer { .message(#"{"type": "text", "text": "\#(text)"}"#) }

private func wants(_ tools: String...) -> AgentRun.Answer {
  let blocks = tools.enumerated().map { #"{"type": "tool_call", "id": "\#($0)", "name": "\#($1)", "arguments": {}}"# }
  return .message(blocks.joined(separator: ", "))
}
