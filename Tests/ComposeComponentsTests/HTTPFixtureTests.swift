import ComposeBasic
import ComposeComponents
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

/// Runs every `Fixtures/run/http/*.yml` against its recorded provider (`.http`) with its input (`.in.json`). The golden
/// (`.out`) holds what was sent and when, and what came out.
///
/// `.calls.json` is a list of calls from outside: `at` in seconds, `path`, `body` and `query`.
@Suite struct HTTPFixtureTests {
  @Test(arguments: Fixture.all(in: "run/http"))
  func run(_ fixture: Fixture) async throws {
    let sources = try fixture.sources
    let compilation = compile(sources.files, in: sources, environment: Environment(), catalog: .builtIn)
    let compiled = compilation.plan
    let plan = try #require(compiled, "\(compilation.diagnostics.sorted().map(\.message))")
    let workflow = try #require(plan.defaultWorkflow)
    let time = VirtualTime()
    let transport = RecordedTransport(
      String(decoding: try Files.read(fixture.sibling("http")), as: UTF8.self), executor: time, clock: time)
    let input = try parseJSON(try Files.read(fixture.sibling("in.json")))
    let path = fixture.sibling("calls.json")
    let calls = Files.exists(path) ? try parseJSON(try Files.read(path)) : .list([])

    let broker = CallbackBroker(clock: time)
    if !plan.listeners.isEmpty { broker.open() }
    let host = ComponentRegistry(
      services: Services(transport: transport, errorBodyTimeout: .seconds(600), callbacks: broker))
    #expect(refusals(of: [workflow], in: plan, host: host).isEmpty)
    let record = RunRecord(sources: sources)
    let outcome = try await time.run {
      let caller = Task(executorPreference: time) { try await Self.make(calls, plan, broker, time) }
      let lines = await record.lines { () async throws(RuntimeError) in
        try await Interpreter(plan: plan, host: host).run(
          workflow, input: input, as: Run(id: "RUN"), with: RunServices(clock: time, random: RandomSource { 0 }))
      }
      caller.cancel()
      return lines
    }
    let sent = zip(transport.times, transport.requests).map { time, request in
      "at \(time) s: \(showingReturns(record.describe(request)))"
    }
    expectGolden((sent + outcome).joined(separator: "\n") + "\n", at: fixture.sibling("out"))
  }

  /// Git and editors may change line ends that they see.
  private func showingReturns(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\r" ? "␍" : $0 }))
  }

  private static func make(
    _ calls: Value, _ plan: Plan, _ broker: CallbackBroker, _ clock: some RunClock
  ) async throws {
    guard case .list(let calls) = calls else { return }
    for call in calls {
      guard case .integer(let seconds) = call.member("at") else { continue }
      try await clock.sleep(until: MonotonicInstant(nanoseconds: Int64(seconds) * 1_000_000_000))
      let plans = plan.listeners.flatMap(\.callbacks).filter { $0.path == call.member("path").displayText }
      for plan in plans {
        try await CallbackReceiver(plan, broker).receive(body: call.member("body"), query: call.member("query"))
      }
    }
  }
}
