import Glibc

/// A real server that a test has started, of somebody else's making.
///
/// The test opens the port and hands it over as a descriptor, so the system chooses the port, and a connection that
/// comes before the server is ready waits.
package struct Peer: Sendable {
  package let port: Int
  package let program: RunningProgram

  /// `http://127.0.0.1:<port><path>`.
  package func url(_ path: String = "/") -> String { "http://127.0.0.1:\(port)\(path)" }

  /// `https://<host>:<port><path>`.
  package func secureURL(_ path: String = "/", host: String = "localhost") -> String {
    "https://\(host):\(port)\(path)"
  }
}

/// Starts a server, runs the body, and ends the server's whole process group.
///
/// - Parameter launch: makes what is started; it gets the port, whose descriptor is 100 in the server.
func withPeer<Result>(
  _ launch: (Int) throws -> ProgramLaunch, body: (Peer) async throws -> Result
) async throws -> Result {
  let listener = try listenOnLoopback()
  let program: RunningProgram
  do {
    defer { close(listener.socket) }
    // Servers want to wait in `accept` as they like; the flag is shared with them.
    _ = fcntl(listener.socket, F_SETFL, fcntl(listener.socket, F_GETFL, 0) & ~O_NONBLOCK)
    var launch = try launch(listener.port)
    launch.descriptors = [listener.socket]
    program = try RunningProgram(launch)
  }
  defer { program.end() }
  return try await body(Peer(port: listener.port, program: program))
}
