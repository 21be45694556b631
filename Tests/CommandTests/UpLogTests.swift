import ComposeTestSupport
import Testing

/// The log of a service.
@Suite struct UpLogTests {
  private static let prompt = "a prompt that is nobody's business"

  @Test func aRunLeavesLinesForPrograms() async throws {
    try await withStubProvider(Scenario(["one", "two"])) { stub in
      let environment = ChatExample.environment(stub)
      let arguments = ["--log-format", "json", "--log-level", "debug"]
      try await withService(arguments, environment: environment) { service in
        let id = try await Self.run(service).headers["x-task-id"]
        let log = try await service.program.waitForError(containing: "stream of job")
        let lines = try log.split(separator: "\n").map { try TestJSON(String($0)) }
        let started = try #require(lines.first { $0["message"] == .string("Workflow '__workflow__' started.") })
        #expect(started["level"] == .string("info") && started["workflow"] == .string("__workflow__"))
        #expect(try started["task"] == .string(#require(id)))
        #expect(started["time"]?.string?.wholeMatch(of: /[-0-9]{10}T[0-9:]{8}\.[0-9]{3}Z/) != nil)
        Self.expectNoSecret(log)
      }
    }
  }

  @Test func aFailureIsAlwaysToldAndHoldsNoSecret() async throws {
    let fault = Scenario.Fault.answer(status: 401, body: "bad key \(ChatExample.key)!")
    for arguments in [[], ["--log-format", "json", "--log-level", "debug"], ["-v"]] {
      try await withStubProvider(Scenario(fault: fault)) { stub in
        try await withService(arguments, environment: ChatExample.environment(stub)) { service in
          #expect(try await Self.run(service).status == 502)
          let log = try await service.program.waitForError(containing: "Workflow '__workflow__' failed in ")
          #expect(log.contains("the provider answered 401"), "\(log)")
          Self.expectNoSecret(log)
        }
      }
    }
  }

  @Test func withoutAWishOnlyFailuresAreTold() async throws {
    try await withStubProvider(Scenario(), Scenario(fault: .unauthorized)) { stub in
      try await withService(environment: ChatExample.environment(stub)) { service in
        #expect(try await Self.run(service).status == 200)
        #expect(try await Self.run(service).status == 502)
        let log = try await service.program.waitForError(containing: "\n")
        #expect(log.contains(" ERROR [task-") && log.split(separator: "\n").count == 1, "\(log)")
      }
    }
  }

  /// The loggers of the file: one on standard error, and one in a file with a level of its own.
  @Test func theFileSaysWhereTheLogGoes() async throws {
    let loggers = """
      loggers:
        - {type: console, level: error}
        - {type: file, path: logs/all.log, level: debug}

      """
    try await withBackgroundService(echoFile + loggers) { folder in
      try await withService(in: folder.folder.path) { service in
        let body = #"{"input": {"text": "\#(Self.prompt)"}}"#
        #expect(try await service.exchange("POST", "/api/workflows/runs", body: body).status == 200)
        #expect(service.program.errorSoFar == "")
        service.program.signal(15)
        #expect(try await service.program.waitForExit().status == 0)
        let log = try folder.folder.read("logs/all.log")
        #expect(log.contains("Workflow 'echo' started.\n") && log.contains("Workflow 'echo' completed in "), "\(log)")
        Self.expectNoSecret(log)
      }
    }
  }

  @Test func saysThatTheLogCannotBeWritten() async throws {
    let logger = "logger: {type: file, path: model-compose.yml/run.log}\n"
    try await withBackgroundService(echoFile + logger) { folder in
      let up = try await folder.up()
      #expect(up.status == 2 && up.standardOutput == "", "\(up)")
      #expect(up.standardError.contains("the log 'model-compose.yml/run.log' cannot be written"), "\(up)")
    }
  }

  @Test func saysWhichLevelsThereAre() async throws {
    let outcome = try await ComposeTestSupport.run(program(["up", "--log-level", "loud"]))
    #expect(outcome.status == 2 && outcome.standardError.contains("'debug'"), "\(outcome)")
  }

  private static func run(_ service: Service) async throws -> HTTPAnswer {
    try HTTPAnswer(try await service.startRun(#"{"input": {"prompt": "\#(prompt)"}}"#).waitForEnd())
  }

  private static func expectNoSecret(_ log: String) {
    expectNoLeak(log)
    #expect(!log.contains(prompt) && !log.contains("uthorization"), "\(log)")
  }
}
