import ComposeTestSupport

/// Runs the body with a service of a file in `Fixtures/http-api`, whose provider answers what its prompts say.
func withClientService(
  _ file: String = "model-compose.yml", _ body: (Service) async throws -> Void
) async throws {
  try await withPython(.provider) { provider in
    let environment = ["OPENAI_API_KEY": ChatExample.key, "OPENAI_BASE_URL": provider.url("/v1")]
    // What a service notes beside its file must not stand between the fixtures.
    try await withTemporaryFolder { folder in
      let text = String(decoding: try Files.read(Files.repository + "/Fixtures/http-api/\(file)"), as: UTF8.self)
      let copy = try folder.write(text, to: "model-compose.yml")
      try await withService(["-f", copy], environment: environment) { try await body($0) }
    }
  }
}

extension Service {
  /// The address of the API.
  var api: String { "http://127.0.0.1:\(port)/api" }
}

extension RunningProgram.Outcome {
  /// What the checks of a Python client say that do not hold, and why it ended early.
  var failures: String {
    let lines = standardOutput.split(separator: "\n").filter { !$0.hasPrefix("ok ") }
    return (lines + standardError.split(separator: "\n").suffix(20)).joined(separator: "\n")
  }
}
