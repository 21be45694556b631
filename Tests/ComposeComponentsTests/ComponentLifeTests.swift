import ComposeBasic
import ComposeHTTP
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeSyntax
import Synchronization
import Testing

@testable import ComposeComponents

/// What happens to components around their calls.
@Suite struct ComponentLifeTests {
  @Test func aComponentIsMadeOnceForItsPlace() throws {
    let instances = ComponentInstances(Services(transport: NoTransport()))
    let invocations = try self.invocations()
    #expect(invocations.map(\.component) == ["first", "first", "second"])
    let made = invocations.map { instances.instance(of: Recorder.self, for: $0) as? Recorder }
    #expect(made[0] === made[1])
    #expect(made[0] !== made[2])
  }

  @Test func stoppingEndsEachOnce() async throws {
    let instances = ComponentInstances(Services(transport: NoTransport()))
    let made = try invocations().map { instances.instance(of: Recorder.self, for: $0) as? Recorder }
    try await instances.start()
    await instances.stop()
    await instances.stop()
    #expect(made[0]?.events == ["start", "stop"])
    #expect(made[2]?.events == ["start", "stop"])
  }

  @Test func whenOneCannotStartTheOthersAreStopped() async throws {
    let instances = ComponentInstances(Services(transport: NoTransport()))
    let invocations = try self.invocations()
    let healthy = instances.instance(of: Recorder.self, for: invocations[0]) as? Recorder
    let broken = instances.instance(of: Broken.self, for: invocations[2]) as? Broken
    let error = await #expect(throws: RuntimeError.self) { try await instances.start() }
    #expect(error?.message == "no")
    #expect(error?.range == invocations[2].componentRange)
    #expect(healthy?.events.last == "stop")
    #expect(broken?.recorder.events == ["stop"])
  }

  @Test func reachFollowsWorkflowsOnce() throws {
    let plan = try #require(Self.plan(Self.file))
    let reach = plan.reach(of: [try #require(plan.workflow(named: "main"))])
    #expect(reach.invocations.map(\.component) == ["first", "call", "first", "second"])
    #expect(plan.reach(of: [try #require(plan.workflow(named: "alone"))]).invocations.map(\.component) == ["third"])
  }

  private func invocations() throws -> [Invocation] {
    let plan = try #require(Self.plan(Self.file))
    let main = try #require(plan.workflow(named: "main"))
    return plan.reach(of: [main]).invocations.filter { $0.component != "call" }
  }

  private static let file = """
    components:
      - {id: first, type: http-client, action: {endpoint: "https://a.example", method: GET}}
      - {id: second, type: http-client, action: {endpoint: "https://b.example", method: GET}}
      - {id: third, type: http-client, action: {endpoint: "https://c.example", method: GET}}
      - {id: call, type: workflow, action: {workflow: inner}}
    workflows:
      - id: main
        default: true
        jobs:
          - {id: a, component: first}
          - {id: b, component: call, depends_on: [a]}
      - id: inner
        jobs:
          - {id: c, component: first}
          - {id: d, component: second, depends_on: [c]}
      - {id: alone, job: {component: third}}
    """

  private static func plan(_ text: String) -> Plan? {
    var sources = SourceSet()
    sources.add(path: "model-compose.yml", bytes: Array(text.utf8))
    return compile(sources.files, in: sources, environment: Environment(), catalog: .builtIn).plan
  }
}

/// Keeps what is done with it.
private final class Recorder: Component {
  static let type = "recorder"
  static let componentFields: Set<String> = []
  static let actionFields: Set<String> = []

  private let log = Mutex<[String]>([])

  init(_ declaration: ComponentDeclaration, _ services: Services) {}

  var events: [String] { log.withLock { $0 } }

  func start() async throws(RuntimeError) { log.withLock { $0.append("start") } }

  func run(_ call: ComponentCall) async throws(RuntimeError) -> Value { .null }

  func stop() async { log.withLock { $0.append("stop") } }
}

/// Cannot start.
private final class Broken: Component {
  static let type = "broken"
  static let componentFields: Set<String> = []
  static let actionFields: Set<String> = []

  let recorder: Recorder

  init(_ declaration: ComponentDeclaration, _ services: Services) { recorder = Recorder(declaration, services) }

  func start() async throws(RuntimeError) { throw RuntimeError(.connection, "no") }

  func run(_ call: ComponentCall) async throws(RuntimeError) -> Value { .null }

  func stop() async { await recorder.stop() }
}

private struct NoTransport: HTTPTransport {
  func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse { throw HTTPError(.refused, "no network") }
}
