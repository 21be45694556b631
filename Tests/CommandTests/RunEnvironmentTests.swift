import ComposeTestSupport
import Testing

/// Where `${env.NAME}` comes from, and what wins.
@Suite struct RunEnvironmentTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    var dotenv: String?
    var process: [String: String] = [:]
    var arguments: [String] = []
    let key: String
    var testDescription: String { name }
  }

  static let rows = [
    Row(name: ".env", dotenv: "OPENAI_API_KEY=dotenv\n", key: "dotenv"),
    Row(
      name: "process wins over .env", dotenv: "OPENAI_API_KEY=dotenv\n", process: ["OPENAI_API_KEY": "process"],
      key: "process"),
    Row(
      name: "-e wins over all", dotenv: "OPENAI_API_KEY=dotenv\n", process: ["OPENAI_API_KEY": "process"],
      arguments: ["--env-file", "one.env", "-e", "OPENAI_API_KEY=option"], key: "option"),
    Row(name: "--env", arguments: ["--env", "OPENAI_API_KEY=long=option"], key: "long=option"),
    Row(
      name: "the last -e wins", arguments: ["-e", "OPENAI_API_KEY=first", "-e", "OPENAI_API_KEY=second"],
      key: "second"),
    Row(name: "--env-file", arguments: ["--env-file", "one.env"], key: "one"),
    Row(
      name: "--env-file instead of .env", dotenv: "OPENAI_API_KEY=dotenv\n",
      arguments: ["--env-file", "one.env"], key: "one"),
    Row(
      name: "the last --env-file wins", arguments: ["--env-file", "one.env", "--env-file=two.env"], key: "two"),
    Row(
      name: "process wins over --env-file", process: ["OPENAI_API_KEY": "process"],
      arguments: ["--env-file", "one.env"], key: "process"),
    Row(
      name: "quotes and comments", dotenv: "# comment\n\nexport OPENAI_API_KEY='quoted value' # more\n",
      key: "quoted value"),
    Row(name: "comment behind a value", dotenv: "OPENAI_API_KEY = plain # more\n", key: "plain"),
    Row(name: "Windows line ends", dotenv: "OTHER=1\r\nOPENAI_API_KEY=value\r\n", key: "value"),
  ]

  @Test(arguments: rows) func choosesTheValue(_ row: Row) async throws {
    try await withStubProvider(Scenario()) { stub in
      try await withTemporaryFolder { folder in
        if let dotenv = row.dotenv { try folder.write(dotenv, to: ".env") }
        try folder.write("OPENAI_API_KEY=one\n", to: "one.env")
        try folder.write("OPENAI_API_KEY=two\n", to: "two.env")
        let environment = row.process.merging(["OPENAI_BASE_URL": stub.baseURL]) { $1 }
        let outcome = try await run(
          program(
            ["run", "-f", ChatExample.file, "--set", "prompt=x"] + row.arguments, environment: environment,
            in: folder.path))
        #expect(outcome.status == 0, "\(outcome)")
        #expect(try #require(stub.requests.first).header("authorization") == "Bearer \(row.key)")
      }
    }
  }

  @Test func readsTheDotenvOfTheFolderAndNotOfTheFile() async throws {
    try await withTemporaryFolder { folder in
      try Files.write(Files.read(ChatExample.file), to: folder.path + "/project/model-compose.yml")
      try folder.write("OPENAI_API_KEY=project\n", to: "project/.env")
      let outcome = try await run(
        program(["run", "-f", "project/model-compose.yml", "--set", "prompt=x"], in: folder.path))
      #expect(outcome.status == 2 && outcome.standardError.contains("OPENAI_API_KEY"))
    }
  }
}
