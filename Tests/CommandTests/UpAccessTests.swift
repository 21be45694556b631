import ComposeTestSupport
import Testing

/// Who may call a service, and where it listens.
@Suite struct UpAccessTests {
  @Test func asksForAKey() async throws {
    let keys = ["MODEL_COMPOSE_API_KEYS": "first-key, second-key"]
    try await withService(["--sandbox", "--sandbox-rate", "0"], environment: keys) { service in
      for header in [[], ["Authorization: Bearer wrong"], ["Authorization: first-key"]] {
        let answer = try await service.exchange("GET", "/api/workflows", headers: header)
        #expect(try answer.status == 401 && answer.json["code"] == .string("unauthorized"))
        #expect(!answer.body.contains("first-key"))
      }
      for key in ["first-key", "second-key"] {
        let header = ["Authorization: Bearer \(key)"]
        #expect(try await service.exchange("GET", "/api/workflows", headers: header).status == 200)
        let run = try await service.exchange(
          "POST", "/api/workflows/runs", headers: header, body: #"{"input": {"prompt": "Hi"}}"#)
        #expect(run.events.text == sandboxAnswer(to: "Hi"))
      }
    }
  }

  @Test func refusesToBeReachedByOthersWithoutAKey() async throws {
    try await withOpenFile { folder in
      let outcome = try await run(
        program(["up", "--sandbox", "--port", "0", "--web-port", "0"], in: folder.path))
      #expect(outcome.status == 1 && outcome.standardOutput == "")
      #expect(outcome.standardError.contains("0.0.0.0"), "\(outcome)")
      #expect(outcome.standardError.contains("MODEL_COMPOSE_API_KEYS") && outcome.standardError.contains("--insecure"))
    }
  }

  @Test func canBeToldToListenOpenly() async throws {
    try await withOpenFile { folder in
      let launch = try program(["up", "--sandbox", "--insecure", "--port", "0", "--web-port", "0"], in: folder.path)
      try await withProgram(launch) { program in
        let greeting = try await program.waitForOutput(containing: "Web UI  ")
        #expect(greeting.hasPrefix("API     http://0.0.0.0:"))
      }
    }
  }

  @Test func doesNotServeAPrivateWorkflow() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(
        """
        controller: {adapter: {type: http-server, port: 8080, base_path: /api}, webui: {port: 8081}}
        workflows:
          - {id: open, default: true, job: {input: "${input}"}}
          - {id: hidden, private: true, job: {input: "${input}"}}
        component:
          type: http-client
          base_url: https://api.openai.com/v1
          action: {path: /models}

        """, to: "model-compose.yml")
      try await withService(["--sandbox"], in: folder.path) { service in
        let list = try await service.exchange("GET", "/api/workflows").json
        #expect(list.array?.map { $0["workflow_id"] } == [.string("open")])
        let run = try await service.exchange("POST", "/api/workflows/runs", body: #"{"workflow_id": "hidden"}"#)
        #expect(try run.status == 404 && run.json["code"] == .string("unknown-workflow"))
        #expect(try await service.exchange("GET", "/api/workflows/hidden/schema").status == 404)
      }
    }
  }

  /// The chat example, but listening on all addresses.
  private func withOpenFile(_ body: (TemporaryFolder) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      let text = String(decoding: try Files.read(ChatExample.file), as: UTF8.self)
      let open = text.replacing("    port: 8080\n", with: "    port: 8080\n    host: 0.0.0.0\n")
      try folder.write(open, to: "model-compose.yml")
      try await body(folder)
    }
  }
}
