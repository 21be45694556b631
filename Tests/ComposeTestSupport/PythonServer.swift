import Glibc

/// A server in Python: a file in `Fixtures/peers`.
package enum PythonServer: String, Sendable {
  /// `http.server` of Python's own library: HTTP/1.1, a thread for each connection.
  case standard = "http_server"
  case aiohttp = "aiohttp_server"
  /// A forward proxy that also opens tunnels; its output names what it was asked for.
  case proxy
  /// A provider of chat completions that answers what the prompt tells it to.
  case provider
  /// A proxy that passes bytes on, and cuts connections in the middle.
  case cutter
}

/// Starts a Python server on a port of the system's choice, runs the body, and ends the server.
@discardableResult
package func withPython<Result>(
  _ server: PythonServer, _ arguments: [String] = [], body: (Peer) async throws -> Result
) async throws -> Result {
  let launch = try pythonLaunch(server.rawValue, arguments)
  return try await withPeer { _ in
    launch
  } body: {
    try await body($0)
  }
}

/// A Python client: a file in `Fixtures/peers`.
///
/// - Returns: how it ended.
package func runPython(
  _ script: String, _ arguments: [String]
) async throws(TestSupportError) -> RunningProgram.Outcome {
  try await run(try pythonLaunch(script, arguments))
}

private func pythonLaunch(_ script: String, _ arguments: [String]) throws(TestSupportError) -> ProgramLaunch {
  let python = Files.repository + "/.build/test-peers/bin/python3"
  guard access(python, X_OK) == 0 else {
    throw TestSupportError("no '\(python)': scripts/install-test-peers makes it")
  }
  return ProgramLaunch(python, ["-u", "-B", Files.repository + "/Fixtures/peers/\(script).py"] + arguments)
}
