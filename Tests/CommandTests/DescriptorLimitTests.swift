import ComposeTestSupport
import Testing

/// A service with many clients needs more descriptors than programs are started with.
@Suite struct DescriptorLimitTests {
  @Test func aServiceRaisesItsLimitAndLeavesThatOfItsPrograms() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(
        """
        controller: {adapter: {type: http-server, port: 8080, base_path: /api}, webui: {port: 8081}}
        workflow: {job: {component: shell}}
        component: {id: shell, type: shell, driver: local, action: {command: [sh, -c, ulimit -Sn], output: "${result.stdout}"}}

        """, to: "model-compose.yml")
      let launch = ProgramLaunch(
        "/bin/sh",
        ["-c", "ulimit -Sn 300; exec \"$0\" up --port 0 --web-port 0", try modelComposePath()],
        environment: ["PATH": "/usr/bin:/bin"], workingDirectory: folder.path)
      try await withProgram(launch) { program in
        let service = try await Service(program)
        let limits = String(decoding: try Files.read("/proc/\(program.id)/limits"), as: UTF8.self)
        let line = try #require(limits.split(separator: "\n").first { $0.hasPrefix("Max open files") })
        let fields = line.split(separator: " ")
        #expect(fields[3] == fields[4] && fields[3] != "300", "\(line)")
        let answer = try await service.exchange(
          "POST", "/api/workflows/runs", body: #"{"input": {}, "output_only": true}"#)
        #expect(answer.body.contains("300"), "\(answer)")
      }
    }
  }
}
