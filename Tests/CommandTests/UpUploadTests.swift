import ComposeTestSupport
import Glibc
import Testing

/// Forms, files and keys, as a user of `up` has them.
@Suite struct UpUploadTests {
  private static let file = """
    controller: {adapter: {type: http-server, port: 8080, base_path: /api}, webui: {port: 8081}}
    workflows:
      - {id: text, default: true, job: {component: echo, input: {text: "${input.file as text}", tags: "${input.tags}"}}}
      - {id: other, job: {component: echo, input: {text: "${input.name as text}"}}}
    component: {id: echo, type: shell, action: {command: [printf, "%s", "${input.text}"], output: {text: "${result.stdout}", tags: "${input.tags}"}}}

    """

  @Test func curlSendsAForm() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(Self.file, to: "model-compose.yml")
      try folder.write("zwölf", to: "a \"b\".txt")
      try await withService(in: folder.path) { service in
        let address = "http://127.0.0.1:\(service.port)/api/workflows/runs"
        let launch = ProgramLaunch(
          "/usr/bin/curl",
          [
            "-s", "-F", "input[file]=@a \"b\".txt", "-F", "input[tags][]=1", "-F", "input[tags][]=2", "-F",
            "output_only=true", address,
          ], workingDirectory: folder.path)
        let outcome = try await withProgram(launch) { try await $0.waitForExit() }
        #expect(try TestJSON(outcome.standardOutput) == TestJSON(#"{"text": "zwölf", "tags": ["1", "2"]}"#))
      }
    }
  }

  @Test func keysWithScopes() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(Self.file, to: "model-compose.yml")
      try folder.write("# for the other one\nsecond:other\n\n", to: "keys")
      chmod(folder.path + "/keys", 0o600)
      let environment = [
        "MODEL_COMPOSE_API_KEYS": "first, third:text+other", "MODEL_COMPOSE_API_KEYS_FILE": folder.path + "/keys",
      ]
      try await withService(environment: environment, in: folder.path) { service in
        for (key, workflow, status) in [
          ("first", "text", 200), ("second", "other", 200), ("second", "text", 403), ("third", "text", 200),
          ("fourth", "text", 401), ("second:other", "other", 401),
        ] {
          let answer = try await service.exchange(
            "POST", "/api/workflows/runs", headers: ["Authorization: Bearer \(key)"],
            body: #"{"workflow_id": "\#(workflow)", "input": {"file": "f", "name": "n", "tags": []}}"#)
          #expect(answer.status == status, "\(key) \(workflow): \(answer.body)")
        }
      }
    }
  }

  @Test(
    arguments: [
      ("first,sk-secret:nowhere", nil, "entry 2 of MODEL_COMPOSE_API_KEYS"),
      (":text", nil, "entry 1 of MODEL_COMPOSE_API_KEYS"),
      (nil, "sk-secret:nowhere\n", "keys:1"), (nil, "# none\n", "holds no key"), (nil, nil, "is open to other users"),
    ] as [(String?, String?, String)])
  func keysThatCannotBeUsed(_ keys: String?, _ file: String?, _ problem: String) async throws {
    try await withTemporaryFolder { folder in
      try folder.write(Self.file, to: "model-compose.yml")
      try folder.write(file ?? "sk-secret\n", to: "keys")
      chmod(folder.path + "/keys", file == nil && keys == nil ? 0o640 : 0o600)
      var environment = ["MODEL_COMPOSE_API_KEYS": keys ?? ""]
      if keys == nil { environment["MODEL_COMPOSE_API_KEYS_FILE"] = folder.path + "/keys" }
      let launch = try program(["up", "--port", "0", "--web-port", "0"], environment: environment, in: folder.path)
      let outcome = try await withProgram(launch) { try await $0.waitForExit() }
      #expect(outcome.status == 2 && outcome.standardError.contains(problem), "\(outcome)")
      #expect(!outcome.standardError.contains("secret"))
    }
  }
}
