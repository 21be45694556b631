import ComposeBasic
import ComposeHTTP
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

@testable import ComposeComponents

/// What a plan says about a request is what is sent.
@Suite struct PlannedRequestTests {
  /// The catalogue says the limits that count when a file says none.
  @Test func limitsAreThoseOfTheTransport() throws {
    let request = try #require(plannedRequests(of: try plan("known").workflows[0]).first)
    let limits = HTTPTimeouts()
    #expect(request.timeouts.connect == limit(limits.connect))
    #expect(request.timeouts.firstByte == limit(limits.firstByte))
    #expect(request.timeouts.idle == limit(limits.idle))
    #expect(request.timeouts.total == limit(limits.total))
  }

  /// The printed command and the program send the same request.
  @Test func commandSendsWhatTheProgramSends() async throws {
    let plan = try plan("known")
    guard case .invoke(let invocation) = plan.workflows[0].nodes[0].job.operation else {
      Issue.record("not a call")
      return
    }
    let script = ComposePlan.print(plan, workflows: plan.workflows, as: .curl)
    try await withStubProvider(Scenario(fault: .plainText("ok"))) { stub in
      var request = try await HTTPRequestBuilder(
        invocation: invocation, evaluator: Evaluator(Scope(callers: ["input": .null]))
      ).request()
      request.url = request.url.replacing("http://127.0.0.1:8090", with: stub.url)
      let transport = CurlTransport()
      _ = try await transport.send(request).body.collect(upTo: 100)
      let text = script.replacing("http://127.0.0.1:8090", with: stub.url)
      let outcome = try await run(ProgramLaunch("/bin/sh", input: .text(text)))
      #expect(outcome.status == 0)
      let own = try await stub.waitForRequest(1)
      let command = try await stub.waitForRequest(2)
      #expect(command.method == own.method)
      #expect(command.path == own.path)
      #expect(headers(command) == headers(own))
      #expect(try command.json == own.json)
    }
  }

  private func limit(_ seconds: Double?) -> RequestTimeouts.Limit {
    seconds.map { .seconds($0, isDefault: true) } ?? .none
  }

  /// Without those that follow from the connection and the layout of the body.
  private func headers(_ request: RecordedRequest) -> [String] {
    request.headers.filter { !["host", "content-length"].contains($0.name.lowercased()) }
      .map { "\($0.name.lowercased()): \($0.value)" }.sorted()
  }

  private func plan(_ name: String) throws -> Plan {
    let fixture = Fixture(path: Files.absolute("Fixtures/plan/analysis/\(name).yml"), extension: "yml")
    let sources = try fixture.sources
    let plan = compile(sources.files, in: sources, environment: Environment(), catalog: .builtIn).plan
    return try #require(plan)
  }
}
