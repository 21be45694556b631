import ComposeBasic
import ComposeComponents
import ComposeHTTP
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeSyntax
import Synchronization
import Testing

/// A run of an agent whose model gives listed answers, in a time of its own.
struct AgentRun: Sendable {
  enum Answer: Sendable {
    /// A message with these blocks.
    case message(String)
    case events([String])
    case bytes
    case refusal(String)
  }

  struct Outcome: Sendable {
    var text: String?
    var error: RuntimeError?
  }

  let time: VirtualTime
  let start: MonotonicInstant
  let transport: ListedTransport
  let answers: BatchedAnswers
  private let plan: Plan
  private let workflow: WorkflowPlan
  private let isAnswered: Bool

  /// - Parameters:
  ///   - tools: the entries of the agent's `tools`; `pause` is a workflow that waits for so long.
  ///   - job: more fields of the job, behind a comma.
  ///   - model: more fields of the model's component.
  init(
    tools: [String], waiting: String = "0s", workflows: String = "", components: String = "", job: String = "",
    model: String = "default: false", answers: [Answer], isAnswered: Bool = true
  ) throws {
    let file = """
      workflows:
        - {id: main, default: true, jobs: [{id: job, component: helper\(job)}]}
        - {id: pause, job: {type: delay, duration: \(waiting)}}
      \(workflows)
      components:
        - id: helper
          type: agent
          tools: [\(tools.joined(separator: ", "))]
          model: {component: model, input: "${messages}"}
          action: {prompt: Go., output: "${result[-1].content[0].text}"}
      \(components)
        - id: model
          type: http-client
          \(model)
          action:
            endpoint: https://model.example.com
            headers: {Content-Type: application/json}
            body: ${input}
            output: ${response}
      """
    var sources = SourceSet()
    sources.add(path: "agent.yml", bytes: Array(file.utf8))
    var environment = Environment()
    environment.set("API_KEY", "sk-agent-91", origin: "-e")
    let compilation = compile(sources.files, in: sources, environment: environment, catalog: .builtIn)
    plan = try #require(compilation.plan, "\(compilation.diagnostics.sorted().map(\.message))")
    workflow = try #require(plan.defaultWorkflow)
    time = VirtualTime()
    start = time.now
    transport = ListedTransport(answers, executor: time)
    self.answers = BatchedAnswers()
    self.isAnswered = isAnswered
  }

  func result() async throws -> Outcome { try await time.run { await outcome() } }

  /// To be called in the run's own time.
  func outcome() async -> Outcome {
    let host = ComponentRegistry(services: Services(transport: transport, errorBodyTimeout: .seconds(600)))
    let services = RunServices(clock: time, interrupts: isAnswered ? answers : AnswerSource())
    do throws(RuntimeError) {
      let value = try await Interpreter(plan: plan, host: host).run(
        workflow, input: .null, as: Run(id: "RUN"), with: services)
      return Outcome(text: value.displayText)
    } catch {
      return Outcome(error: error)
    }
  }

  /// What the model was told of the tools' results last; errors behind an exclamation mark.
  func toolResults() throws -> [String] {
    let body = try #require(transport.requests.last?.body?.bytes)
    guard case .list(let messages) = try parseJSON(body) else { return [] }
    return messages.compactMap { message in
      guard message.member("role").displayText == "tool", case .list(let blocks) = message.member("content") else {
        return nil
      }
      return blocks.map { ($0.member("is_error").isNull ? "" : "! ") + $0.member("content").displayText }.joined()
    }
  }

  var interruptPlaces: [String] {
    ComposeRuntime.interruptPlaces(of: workflow, in: plan).map { "\($0.job) \($0.phase.rawValue)" }
  }

  /// What models are told of the tools, as JSON.
  var definitions: [String] {
    plan.reach(of: [workflow]).invocations.flatMap(\.tools).map { json($0.definition) }
  }

  private func json(_ template: PlanTemplate) -> String {
    switch template.content {
    case .object(let members): "{" + members.map { "\"\($0.key)\":\(json($0.value))" }.joined(separator: ",") + "}"
    case .list(let items): "[" + items.map(json).joined(separator: ",") + "]"
    case .constant(let value): Value(value).jsonText
    case .text, .reference, .operation: "…"
    }
  }
}

/// Gives answers in order, and counts how many are asked for at the same time.
final class ListedTransport: HTTPTransport {
  private let state: Mutex<(answers: ArraySlice<AgentRun.Answer>, asked: [HTTPRequest], open: Int, most: Int)>
  private let executor: any TaskExecutor

  init(_ answers: [AgentRun.Answer], executor: any TaskExecutor) {
    state = Mutex((answers[...], [], 0, 0))
    self.executor = executor
  }

  var requests: [HTTPRequest] { state.withLock { $0.asked } }

  var mostAtOnce: Int { state.withLock { $0.most } }

  func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    let answer = state.withLock { state in
      state.asked.append(request)
      state.open += 1
      state.most = max(state.most, state.open)
      return state.answers.popFirst()
    }
    // Others get their turn, and would ask too if they could.
    for _ in 0..<20 { await Task.yield() }
    state.withLock { $0.open -= 1 }
    guard let answer else { throw HTTPError(.refused, "the model has nothing more to say") }
    var status = 200
    var type = "application/json"
    let body: String
    switch answer {
    case .message(let blocks): body = #"{"role": "assistant", "content": [\#(blocks)]}"#
    case .events(let events):
      type = "text/event-stream"
      body = events.map { "data: \($0)\n\n" }.joined()
    case .bytes:
      type = "application/octet-stream"
      body = "\u{0}\u{1}"
    case .refusal(let message):
      status = 401
      body = #"{"error": {"message": "\#(message)"}}"#
    }
    let (stream, writer) = ByteStream.pipe(highWatermark: 1 << 20, lowWatermark: 0)
    Task(executorPreference: executor) {
      try? await writer.write(Array(body.utf8))
      writer.finish()
    }
    return HTTPResponse(status: status, headers: [HTTPField("Content-Type", type)], body: stream)
  }
}

/// Answers everything with null, and keeps what was asked together.
final class BatchedAnswers: InterruptHandler {
  private let asked = Mutex<[[String]]>([])

  /// The messages of what was asked at the same time, sorted.
  var batches: [[String]] { asked.withLock { $0 } }

  func answers(to points: [InterruptPoint]) async throws(RuntimeError) -> [Value] {
    asked.withLock { $0.append(points.map { $0.message.displayText }.sorted()) }
    return points.map { _ in .null }
  }
}
