import ComposeBasic
import ComposeComponents
import ComposeHTTP
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Synchronization
import Testing

/// Agents have the conversations that those of the reference have: `Fixtures/components/agent/conversations.jsonl`,
/// which `scripts/agent-transcripts` makes. What ends otherwise on purpose is in `conversations.out`.
@Suite struct AgentTranscriptTests {
  private static let transcripts: [AgentTranscript] = {
    let bytes = (try? Files.read(Files.absolute("Fixtures/components/agent/conversations.jsonl"))) ?? []
    return bytes.split(separator: UInt8(ascii: "\n")).compactMap { try? AgentTranscript(parseJSON(Array($0))) }
  }()

  @Test func conversations() async throws {
    #expect(Self.transcripts.count == 109)
    var differing: [String] = []
    for transcript in Self.transcripts {
      let replay = try await transcript.replay()
      guard transcript.isTheSame else {
        #expect(replay.end != transcript.end, "\(transcript.name): it does what the reference does")
        differing += ["# \(transcript.name): \(transcript.reason)"] + replay.requests + replay.interrupts + [replay.end]
        continue
      }
      #expect(replay.end == transcript.end, "\(transcript.name)")
      #expect(replay.requests == transcript.requests, "\(transcript.name)")
      #expect(replay.interrupts == transcript.interrupts, "\(transcript.name)")
    }
    expectGolden(
      differing.joined(separator: "\n") + "\n", at: Files.absolute("Fixtures/components/agent/conversations.out"))
  }

  /// In whatever pieces the answers of the model arrive.
  @Test(arguments: [1, 4096])
  func piecesOfAnswersMakeNoDifference(_ pieceSize: Int) async throws {
    for transcript in Self.transcripts.prefix(60) where transcript.isTheSame {
      #expect(try await transcript.replay(pieceSize: pieceSize).end == transcript.end, "\(transcript.name)")
    }
  }
}

/// A conversation as the reference had it.
private struct AgentTranscript: Sendable {
  struct Replay: Sendable {
    var requests: [String]
    var interrupts: [String]
    var end: String
  }

  let name: String
  private let line: Value

  init(_ line: Value) {
    self.line = line
    name = line.member("name").displayText
  }

  /// Whether what the reference does is what is to be done. Where it fails, there is nothing to compare.
  var isTheSame: Bool { line.member("differs").isNull && line.member("error").isNull }

  var reason: String {
    let reason = line.member("differs")
    return reason.isNull ? "the reference ends with '\(line.member("error").displayText)'" : reason.displayText
  }

  var requests: [String] { elements("requests").map(\.comparable.jsonText) }

  var interrupts: [String] { elements("interrupts").map(\.jsonText) }

  var end: String {
    if case .list(let chunks) = line.member("stream") {
      return (["stream"] + chunks.map(\.comparable.jsonText)).joined(separator: "\n")
    }
    return line.member("error").isNull ? "result " + line.member("result").comparable.jsonText : "error"
  }

  private func elements(_ name: String) -> [Value] {
    if case .list(let elements) = line.member(name) { elements } else { [] }
  }

  // MARK: Replay

  func replay(pieceSize: Int = 512) async throws -> Replay {
    var sources = SourceSet()
    sources.add(path: "agent.yml", bytes: Array(line.member("file").displayText.utf8))
    let compilation = compile(sources.files, in: sources, environment: Environment(), catalog: .builtIn)
    guard let plan = compilation.plan, let workflow = plan.defaultWorkflow else {
      let errors = compilation.diagnostics.sorted().filter { $0.severity == .error }
      return Replay(requests: [], interrupts: [], end: "refused: " + errors.map(\.message).joined(separator: "; "))
    }
    let time = VirtualTime()
    let record = elements("answers").map { "200\nContent-Type: application/json\n\n\($0.jsonText)" }
    let transport = RecordedTransport(record.joined(separator: "===\n"), pieceSize: pieceSize, executor: time)
    let host = ComponentRegistry(services: Services(transport: transport, errorBodyTimeout: .seconds(600)))
    #expect(refusals(of: [workflow], in: plan, host: host).isEmpty, "\(name)")
    let answers = ListedAnswers(elements("resume"))
    let input = line.member("input")
    let end = try await time.run {
      await outcome { () async throws(RuntimeError) in
        try await Interpreter(plan: plan, host: host).run(
          workflow, input: input, as: Run(id: "RUN"), with: RunServices(clock: time, interrupts: answers))
      }
    }
    let requests = try transport.requests.map { request in
      let body = request.body?.bytes ?? []
      return try (body.isEmpty ? Value.null : parseJSON(body)).comparable.jsonText
    }
    return Replay(requests: requests, interrupts: answers.asked, end: end)
  }

  private func outcome(_ run: () async throws(RuntimeError) -> Value) async -> String {
    do throws(RuntimeError) {
      let value = try await run()
      guard case .stream(let stream) = value else { return "result " + value.comparable.jsonText }
      try stream.take()
      var lines = ["stream"]
      while let chunk = try await stream.next() { lines.append(chunk.comparable.jsonText) }
      return lines.joined(separator: "\n")
    } catch {
      return "error \(error.code.rawValue): \(error.message)"
    }
  }
}

/// Answers what is asked with the elements of a list, and keeps the metadata.
private final class ListedAnswers: InterruptHandler {
  private let state: Mutex<(answers: [Value], asked: [String])>

  init(_ answers: [Value]) { state = Mutex((answers, [])) }

  var asked: [String] { state.withLock { $0.asked } }

  func answers(to points: [InterruptPoint]) async throws(RuntimeError) -> [Value] {
    state.withLock { state in
      points.map { point in
        state.asked.append(point.metadata.jsonText)
        return state.answers.isEmpty ? .null : state.answers.removeFirst()
      }
    }
  }
}

extension Value {
  /// The value without what is said in other words here, and without what schemas of tools have besides.
  fileprivate var comparable: Value {
    switch self {
    case .list(let items): return .list(items.map(\.comparable))
    case .object(var object):
      if object["type"]?.displayText == "tool_result", case .boolean(true)? = object["is_error"],
        let content = object["content"]?.displayText,
        !["Error: Unknown tool", "Error: no result"].contains(where: content.hasPrefix)
      {
        object["content"] = .text("…")
      }
      if object["properties"] != nil, object["required"] != nil { object["required"] = .list([]) }
      if case .object(let items)? = object["items"], items.isEmpty { object["items"] = nil }
      return .object(OrderedObject(object.map { ($0.key, $0.value.comparable) }))
    default: return self
    }
  }
}
