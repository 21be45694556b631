import ComposeTestSupport
import Testing

/// `--api` in the commands that read a compose file.
@Suite struct APIOptionTests {
  private static let description = """
    @name Weather
    @match /forecast
    [request]
    city! text
    [response]
    days list<Day>
    [Day]
    @loose
    high number
    """

  private static func file(field: String) -> String {
    """
    component:
      type: http-client
      base_url: https://weather.example.com
      action:
        path: /forecast
        body: {\(field): "${input.city as text}"}
        output: ${response.days[0].high}
    workflow: {job: {input: "${input}"}}
    """
  }

  @Test(arguments: [["check"], ["plan"], ["run", "--sandbox", "--set", "city=Oslo"], ["up", "--sandbox"]])
  func addsADescription(_ arguments: [String]) async throws {
    try await withTemporaryFolder { folder in
      try folder.write(Self.description, to: "weather.api")
      try folder.write(Self.file(field: "citty"), to: "model-compose.yml")
      let outcome = try await run(program(arguments + ["--api", "weather.api"], in: folder.path))
      #expect(outcome.status != 0)
      #expect((outcome.standardOutput + outcome.standardError).contains("Weather has no field 'citty'"))
    }
  }

  @Test func knowsTheAnswer() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(Self.description, to: "weather.api")
      try folder.write(Self.file(field: "city"), to: "model-compose.yml")
      let outcome = try await run(program(["check", "--api", "weather.api"], in: folder.path))
      #expect(outcome.status == 0, "\(outcome)")
    }
  }

  @Test func mistakesAreNamedWithTheirPlaces() async throws {
    try await withTemporaryFolder { folder in
      try folder.write("@match /x\n[request]\ncity int\nday\n", to: "weather.api")
      try folder.write("[request\n", to: "other.api")
      try folder.write(Self.file(field: "city"), to: "model-compose.yml")
      for command in ["check", "plan", "run", "up"] {
        let outcome = try await run(
          program([command, "--api", "weather.api", "--api", "other.api"], in: folder.path))
        #expect(outcome.status == 2)
        for text in ["weather.api:3:6: ", "did you mean 'integer'?", "weather.api:4:1: ", "other.api:1:1: "] {
          #expect(outcome.standardError.contains(text), "\(outcome)")
        }
      }
    }
  }

  @Test func fileMustExist() async throws {
    let outcome = try await run(program(["check", "--api", "nope.api", "-"]))
    #expect(outcome.status == 2)
    #expect(outcome.standardError.contains("'nope.api' was not found"))
  }
}
