import ComposeTestSupport
import Glibc
import Testing

/// Start, answers and end of a service.
@Suite struct UpTests {
  @Test func streamsAnAnswer() async throws {
    try await withChatService(Scenario(["one", " two\n", "\nthree", "", " 넷"])) { service, stub in
      let answer = try HTTPAnswer(try await service.startRun().waitForEnd())
      #expect(answer.status == 200)
      #expect(answer.headers["content-type"] == "text/event-stream; charset=utf-8")
      #expect(answer.headers["cache-control"] == "no-cache" && answer.headers["x-accel-buffering"] == "no")
      #expect(answer.headers["x-task-id"]?.count == 26)
      let events = answer.events
      #expect(events.text == "one two\n\nthree 넷" && events.pieces == 4, "\(answer.body)")
      #expect(events.ids == ["1", "2", "3", "4", "5"])
      #expect(events.named.map(\.name) == ["done"])
      #expect(events.named.first?.data == "", "a client that ignores names adds nothing to the answer")
      #expect(answer.body.hasPrefix("id: 1\ndata: one\n\n"), "\(answer.body)")
      let request = try #require(stub.requests.first)
      #expect(try prompt(of: request) == "Hi" && request.json["temperature"] == .number("0.7"))
      #expect(request.header("authorization") == "Bearer \(ChatExample.key)")
    }
  }

  @Test func answersTheSameOnBothPorts() async throws {
    try await withChatService(Scenario()) { service, _ in
      for path in ["/api/workflows", "/api/workflows/__workflow__/schema", "/api/health"] {
        let api = try await service.exchange("GET", path)
        let page = try await Service.exchange("GET", path, port: service.webPort)
        #expect(api.status == 200 && page.status == 200 && api.body == page.body)
      }
      let body = #"{"workflow_id": "__workflow__", "input": {"prompt": "x"}, "output_only": true}"#
      let run = try await Service.exchange("POST", "/api/workflows/runs", port: service.webPort, body: body)
      #expect(run.events.text == "Hello, world!")
    }
  }

  @Test func describesItsWorkflows() async throws {
    try await withChatService(Scenario()) { service, _ in
      let list = try await service.exchange("GET", "/api/workflows").json
      #expect(list.array?.count == 1 && list[0]?["workflow_id"] == .string("__workflow__"))
      #expect(list[0]?["title"] == .string("Chat with OpenAI GPT-4o") && list[0]?["default"] == .boolean(true))
      let schema = try await service.exchange("GET", "/api/workflows/__workflow__/schema").json
      #expect(schema["workflow_id"] == .string("__workflow__") && schema["default"] == .boolean(true))
      #expect(schema["description"] == .string("Generate streaming text responses using OpenAI's GPT-4o"))
      let input = """
        [{"name": "prompt", "type": "text", "is_list": false, "required": true},
         {"name": "temperature", "type": "number", "is_list": false, "default": 0.7, "required": false}]
        """
      #expect(try schema["input"] == TestJSON(input))
      #expect(try schema["output"] == TestJSON(#"[{"type": "stream", "subtype": "text", "is_list": false}]"#))
      let full = try await service.exchange("GET", "/api/workflows?include_schema=true").json
      #expect(full == .array([schema]))
      #expect(try await service.exchange("GET", "/api/health").json == TestJSON(#"{"status": "ok"}"#))
    }
  }

  @Test func answersAValueWhole() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(
        """
        controller: {adapter: {type: http-server, port: 8080, base_path: /api}, webui: {port: 8081}}
        workflow: {id: short, job: {input: "${input}"}}
        component:
          type: http-client
          base_url: ${env.OPENAI_BASE_URL}
          action:
            path: /chat/completions
            method: POST
            body: {model: gpt-4o, messages: [{role: user, content: "${input.prompt as text}"}]}
            output: {text: "${response.choices[0].message.content}"}

        """, to: "model-compose.yml")
      try await withStubProvider(Scenario(), Scenario(), Scenario(fault: .unauthorized)) { stub in
        try await withService(environment: ["OPENAI_BASE_URL": stub.baseURL], in: folder.path) { service in
          let run = #"{"input": {"prompt": "x"}, "metadata": {"a": [1]}, "session_id": "s""#
          let state = try await service.exchange("POST", "/api/workflows/runs", body: run + "}").json
          #expect(state["status"] == .string("completed") && state["workflow_id"] == .string("short"))
          #expect(try state["output"] == TestJSON(#"{"text": "Hello, world!"}"#))
          #expect(state["task_id"]?.string?.count == 26 && state["session_id"] == .string("s"))
          #expect(try state["metadata"] == TestJSON(#"{"a": [1]}"#))
          let bare = #", "output_only": true}"#
          let output = try await service.exchange("POST", "/api/workflows/runs", body: run + bare)
          #expect(try output.status == 200 && output.json == TestJSON(#"{"text": "Hello, world!"}"#))
          let failed = try await service.exchange("POST", "/api/workflows/runs", body: run + "}")
          #expect(try failed.status == 200 && failed.json["status"] == .string("failed"), "\(failed.body)")
          #expect(try failed.json["error_info"]?["status"] == .number("401"))
          let refused = try await service.exchange("POST", "/api/workflows/runs", body: run + bare)
          #expect(try refused.status == 502 && refused.json["status"] == .number("401"), "\(refused.body)")
        }
      }
    }
  }

  @Test(arguments: [SIGTERM, SIGINT]) func stopsInGoodOrder(_ signal: Int32) async throws {
    try await withChatService(Scenario()) { service, _ in
      service.program.signal(signal)
      let outcome = try await service.program.waitForExit()
      #expect(outcome.status == 0 && outcome.standardError == "", "\(outcome)")
      #expect(outcome.standardOutput.split(separator: "\n").count == 2)
    }
  }

  @Test func finishesItsRunsBeforeItStops() async throws {
    try await withChatService(Scenario(["one", "two"], pacing: .gated)) { service, stub in
      let connection = try service.startRun()
      stub.release()
      try await connection.wait(for: "data: one")
      service.program.signal(SIGTERM)
      stub.release()
      let answer = try HTTPAnswer(try await connection.waitForEnd())
      #expect(answer.events.text == "onetwo" && answer.events.named.map(\.name) == ["done"], "\(answer.body)")
      #expect(try await service.program.waitForExit().status == 0)
    }
  }

  @Test func cancelsItsRunsAtTheSecondSignal() async throws {
    try await withChatService(Scenario(["one", "two"], pacing: .gated)) { service, stub in
      let connection = try service.startRun()
      stub.release()
      try await connection.wait(for: "data: one")
      service.program.signal(SIGTERM)
      service.program.signal(SIGINT)
      let answer = try HTTPAnswer(try await connection.waitForEnd())
      #expect(answer.events.text == "one" && answer.events.named.map(\.name) == ["cancelled"], "\(answer.body)")
      try await stub.waitForAborts()
      #expect(try await service.program.waitForExit().status == 0)
    }
  }

  @Test func namesAPortThatIsTaken() async throws {
    // The stub listens there.
    try await withStubProvider(Scenario()) { stub in
      for option in ["--port", "--web-port"] {
        let other = option == "--port" ? "--web-port" : "--port"
        let outcome = try await run(
          program(
            ["up", "-f", ChatExample.file, option, "\(stub.port)", other, "0"],
            environment: ChatExample.environment(stub)))
        #expect(outcome.status == 1 && outcome.standardOutput == "", "\(outcome)")
        #expect(outcome.standardError == "error: cannot listen on 127.0.0.1:\(stub.port): the port is in use\n")
        expectNoLeak(outcome)
      }
    }
  }
}
