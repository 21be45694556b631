import ComposeTestSupport
import Testing

/// Credentials are hidden for what they are used as, whatever their variable is called.
@Suite struct SecretPlaceTests {
  private static let secret = "zq81-Hk20-vLw7-pT55"
  /// In a form that a service has published, so that it is known by itself.
  private static let written = "sk-proj-" + "a8Fk20dLq81mZx7Cv5Bn"

  private static func file(_ members: String) -> String {
    """
    controller: {adapter: {type: http-server, port: 8080, base_path: /api}, webui: {port: 8081}}
    component:
      type: http-client
      action:
        endpoint: ${env.URL}/v1
        method: POST
        \(members)
        output: ${response}
    workflow: {job: {input: "${input}"}}
    """
  }

  /// The name of the variable, and where it is used.
  @Test(arguments: [
    ("OPENAI_API_KEY2", #"headers: {X-Anything: "${env.OPENAI_API_KEY2}"}"#),
    ("MYOPENAIKEY", #"headers: {X-Anything: "${env.MYOPENAIKEY}"}"#),
    ("PLAIN", #"headers: {Authorization: "Bearer ${env.PLAIN}"}"#),
    ("PLAIN", #"headers: {x-api-key: "${env.PLAIN}"}"#), ("PLAIN", #"headers: {Cookie: "s=${env.PLAIN}"}"#),
    ("PLAIN", #"params: {access_token: "${env.PLAIN}"}"#), ("PLAIN", #"body: {password: "${env.PLAIN}"}"#),
    ("PLAIN", #"headers: {Authorization: "Bearer sk-proj-a8Fk20dLq81mZx7Cv5Bn"}"#),
  ])
  func isNeverTold(_ variable: String, _ members: String) async throws {
    let echo = Scenario(fault: .answer(status: 401, body: "bad key \(Self.secret) or \(Self.written)!"))
    try await withTemporaryFolder { folder in
      try folder.write(Self.file(members), to: "model-compose.yml")
      try await withStubProvider(echo) { stub in
        let environment = ["URL": stub.baseURL, variable: Self.secret]
        let secret = members.contains(Self.written) ? Self.written : Self.secret
        for arguments in [["plan"], ["plan", "--format", "json"], ["run", "-v"]] {
          let outcome = try await run(program(arguments, environment: environment, in: folder.path))
          #expect(outcome.status == (arguments[0] == "plan" ? 0 : 1), "\(outcome)")
          for text in [outcome.standardOutput, outcome.standardError] { #expect(!text.contains(secret), "\(text)") }
        }
        #expect(stub.requests.count == 1)
        try await withService(["-v"], environment: environment, in: folder.path) { service in
          let answer = try await service.exchange("POST", "/api/workflows/runs", body: "{}")
          #expect(answer.body.contains(#""status":"failed""#) && !answer.body.contains(secret), "\(answer.body)")
          let log = try await service.program.waitForError(containing: " failed in ")
          #expect(!log.contains(secret), "\(log)")
        }
      }
    }
  }
}
