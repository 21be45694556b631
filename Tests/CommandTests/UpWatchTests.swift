import ComposeTestSupport
import Glibc
import Testing

/// `up --watch`: changes are served, and mistakes change nothing.
@Suite struct UpWatchTests {
  @Test func servesAChange() async throws {
    try await withBackgroundService { watched in
      try await withService(["--watch"], in: watched.folder.path) { service in
        #expect(try await Self.title(service) == "First")
        try watched.folder.write(echoFile.replacing("First", with: "Second"), to: "model-compose.yml")
        try await service.program.waitForError(containing: "reloaded in ")
        #expect(try await Self.title(service) == "Second")
        #expect(service.program.errorSoFar.split(separator: "\n").count == 1)
      }
    }
  }

  /// As editors do it: another file takes the name.
  @Test func seesAFileThatTakesThePlaceOfAnother() async throws {
    try await withBackgroundService { watched in
      try await withService(["--watch"], in: watched.folder.path) { service in
        let path = watched.folder.path
        let second = echoFile.replacing("First", with: "Second")
        let newSecond = try watched.folder.write(second, to: ".new.yml")
        #expect(rename(newSecond, path + "/model-compose.yml") == 0)
        try await service.program.waitForError(containing: "reloaded in ")
        #expect(try await Self.title(service) == "Second")
        // What was watched has gone, and the next one is seen all the same. Another port makes its line another one.
        let third = echoFile.replacing("First", with: "Third").replacing("8080", with: "8090")
        let newThird = try watched.folder.write(third, to: ".new.yml")
        #expect(rename(newThird, path + "/model-compose.yml") == 0)
        try await service.program.waitForError(containing: "restart the service")
        #expect(try await Self.title(service) == "Third")
      }
    }
  }

  /// As deployments do it: the link leads to another file.
  @Test func seesALinkThatLeadsElsewhere() async throws {
    try await withBackgroundService { watched in
      let path = watched.folder.path
      try watched.folder.write(echoFile, to: "one/file.yml")
      try watched.folder.write(echoFile.replacing("First", with: "Second"), to: "two/file.yml")
      #expect(symlink("one", path + "/current") == 0)
      try await withService(["--watch", "-f", "current/file.yml"], in: path) { service in
        #expect(symlink("two", path + "/next") == 0)
        #expect(rename(path + "/next", path + "/current") == 0)
        try await service.program.waitForError(containing: "reloaded in ")
        #expect(try await Self.title(service) == "Second")
      }
    }
  }

  @Test func aMistakeChangesNothing() async throws {
    try await withBackgroundService { watched in
      try await withService(["--watch"], in: watched.folder.path) { service in
        try watched.folder.write("workflows: [", to: "model-compose.yml")
        let error = try await service.program.waitForError(containing: "not reloaded, the version before is still")
        #expect(error.contains("error[") && error.contains("model-compose.yml:1"), "\(error)")
        #expect(try await Self.title(service) == "First")
        try watched.folder.write(echoFile.replacing("First", with: "Second"), to: "model-compose.yml")
        try await service.program.waitForError(containing: "\nreloaded in ")
        #expect(try await Self.title(service) == "Second")
      }
    }
  }

  @Test func seesAFileOfVariablesThatAppears() async throws {
    let file = echoFile.replacing("First", with: "${env.TITLE | First}")
    try await withBackgroundService(file) { watched in
      try await withService(["--watch"], in: watched.folder.path) { service in
        try watched.folder.write("TITLE=Second\n", to: ".env")
        try await service.program.waitForError(containing: "reloaded in ")
        #expect(try await Self.title(service) == "Second")
      }
    }
  }

  @Test func namesWhatNeedsARestart() async throws {
    try await withBackgroundService { watched in
      try await withService(["--watch"], in: watched.folder.path) { service in
        let new = echoFile.replacing("First", with: "Second").replacing("port: 8080", with: "port: 8090")
        try watched.folder.write(new, to: "model-compose.yml")
        let line = try await service.program.waitForError(containing: "\n")
        #expect(
          line.hasPrefix("reloaded in ") && line.hasSuffix("; restart the service to change the addresses of the API\n")
        )
        #expect(try await Self.title(service) == "Second")
      }
    }
  }

  /// A run ends with the version that it began with.
  @Test func aRunKeepsItsVersion() async throws {
    try await withTemporaryFolder { gate in
      let fifo = gate.path + "/gate"
      #expect(mkfifo(fifo, 0o600) == 0)
      let file = echoFile.replacing("[echo, \"${input.text}\"]", with: "[sh, -c, \"cat \(fifo); echo old\"]")
      try await withBackgroundService(file) { watched in
        try await withService(["--watch"], in: watched.folder.path) { service in
          let connection = try RawConnection(port: service.port)
          let body = #"{"input": {"text": "x"}, "output_only": true}"#
          connection.send(
            "POST /api/workflows/runs HTTP/1.1\r\nHost: 127.0.0.1:\(service.port)\r\nConnection: close\r\n"
              + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
          // Opening succeeds when the command of the run has opened the other side.
          let writer = await computed { open(fifo, O_WRONLY | O_CLOEXEC) }
          try watched.folder.write(file.replacing("echo old", with: "echo new"), to: "model-compose.yml")
          try await service.program.waitForError(containing: "reloaded in ")
          close(writer)
          let answer = try HTTPAnswer(try await connection.waitForEnd())
          #expect(answer.body == #""old""#, "\(answer.body)")
        }
      }
    }
  }

  private static func title(_ service: Service) async throws -> String? {
    try await service.exchange("GET", "/api/workflows").json[0]?["title"]?.string
  }
}
