import ComposeBasic
import ComposePlan
import ComposeRuntime

/// `http-server`: starts a program that serves HTTP on this machine, and calls it.
struct HTTPServer: Component {
  static let type = "http-server"
  static let componentFields: Set<String> = [
    "manage", "install", "build", "clean", "start", "port", "base_path", "headers", "start_timeout", "timeout",
  ]
  static let actionFields: Set<String> = [
    "path", "method", "headers", "params", "body", "stream_format", "completion", "timeout",
  ]

  private let declaration: ComponentDeclaration
  private let services: Services
  private let server: ServerProcess

  init(_ declaration: ComponentDeclaration, _ services: Services) {
    self.declaration = declaration
    self.services = services
    server = ServerProcess(declaration, services.processes)
  }

  func start() async throws(RuntimeError) { try await server.start(on: try await port()) }

  func run(_ call: ComponentCall) async throws(RuntimeError) -> Value {
    if let failure = await server.failure() { throw failure }
    do throws(RuntimeError) {
      return try await send(call)
    } catch {
      // It may have died while it was asked, or behind a start that left it in the background.
      guard error.code == .connection else { throw error }
      await server.settle()
      throw await server.failure() ?? server.failureOfAnyEnding ?? error
    }
  }

  func stop() async { await server.stop() }

  func cleanUp() async throws(RuntimeError) { try await server.cleanUp() }

  private func port() async throws(RuntimeError) -> LocalPort {
    let number = try await declaration.integer("port") ?? 8000
    guard let port = UInt16(exactly: number), port > 0 else {
      throw declaration.failure("port", "must be between 1 and 65535")
    }
    return LocalPort(number: port)
  }

  /// The events of this component are no fragments of one value, and null ones stay, as in the reference.
  private func send(_ call: ComponentCall) async throws(RuntimeError) -> Value {
    var style = HTTPAction.Style()
    style.base = "http://localhost:\(try await port().number)" + (try await declaration.text("base_path") ?? "")
    style.streamForm = .bare
    style.readsCompletionLikeAction = true
    style.unnamedCallback = CallbackPlan.unnamed
    return try await HTTPAction(call, services.local, style: style).value()
  }
}
