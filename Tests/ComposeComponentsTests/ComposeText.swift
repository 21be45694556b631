import ComposeBasic
import ComposeComponents
import ComposeHTTP
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeSyntax

/// Runs the text of a compose file on the machine's own clock.
struct ComposeText: Sendable {
  private let plan: Plan
  let host: ComponentRegistry

  init(
    _ text: String, processes: ProcessServices = .plain, transport: any HTTPTransport = RefusingTransport()
  ) throws {
    var sources = SourceSet()
    let file = sources.add(path: "model-compose.yml", bytes: Array(text.utf8))
    let compilation = compile([file], in: sources, environment: Environment(), catalog: .builtIn)
    guard let plan = compilation.plan else {
      let messages = compilation.diagnostics.sorted().map(\.message)
      throw Refused(messages: messages)
    }
    self.plan = plan
    host = ComponentRegistry(services: Services(transport: transport, processes: processes))
  }

  /// What the checker says of a text that cannot be run.
  struct Refused: Error {
    let messages: [String]
  }

  /// What does not run of the default workflow.
  var refused: [Refusal] { plan.defaultWorkflow.map { refusals(of: [$0], in: plan, host: host) } ?? [] }

  /// Starts what the default workflow needs.
  func start() async throws(RuntimeError) {
    guard let workflow = plan.defaultWorkflow else { return }
    try await host.start(plan.reach(of: [workflow]).invocations)
  }

  func run(_ input: Value = .null, clock: any RunClock = SystemClock()) async throws(RuntimeError) -> Value {
    guard let workflow = plan.defaultWorkflow else { throw RuntimeError(.unknownWorkflow, "no workflow") }
    return try await Interpreter(plan: plan, host: host).run(
      workflow, input: input, as: Run(id: "RUN"), with: RunServices(clock: clock))
  }
}

extension ProcessServices {
  /// The usual programs, and a home.
  static let plain = ProcessServices(environment: ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/"])
}

/// Reaches nobody.
struct RefusingTransport: HTTPTransport {
  func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    throw HTTPError(.refused, "nobody is reached in this test")
  }
}
