import ComposeTestSupport
import Testing

/// Command lines that cannot be followed: status 2, one paragraph, nothing sent.
@Suite struct BadUsageTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let arguments: [String]
    var environment = ["OPENAI_API_KEY": ChatExample.key]
    var input: ProgramLaunch.Input = .none
    /// What standard error must contain.
    let says: [String]
    var testDescription: String { name }
  }

  static let rows = [
    Row(name: "unknown command", arguments: ["nope"], says: ["nope"]),
    Row(name: "unknown option", arguments: ["run", "--nope"], says: ["--nope", "Usage: model-compose run"]),
    Row(name: "unknown option first", arguments: ["--nope", "run"], says: ["--nope"]),
    Row(name: "option without value", arguments: ["run", "-f"], says: ["-f"]),
    Row(
      name: "unset variable", arguments: ["run", "--set", "prompt=x"], environment: [:],
      says: ["environment variables are not set", "OPENAI_API_KEY  (model-compose.yml:", "help: set them in .env"]),
    Row(
      name: "input is not JSON", arguments: ["run", "--input", "{\"prompt\": x}"],
      says: ["--input is not valid JSON: ", "byte 11"]),
    Row(name: "input is cut", arguments: ["run", "--input", "{"], says: ["--input is not valid JSON: ", "byte 1"]),
    Row(
      name: "input of standard input is not JSON", arguments: ["run", "--input", "-"], input: .text("nope"),
      says: ["standard input is not valid JSON: "]),
    Row(
      name: "input file is not JSON", arguments: ["run", "--input", "@model-compose.yml"],
      says: ["model-compose.yml is not valid JSON: "]),
    Row(name: "no input file", arguments: ["run", "--input", "@nope.json"], says: ["'nope.json' was not found"]),
    Row(
      name: "input file is a folder", arguments: ["run", "--input", "@."], says: ["'.' is a directory, not a file"]),
    Row(name: "input is a list", arguments: ["run", "--input", "[1]"], says: ["must be an object", "not a list"]),
    Row(name: "input is missing", arguments: ["run"], says: ["'prompt' is required", "prompt (text, required)"]),
    Row(
      name: "input of a wrong type", arguments: ["run", "--input", #"{"prompt": "x", "temperature": "hot"}"#],
      says: ["'temperature' must be a number"]),
    Row(name: "setting without value", arguments: ["run", "--set", "prompt"], says: ["'--set prompt' has no value"]),
    Row(
      name: "setting with input that is no object", arguments: ["run", "--input", "1", "--set", "prompt=x"],
      says: ["--set needs an object", "--input is"]),
    Row(name: "variable without value", arguments: ["run", "-e", "NAME"], says: ["'-e NAME' has no value"]),
    Row(
      name: "no file of variables", arguments: ["run", "--env-file", "nope.env"], says: ["'nope.env' was not found"]),
    Row(name: "unknown workflow", arguments: ["run", "other"], says: ["there is no workflow 'other'"]),
    Row(name: "unknown workflow to plan", arguments: ["plan", "other"], says: ["there is no workflow 'other'"]),
    Row(
      name: "output into a missing folder", arguments: ["run", "--set", "prompt=x", "-o", "missing/answer.txt"],
      says: ["'missing/answer.txt' cannot be written"]),
    Row(
      name: "output into a folder", arguments: ["run", "--set", "prompt=x", "-o", "."],
      says: ["'.' cannot be written"]),
    Row(
      name: "unknown fault", arguments: ["run", "--sandbox", "--sandbox-fault", "fire"],
      says: ["'fire'", "malformed"]),
    Row(name: "rate is no number", arguments: ["run", "--sandbox", "--sandbox-rate", "fast"], says: ["'fast'"]),
    Row(name: "unknown format", arguments: ["plan", "--format", "xml"], says: ["'xml'", "json"]),
    Row(name: "nothing to evaluate", arguments: ["eval"], says: ["<template>", "Usage: model-compose eval"]),
    Row(
      name: "a template beside vectors", arguments: ["eval", "--batch", "${a}"], says: ["--batch reads templates"]),
    Row(name: "unknown kind of vector", arguments: ["eval", "--batch", "--kind", "yaml"], says: ["'yaml'", "schema"]),
    Row(
      name: "sources are a list", arguments: ["eval", "${a}", "--sources", "[1]"], says: ["--sources needs an object"]),
    Row(
      name: "sources are not JSON", arguments: ["eval", "${a}", "--sources", "{a}"],
      says: ["--sources is not valid JSON: ", "byte 1"]),
    Row(
      name: "sources that are no value", arguments: ["eval", "${a}", "--sources", #"{"a": {"float": "big"}}"#],
      says: ["'big'"]),
    Row(
      name: "base is no folder", arguments: ["eval", "${a}", "--base", "nope"], says: ["'nope' is not a directory"]),
    Row(
      name: "unknown code", arguments: ["explain", "unknown-ky"],
      says: ["there is no code 'unknown-ky'", "did you mean 'unknown-key'?"]),
    Row(name: "port is no number", arguments: ["up", "--port", "http"], says: ["'http'"]),
    Row(
      name: "port is too large", arguments: ["up", "--port", "65536", "--web-port", "0"],
      says: ["--port must be between 0 and 65535"]),
    Row(
      name: "unset variable of a service", arguments: ["up", "--port", "0", "--web-port", "0"], environment: [:],
      says: ["environment variables are not set", "OPENAI_API_KEY"]),
  ]

  @Test(arguments: rows) func saysWhatIsWrong(_ row: Row) async throws {
    try await withStubProvider(Scenario()) { stub in
      try await withTemporaryFolder { folder in
        try Files.write(Files.read(ChatExample.file), to: folder.path + "/model-compose.yml")
        let environment = row.environment.merging(["OPENAI_BASE_URL": stub.baseURL]) { $1 }
        let outcome = try await run(
          program(row.arguments, environment: environment, in: folder.path, input: row.input))
        #expect(outcome.status == 2 && outcome.standardOutput == "", "\(outcome)")
        for text in row.says { #expect(outcome.standardError.contains(text), "\(outcome.standardError)") }
        #expect(outcome.standardError.hasSuffix("\n"))
        #expect(!outcome.standardError.dropLast().contains("\n\n"), "more than one paragraph")
        expectNoLeak(outcome)
        #expect(stub.requests.isEmpty)
        #expect(Files.names(in: folder.path) == ["model-compose.yml"])
      }
    }
  }
}
