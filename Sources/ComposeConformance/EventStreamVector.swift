import ComposeBasic
import ComposeComponents
import ComposeHTTP
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeSyntax

/// Bytes of an event stream, or an http-client action with the answer that it gets.
enum EventStreamVector {
  /// The pieces as they come from the network.
  case wire([[UInt8]])
  case action(OrderedObject, answer: RecordedAnswer)

  init(_ row: OrderedObject) throws(InvalidVector) {
    if case .list(let pieces)? = row["wire"] {
      var wire: [[UInt8]] = []
      for piece in pieces {
        guard case .bytes(let bytes) = try Tagging.decode(.object(["bytes": piece])) else {
          throw InvalidVector("a piece of 'wire' is not base64")
        }
        wire.append(bytes)
      }
      self = .wire(wire)
      return
    }
    self = .action(row, answer: try RecordedAnswer(try row.object("response")))
  }

  func outcome() async throws(InvalidVector) -> VectorOutcome {
    switch self {
    case .wire(let pieces): Self.parsed(pieces)
    case .action(let row, let answer): try await Self.answered(row, answer)
    }
  }

  // MARK: Parsing

  private static func parsed(_ pieces: [[UInt8]]) -> VectorOutcome {
    var decoder = EventStreamDecoder()
    var events: [[UInt8]] = []
    do throws(HTTPError) {
      for piece in pieces {
        try decoder.feed(piece.span) { data, _ in events.append(data.withUnsafeBufferPointer { Array($0) }) }
      }
    } catch {
      return .failure("ValueError")
    }
    var members: OrderedObject = ["expected": .list(events.map { .text(Base64.encode($0)) })]
    let texts = events.compactMap { String(validating: $0, as: UTF8.self) }
    if texts.count == events.count { members["expected_text"] = .list(texts.map { .text($0) }) }
    return .result(members)
  }

  // MARK: Acting

  /// Compiles and runs a file with the action in it: the program's own way from the wire to the result.
  private static func answered(_ row: OrderedObject, _ answer: RecordedAnswer) async throws(InvalidVector)
    -> VectorOutcome
  {
    var sources = SourceSet()
    sources.add(path: "<action>", bytes: Array(file(row).jsonText.utf8))
    let compilation = compile(sources.files, in: sources, environment: Environment(), catalog: .builtIn)
    if let refusal = VectorOutcome(errorsIn: compilation.diagnostics) { return refusal }
    guard let plan = compilation.plan, let workflow = plan.defaultWorkflow else {
      throw InvalidVector("the action cannot be compiled")
    }
    let host = ComponentRegistry(services: Services(transport: answer))
    guard refusals(of: [workflow], in: plan, host: host).isEmpty else { return .refusal(["unsupported"]) }
    do throws(RuntimeError) {
      let interpreter = Interpreter(plan: plan, host: host)
      let value = try await interpreter.run(workflow, input: row["input"] ?? input, as: Run(id: "task-1"))
      return .result(["expected": try await Tagging.encode(value)])
    } catch {
      return VectorOutcome(error)
    }
  }

  /// What an action gets when its vector does not say.
  private static let input = Value.object(["k": .text("in")])

  private static func file(_ row: OrderedObject) -> Value {
    var action: OrderedObject = ["endpoint": .text("https://provider.example/events")]
    for name in ["stream_format", "stream_fragmented", "output"] {
      // The file has no word for raw bytes: the field is left out.
      if let value = row[name], !value.isNull, !(name == "stream_format" && value.isEqual(to: .text("none"))) {
        action[name] = value
      }
    }
    return .object([
      "component": .object(["id": .text("c"), "type": .text("http-client"), "action": .object(action)]),
      "workflow": .object(["job": .object(["component": .text("c")])]),
    ])
  }
}
