import ComposePlan
import ComposeRuntime

/// Makes a value of each event of a streamed answer: decode, then the action's `output` with the chunk in scope.
struct ChunkReader: EventReader {
  /// How an event becomes the chunk.
  enum Format: Sendable {
    case bytes
    case text
    case json
  }

  private let evaluator: Evaluator
  private let output: PlanTemplate
  private let resultName: String
  private let format: Format
  private let dropsNull: Bool
  /// The path into a JSON chunk when the output is nothing else: it is followed in the bytes, without building values.
  private let scanner: JSONPathScanner?

  init(output: PlanTemplate, resultName: String, scope: Scope, format: Format, dropsNull: Bool) {
    self.evaluator = Evaluator(scope)
    self.output = output
    self.resultName = resultName
    self.format = format
    self.dropsNull = dropsNull
    self.scanner = format == .json ? Self.scanner(for: output, resultName) : nil
  }

  func value(of event: Span<UInt8>, named name: String) throws(RuntimeError) -> EventOutcome {
    if name == "error" { throw .providerEvent(event.array) }
    if format != .bytes, event.isDoneMark { return .end }
    if let scanner {
      let found = try json { () throws(JSONError) in try scanner.value(in: event) }
      // Null may be the last event, a role, or an error of the provider: only the whole document tells.
      if !found.isNull { return .value(found) }
    }
    return .chunk(try chunk(event, named: name))
  }

  func value(of chunk: Value) async throws(RuntimeError) -> Value? {
    var scope = evaluator.scope
    scope.chunks[resultName] = chunk
    let value = try await Evaluator(scope).evaluate(output)
    return value.isNull && dropsNull ? nil : value
  }

  private func chunk(_ event: Span<UInt8>, named name: String) throws(RuntimeError) -> Value {
    switch format {
    case .bytes: return .bytes(event.array)
    case .text: return .text(String(decoding: event.array, as: UTF8.self))
    case .json:
      let value = try json { () throws(JSONError) in try parseJSON(event) }
      if !value.member("error").isNull { throw .providerEvent(event.array) }
      return value
    }
  }

  private func json(_ read: () throws(JSONError) -> Value) throws(RuntimeError) -> Value {
    do throws(JSONError) {
      return try read()
    } catch {
      throw RuntimeError(.protocolViolation, "an event of the provider's stream is not valid JSON: \(error)")
    }
  }

  private static func scanner(for output: PlanTemplate, _ resultName: String) -> JSONPathScanner? {
    guard case .reference(let reference) = output.content, reference.isChunk, reference.root == resultName,
      reference.cast == nil, reference.fallback == nil, !reference.steps.isEmpty
    else { return nil }
    var path: [JSONPathStep] = []
    for step in reference.steps {
      switch step {
      case .key(let name): path.append(.key(name))
      case .index(let index): path.append(.index(index))
      case .slice, .wildcard: return nil
      }
    }
    return JSONPathScanner(path)
  }
}

/// Passes the data of each event on as it is: an action without an output of its own.
struct RawEvents: EventReader {
  func value(of event: Span<UInt8>, named name: String) throws(RuntimeError) -> EventOutcome {
    if name == "error" { throw .providerEvent(event.array) }
    return .value(.bytes(event.array))
  }

  func value(of chunk: Value) async throws(RuntimeError) -> Value? { chunk }
}

extension RuntimeError {
  /// An error that the provider sends in place of more of its answer.
  fileprivate static func providerEvent(_ data: [UInt8]) -> RuntimeError {
    RuntimeError(
      .provider, "the provider reports an error inside its stream: \(providerMessage(in: data) ?? "no message")")
  }
}

extension Span<UInt8> {
  fileprivate var array: [UInt8] { withUnsafeBufferPointer { Array($0) } }

  /// `[DONE]`, with which OpenAI and those who follow it end a stream.
  fileprivate var isDoneMark: Bool {
    let mark: StaticString = "[DONE]"
    guard count == mark.utf8CodeUnitCount else { return false }
    for index in 0..<count where self[index] != mark.utf8Start[index] { return false }
    return true
  }
}
