import ComposePlan
import ComposeRuntime
import ComposeServer
import ComposeTestSupport
import Logging

/// A service under test and its ports.
struct RunningService: Sendable {
  private let addresses: BoundAddresses
  private let stopRequests: AsyncStream<Void>.Continuation

  fileprivate init(_ addresses: BoundAddresses, _ stopRequests: AsyncStream<Void>.Continuation) {
    self.addresses = addresses
    self.stopRequests = stopRequests
  }

  /// The port of the API, or of the web page where there is no other.
  var port: Int { addresses.api?.port ?? webUIPort }

  var webUIPort: Int { addresses.webUI?.port ?? 0 }

  /// What a signal does.
  func requestStop() { stopRequests.yield() }

  func connect() throws -> RawConnection { try RawConnection(port: port) }

  /// One request with a connection of its own.
  func exchange(
    _ method: String, _ path: String, _ headers: [String: String] = [:], body: String? = nil, at port: Int? = nil
  ) async throws -> Answer {
    let port = port ?? self.port
    let connection = try RawConnection(port: port)
    connection.send(requestText(method, path, headers, body: body, port: port))
    return try Answer(try await connection.waitForEnd())
  }

  func run(_ body: String, _ headers: [String: String] = [:]) async throws -> Answer {
    try await exchange(
      "POST", "/api/workflows/runs", ["Content-Type": "application/json"].merging(headers) { $1 }, body: body)
  }

  /// Waits until nothing new begins any more.
  func waitUntilDraining() async throws {
    while try await exchange("GET", "/api/health").body != #"{"status":"shutting_down"}"# {}
  }

  /// A connection on which a run has been asked for.
  func startRun(_ body: String = "{}", at path: String = "/api/workflows/runs") throws -> RawConnection {
    let connection = try connect()
    connection.send(requestText("POST", path, ["Content-Type": "application/json"], body: body, port: port))
    return connection
  }
}

/// A request that asks for the connection to be closed; a header in `headers` takes the place of the usual one.
func requestText(
  _ method: String, _ path: String, _ headers: [String: String] = [:], body: String?, port: Int
) -> String {
  var all = ["Host": "127.0.0.1:\(port)", "Connection": "close"]
  if let body { all["Content-Length"] = String(body.utf8.count) }
  all.merge(headers) { $1 }
  let lines = all.filter { !$0.value.isEmpty }.map { "\($0.key): \($0.value)\r\n" }.sorted().joined()
  return "\(method) \(path) HTTP/1.1\r\n\(lines)\r\n\(body ?? "")"
}

/// Runs a service for the time of the body.
func withService<Result: Sendable>(
  _ plan: Plan, _ host: FakeHost = .echo, serving: ServingPlan? = nil,
  configure: (inout ServerConfiguration) -> Void = { _ in },
  _ body: (RunningService) async throws -> Result
) async throws -> Result {
  // The plan itself says it, too, as that of a file does: how many runs there may be is read there.
  let plan = serving.map { plan.serving($0) } ?? plan
  var configuration = ServerConfiguration(serving: plan.serving.listening(on: 0, webPort: 0))
  // A ping is a write, which would find out by itself that a client is gone.
  configuration.pingInterval = .seconds(600)
  configure(&configuration)
  let project = ServedProject(plan: plan, interpreter: Interpreter(plan: plan, host: host))
  let server = Server(project, configuration: configuration, logger: quietLogger)
  return try await withRunning(server, body)
}

/// Runs a server for the time of the body.
func withRunning<Result: Sendable>(
  _ server: Server, _ body: (RunningService) async throws -> Result
) async throws -> Result {
  let (requests, continuation) = AsyncStream<Void>.makeStream()
  let ready = Watched<BoundAddresses?>(nil)
  let running = Task { try await server.run(stopRequests: requests) { addresses in ready.update { $0 = addresses } } }
  // However the body ends, three requests end the service without waiting for anything.
  defer { for _ in 1...3 { continuation.yield() } }
  let addresses = try await ready.wait(for: "the ports", describe: { "\($0 as Any)" }) { $0 }
  let result = try await body(RunningService(addresses, continuation))
  for _ in 1...3 { continuation.yield() }
  try await running.value
  return result
}

let quietLogger: Logger = {
  var logger = Logger(label: "test")
  logger.logLevel = .critical
  return logger
}()

extension Plan {
  /// The same, served in another way.
  fileprivate func serving(_ serving: ServingPlan) -> Plan {
    Plan(
      workflows: workflows, serving: serving, listeners: listeners, environment: environment,
      writtenSecrets: writtenSecrets, sources: sources, types: types)
  }
}
