import ComposeTestSupport

/// A running `up`.
struct Service: Sendable {
  let program: RunningProgram
  /// Of the HTTP API.
  let port: Int
  /// Of the Web UI.
  let webPort: Int

  /// The address of the Web UI.
  var page: String { "http://127.0.0.1:\(webPort)/" }

  /// `POST /api/workflows/runs`, sent; the answer can be read as it comes.
  func startRun(_ body: String = #"{"input": {"prompt": "Hi"}}"#) throws -> RawConnection {
    let connection = try RawConnection(port: port)
    connection.send(request("POST", "/api/workflows/runs", body: body))
    return connection
  }

  /// One exchange with the API.
  func exchange(
    _ method: String, _ path: String, headers: [String] = [], body: String? = nil
  ) async throws -> HTTPAnswer {
    try await Self.exchange(method, path, port: port, headers: headers, body: body)
  }

  /// One exchange with either port.
  static func exchange(
    _ method: String, _ path: String, port: Int, headers: [String] = [], body: String? = nil
  ) async throws -> HTTPAnswer {
    let connection = try RawConnection(port: port)
    connection.send(request(method, path, port: port, headers: headers, body: body))
    return try HTTPAnswer(try await connection.waitForEnd())
  }

  private func request(_ method: String, _ path: String, body: String) -> String {
    Self.request(method, path, port: port, headers: [], body: body)
  }

  private static func request(
    _ method: String, _ path: String, port: Int, headers: [String], body: String?
  ) -> String {
    var lines = ["\(method) \(path) HTTP/1.1", "Connection: close"] + headers
    func add(_ name: String, _ value: String) {
      let isThere = lines.contains { $0.lowercased().hasPrefix(name.lowercased() + ":") }
      if !isThere { lines.append("\(name): \(value)") }
    }
    add("Host", "127.0.0.1:\(port)")
    if let body {
      add("Content-Type", "application/json")
      add("Content-Length", "\(body.utf8.count)")
    }
    return lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")
  }
}

/// Runs the body with a service on ports that the system chooses; the file is the chat example unless the arguments
/// name another one.
func withService<Result>(
  _ arguments: [String] = [], environment: [String: String] = [:], in folder: String = "/",
  body: (Service) async throws -> Result
) async throws -> Result {
  var all = ["up", "--port", "0", "--web-port", "0"] + arguments
  if folder == "/", !arguments.contains("-f") { all += ["-f", ChatExample.file] }
  return try await withProgram(program(all, environment: environment, in: folder)) { program in
    try await body(Service(program))
  }
}

extension Service {
  /// Waits until the program says where it listens.
  init(_ program: RunningProgram) async throws {
    let greeting = try await program.waitForOutput(containing: "\nWeb UI  ")
    let text = greeting.hasSuffix("\n") ? greeting : try await program.waitForOutput(containing: "/\n")
    guard let api = text.firstMatch(of: /API     http:\/\/127\.0\.0\.1:([0-9]+)\/api\n/), let port = Int(api.1),
      let web = text.firstMatch(of: /Web UI  http:\/\/127\.0\.0\.1:([0-9]+)\/\n/), let webPort = Int(web.1)
    else { throw TestSupportError("the service names no ports: \(text)") }
    self.init(program: program, port: port, webPort: webPort)
  }
}

/// The chat example against a stub.
func withChatService<Result>(
  _ scenarios: Scenario..., body: (Service, StubProvider) async throws -> Result
) async throws -> Result {
  let stub = try StubProvider(scenarios)
  defer { stub.stop() }
  return try await withService(environment: ChatExample.environment(stub)) { try await body($0, stub) }
}
