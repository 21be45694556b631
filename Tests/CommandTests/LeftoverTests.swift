import ComposeTestSupport
import Glibc
import Testing

/// What commands leave in the background ends with the program, however that ends.
@Suite struct LeftoverTests {
  @Test func aRunThatIsOverLeavesNothing() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(
        Self.file("echo done; sleep 1000 >/dev/null 2>&1 & echo $! >child; exit 0"), to: "model-compose.yml")
      let outcome = try await run(program(["run"], in: folder.path))
      #expect(outcome.status == 0, "\(outcome)")
      let child = try #require(Int32(try folder.read("child").filter(\.isNumber)))
      #expect(!isAlive(child))
    }
  }

  @Test(arguments: [SIGHUP, SIGINT, SIGTERM]) func aRunThatIsEndedLeavesNothing(_ signal: Int32) async throws {
    try await withTemporaryFolder { folder in
      try folder.write(Self.file("sleep 1000 & echo child $! ready >&2; wait"), to: "model-compose.yml")
      try await withProgram(program(["run"], in: folder.path)) { program in
        let text = try await program.waitForError(containing: " ready")
        let child = try #require(Int32(text.filter(\.isNumber)))
        program.signal(signal)
        let outcome = try await program.waitForExit()
        #expect(outcome.status == 128 + signal, "\(outcome)")
        #expect(!isAlive(child))
      }
    }
  }

  private static func file(_ script: String) -> String {
    """
    component: {type: shell, action: {command: [sh, -c, "\(script)"], streaming: true}}
    workflow: {job: {output: "${output as stream/text}"}}

    """
  }
}
