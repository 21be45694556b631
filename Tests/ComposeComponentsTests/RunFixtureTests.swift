import ComposeBasic
import ComposeComponents
import ComposeHTTP
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

/// Runs every `Fixtures/run/*.yml` against its recorded provider (`.http`) with its input (`.in.json`). The golden
/// (`.out`) holds the requests that were sent and what came out.
@Suite struct RunFixtureTests {
  @Test(arguments: Fixture.all(in: "run"))
  func run(_ fixture: Fixture) async throws {
    let sources = try fixture.sources
    var environment = Environment()
    environment.set("OPENAI_API_KEY", "sk-fixture-secret", origin: "process environment")
    let compilation = compile(sources.files, in: sources, environment: environment, catalog: .builtIn)
    let plan = try #require(compilation.plan, "\(compilation.diagnostics.sorted().map(\.message))")
    let workflow = try #require(plan.defaultWorkflow)
    let transport = RecordedTransport(String(decoding: try Files.read(fixture.sibling("http")), as: UTF8.self))
    let input = try parseJSON(try Files.read(fixture.sibling("in.json")))

    let host = ComponentRegistry(services: Services(transport: transport, errorBodyTimeout: .seconds(600)))
    #expect(refusals(of: workflow, in: plan, host: host).isEmpty)
    let outcome = await outcome(of: Interpreter(plan: plan, host: host), workflow, input, sources)
    // Jobs side by side send in no fixed order.
    let isOrdered = Set(workflow.nodes.map(\.stage)).count == workflow.nodes.count
    let sent = transport.requests.map { describe($0) }
    let requests = isOrdered ? sent : sent.sorted()
    expectGolden((requests + outcome).joined(separator: "\n") + "\n", at: fixture.sibling("out"))
  }

  /// The chunks or the value, then the error if there is one.
  private func outcome(
    of interpreter: Interpreter, _ workflow: WorkflowPlan, _ input: Value, _ sources: SourceSet
  ) async -> [String] {
    var lines: [String] = []
    do throws(RuntimeError) {
      let value = try await interpreter.run(workflow, input: input, as: Run(id: "RUN"))
      if case .resource(let resource) = value { return try await describe(resource) }
      guard case .stream(let stream) = value else { return ["result \(value.jsonText)"] }
      try stream.take()
      lines.append("stream \(describe(stream.form))")
      while let chunk = try await stream.next() { lines.append("chunk \(chunk.jsonText)") }
      lines.append("end")
    } catch {
      let place = error.range.map { " at \(sources.location(of: $0))" } ?? ""
      let status = error.status.map { " status \($0)" } ?? ""
      lines.append(
        "error \(error.code.rawValue)\(status)\(error.job.map { " in \($0)" } ?? "")\(place): \(error.message)")
    }
    return lines
  }

  private func describe(_ resource: Resource) async throws(RuntimeError) -> [String] {
    let reader = try await resource.open()
    let name = reader.filename.map { " \($0)" } ?? ""
    let bytes = try await reader.bytes()
    return [
      "resource \(resource.kind.rawValue) \(reader.contentType ?? "none")\(name)",
      "bytes \(Value.bytes(bytes).debugForm)",
    ]
  }

  private func describe(_ form: ValueStream.Form) -> String {
    switch form {
    case .chunks(fragmented: true): "fragmented"
    case .chunks(fragmented: false): "items"
    case .bare: "bare"
    case .encoded(let encoding): encoding.rawValue
    }
  }

  private func describe(_ request: HTTPRequest) -> String {
    let headers = request.headers.map { "  \($0.name): \($0.value)" }
    let body = request.body.map { ["  " + String(decoding: $0, as: UTF8.self)] } ?? []
    return (["\(request.method) \(request.url)"] + headers + body).joined(separator: "\n")
  }
}
