import ComposeBasic
import ComposeHTTP
import ComposePlan
import ComposeRuntime

/// `http-server`: starts a program that serves HTTP on this machine, and calls it.
struct HTTPServer: Component {
  static let type = "http-server"
  static let componentFields: Set<String> = [
    "manage", "install", "build", "clean", "start", "port", "base_path", "headers", "start_timeout",
  ]
  static let actionFields: Set<String> = ["path", "method", "headers", "params", "body", "stream_format"]

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
      guard error.code == .connection, let failure = server.failureOfAnyEnding else { throw error }
      throw failure
    }
  }

  func stop() async { await server.stop() }

  private func port() async throws(RuntimeError) -> LocalPort {
    let number = try await declaration.integer("port") ?? 8000
    guard let port = UInt16(exactly: number), port > 0 else {
      throw declaration.failure("port", "must be between 1 and 65535")
    }
    return LocalPort(number: port)
  }

  private func send(_ call: ComponentCall) async throws(RuntimeError) -> Value {
    let base = "http://localhost:\(try await port().number)" + (try await declaration.text("base_path") ?? "")
    var invocation = call.invocation
    let name = Located("base_url", at: invocation.range)
    invocation.componentFields.append(
      PlanField(name: name, value: PlanTemplate(.constant(.text(base)), at: invocation.range)))
    let fields = ActionFields(call, services)
    let request = try await HTTPRequestBuilder(invocation: invocation, evaluator: fields.evaluator).request()
    let response: HTTPResponse
    do throws(HTTPError) {
      response = try await services.transport.send(request)
    } catch {
      throw RuntimeError(error)
    }
    let reply = HTTPReply(
      response: response, call: call, scope: fields.scope, errorBodyTimeout: services.errorBodyTimeout)
    return try await reply.value()
  }
}
