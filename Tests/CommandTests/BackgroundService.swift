import ComposeTestSupport
import Glibc

/// A folder with a small service, and the commands that operate it there.
struct BackgroundService: Sendable {
  let folder: TemporaryFolder
  let environment: [String: String]

  /// Runs a command in the folder to its end.
  func run(_ arguments: String...) async throws -> RunningProgram.Outcome {
    try await ComposeTestSupport.run(program(arguments, environment: environment, in: folder.path))
  }

  /// `up -d` on ports that the system chooses.
  func up(_ arguments: String...) async throws -> RunningProgram.Outcome {
    try await ComposeTestSupport.run(
      program(["up", "-d", "--port", "0", "--web-port", "0"] + arguments, environment: environment, in: folder.path))
  }

  /// The pid file as it is.
  func record(_ file: String = ".model-compose/up.pid") throws -> TestJSON { try TestJSON(try folder.read(file)) }

  var hasRecord: Bool { Files.exists(folder.path + "/.model-compose/up.pid") }

  /// The id of the service.
  func process(_ file: String = ".model-compose/up.pid") throws -> Int32 {
    guard let id = try record(file)["pid"]?.integer.flatMap(Int32.init(exactly:)) else {
      throw TestSupportError("no process in the pid file")
    }
    return id
  }

  /// The port of the API that `up` has announced.
  static func port(_ output: String) throws -> Int {
    guard let match = output.firstMatch(of: /API     http:\/\/127\.0\.0\.1:([0-9]+)\/api\n/), let port = Int(match.1)
    else { throw TestSupportError("the service names no port: \(output)") }
    return port
  }
}

/// Makes a folder with a service for the body. Whatever serves there afterwards is killed.
func withBackgroundService(
  _ file: String = echoFile, environment: [String: String] = [:], _ body: (BackgroundService) async throws -> Void
) async throws {
  try await withTemporaryFolder { folder in
    try folder.write(file, to: "model-compose.yml")
    let service = BackgroundService(folder: folder, environment: environment)
    defer {
      for name in Files.names(in: folder.path + "/.model-compose") ?? [] where name.hasSuffix(".pid") {
        if let id = try? service.process(".model-compose/" + name) { kill(id, SIGKILL) }
      }
    }
    try await body(service)
  }
}

/// A service that gives back what it gets, and leaves a file when it is set up.
let echoFile = """
  controller: {adapter: {type: http-server, port: 8080, base_path: /api}, webui: {port: 8081}}
  component:
    type: shell
    install: [[touch, installed]]
    clean: [[rm, installed]]
    action: {command: [echo, "${input.text}"]}
  workflow: {id: echo, title: First, job: {input: {text: "${input.text as text}"}, output: "${output.stdout}"}}

  """

/// Whether the process runs; one that is dead and was not asked for does not.
func isAlive(_ id: Int32) -> Bool {
  guard let stat = try? Files.read("/proc/\(id)/stat") else { return false }
  let fields = String(decoding: stat, as: UTF8.self).split(separator: ")").last?.split(separator: " ")
  return fields?.first.map { $0 != "Z" && $0 != "X" } ?? false
}
