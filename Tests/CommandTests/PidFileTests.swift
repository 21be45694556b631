import ComposeTestSupport
import Testing

/// A pid file that is named by mistake is somebody's file.
@Suite struct PidFileTests {
  @Test(arguments: [["stop"], ["down"], ["status"], ["up"], ["up", "-d"], ["start"]])
  func aFileOfSomethingElseStays(_ command: [String]) async throws {
    try await withTemporaryFolder { folder in
      try folder.write(echoFile, to: "model-compose.yml")
      try folder.write("my notes\n", to: "notes.txt")
      try folder.write("{\"pins\": []}\n", to: "Cargo.lock")
      for name in ["notes.txt", "Cargo", "."] {
        let outcome = try await run(program(command + ["--pid-file", name], in: folder.path))
        #expect(outcome.status == 2, "\(outcome)")
        #expect(outcome.standardError.contains("is there and is no pid file of a service"), "\(outcome)")
      }
      #expect(Files.names(in: folder.path)?.sorted() == ["Cargo.lock", "model-compose.yml", "notes.txt"])
      #expect(try Files.read(folder.path + "/notes.txt") == Array("my notes\n".utf8))
      #expect(try Files.read(folder.path + "/Cargo.lock") == Array("{\"pins\": []}\n".utf8))
    }
  }
}
