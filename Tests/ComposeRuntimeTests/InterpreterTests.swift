import ComposeBasic
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeSyntax
import Synchronization
import Testing

/// A host whose answers the test decides, by the host of the action's endpoint.
private final class FakeHost: ComponentHost {
  typealias Answer = @Sendable (Value) async throws(RuntimeError) -> Value
  private let answers: [String: Answer]
  private let calls = Mutex<[String]>([])

  init(_ answers: [String: Answer]) { self.answers = answers }

  var called: [String] { calls.withLock { $0.sorted() } }

  func run(_ call: ComponentCall) async throws(RuntimeError) -> Value {
    guard case .constant(.text(let name))? = call.invocation.actionField("endpoint")?.content,
      let answer = answers[String(name.dropFirst("http://".count))]
    else { throw RuntimeError(.internal, "no answer") }
    calls.withLock { $0.append(name) }
    return try await answer(call.input)
  }

  func refusals(of invocation: Invocation) -> [Refusal] { [] }
}

/// Something that happened, told from any task.
private final class Flag: Sendable {
  private let value = Mutex(false)
  var isSet: Bool { value.withLock { $0 } }
  func set() { value.withLock { $0 = true } }
}

/// The error that the body ends with.
private func failure(_ body: () async throws(RuntimeError) -> Value?) async -> RuntimeError? {
  do throws(RuntimeError) {
    _ = try await body()
    return nil
  } catch {
    return error
  }
}

/// Two parties that wait for each other.
private actor Meeting {
  private var waiting: [CheckedContinuation<Void, Never>] = []
  private let size: Int

  init(of size: Int) { self.size = size }

  func arrive() async {
    if waiting.count + 1 == size {
      for one in waiting { one.resume() }
      waiting = []
      return
    }
    await withCheckedContinuation { waiting.append($0) }
  }
}

@Suite struct InterpreterTests {
  private static let components = """
    components:
      - {id: a, type: http-client, action: {endpoint: "http://a"}}
      - {id: b, type: http-client, action: {endpoint: "http://b"}}
      - {id: c, type: http-client, action: {endpoint: "http://c"}}

    """

  private func plan(_ workflow: String, secret: String? = nil) throws -> Plan {
    var sources = SourceSet()
    sources.add(path: "test.yml", bytes: Array((Self.components + workflow).utf8))
    var environment = Environment()
    if let secret { environment.set("API_KEY", secret, origin: "-e") }
    let compilation = compile(sources.files, in: sources, environment: environment, catalog: .builtIn)
    return try #require(compilation.plan, "\(compilation.diagnostics.sorted().map(\.message))")
  }

  private func run(_ plan: Plan, _ host: FakeHost, input: Value = .null) async throws(RuntimeError) -> Value {
    guard let workflow = plan.defaultWorkflow else { throw RuntimeError(.unknownWorkflow, "none") }
    return try await Interpreter(plan: plan, host: host).run(workflow, input: input, as: Run(id: "RUN"))
  }

  @Test(.timeLimit(.minutes(15)))
  func jobsWithoutDependenciesRunSideBySide() async throws {
    let meeting = Meeting(of: 2)
    let host = FakeHost([
      "a": { _ in
        await meeting.arrive()
        return .text("A")
      },
      "b": { _ in
        await meeting.arrive()
        return .text("B")
      },
      "c": { input in input },
    ])
    let plan = try plan(
      """
      workflow:
        jobs:
          - {id: one, component: a}
          - {id: two, component: b}
          - {id: both, component: c, depends_on: [one, two], input: "${jobs.one.output}${jobs.two.output}"}
      """)
    #expect(try await run(plan, host).isIdentical(to: .text("AB")))
  }

  @Test(.timeLimit(.minutes(15)))
  func aGroupIsSatisfiedByItsFirstJob() async throws {
    let host = FakeHost([
      "a": { _ in .text("A") },
      "b": { _ in
        // Ends only because the run does not wait for it before starting the third job.
        try? await Task.sleep(for: .seconds(3600))
        return .text("B")
      },
      "c": { (_) async throws(RuntimeError) in throw RuntimeError(.provider, "third job ran") },
    ])
    let plan = try plan(
      """
      workflow:
        jobs:
          - {id: one, component: a}
          - {id: two, component: b}
          - {id: three, component: c, depends_on: [[one, two]], input: {}}
      """)
    let error = await failure { () async throws(RuntimeError) in try await run(plan, host) }
    #expect(error?.message == "third job ran")
  }

  @Test(.timeLimit(.minutes(15)))
  func aFailureCancelsTheOthersAndNamesTheJob() async throws {
    let cancelled = Flag()
    let meeting = Meeting(of: 2)
    let host = FakeHost([
      "a": { (_) async throws(RuntimeError) in
        await meeting.arrive()
        throw RuntimeError(.provider, "no luck with key-123456", status: 500)
      },
      "b": { (_) async throws(RuntimeError) in
        await meeting.arrive()
        do { try await Task.sleep(for: .seconds(3600)) } catch { cancelled.set() }
        throw RuntimeError.cancelled
      },
    ])
    let plan = try plan(
      """
      workflow:
        jobs:
          - {id: one, component: a, input: {key: "${env.API_KEY}"}}
          - {id: two, component: b}
      """, secret: "key-123456")
    let error = await failure { () async throws(RuntimeError) in try await run(plan, host) }
    #expect(error?.job == "one")
    #expect(error?.status == 500)
    #expect(error?.message == "no luck with ••••")
    #expect(error?.range != nil)
    #expect(cancelled.isSet)
    #expect(host.called == ["http://a", "http://b"])
  }

  @Test func errorsInsideAStreamNameTheJobToo() async throws {
    let host = FakeHost([
      "a": { _ in
        let isDone = Flag()
        return .stream(
          ValueStream(
            .chunks(fragmented: true),
            next: { () async throws(RuntimeError) in
              if isDone.isSet { throw RuntimeError(.connection, "lost") }
              isDone.set()
              return .text("x")
            }))
      }
    ])
    let plan = try plan("workflow: {jobs: [{id: one, component: a, output: \"${output as stream/text}\"}]}")
    guard case .stream(let stream) = try await run(plan, host) else {
      Issue.record("the result is no stream")
      return
    }
    #expect(try await stream.next()?.isIdentical(to: .text("x")) == true)
    let error = await failure { () async throws(RuntimeError) in try await stream.next() }
    #expect(error?.job == "one")
    #expect(try await stream.next() == nil)
  }

  @Test func cancellingAStreamReachesItsSource() async throws {
    let isCancelled = Flag()
    let host = FakeHost([
      "a": { _ in
        .stream(
          ValueStream(
            .chunks(fragmented: true), next: { () async throws(RuntimeError) in .text("x") },
            cancel: { isCancelled.set() }))
      }
    ])
    let plan = try plan("workflow: {job: {component: a, output: \"${output as stream/text}\"}}")
    guard case .stream(let stream) = try await run(plan, host) else {
      Issue.record("the result is no stream")
      return
    }
    _ = try await stream.next()
    stream.cancel()
    #expect(isCancelled.isSet)
    #expect(try await stream.next() == nil)
  }

  @Test func aStreamHasOneReader() throws {
    let stream = ValueStream(.bare, next: { () async throws(RuntimeError) in nil })
    try stream.take()
    #expect(throws: RuntimeError.self) { try stream.take() }
  }
}
