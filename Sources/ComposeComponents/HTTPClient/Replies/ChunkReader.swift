import ComposeBasic
import ComposePlan
import ComposeRuntime
import ComposeSema

/// Makes a value of each event of a streamed answer, as one step: decode, parse, follow a path, convert, encode.
///
/// Where the output of the action is no more than a path and a plain conversion, the value is found in the bytes,
/// without building what stands beside it. Any other output is made when its turn comes, with the chunk in scope.
final class ChunkReader: EventReader {
  /// How the values leave; `nil` when they stay values.
  let encoding: ValueStream.Encoding?
  private let evaluator: Evaluator
  private let output: PlanTemplate
  private let resultName: String
  private let format: StreamPipeline.Format
  private let dropsNull: Bool
  /// `nil` when the output is more than a path.
  private let path: Path?
  private let encodingRange: SourceRange?

  private struct Path {
    let steps: [PlanReference.Step]
    let scanner: JSONPathScanner
    let conversion: Conversion?
    let range: SourceRange
  }

  init(pipeline: StreamPipeline, output: PlanTemplate, resultName: String, scope: Scope, dropsNull: Bool) {
    evaluator = Evaluator(scope)
    self.output = output
    self.resultName = resultName
    self.dropsNull = dropsNull
    format = pipeline.format
    encoding = pipeline.encoding.flatMap { ValueStream.Encoding(rawValue: $0.rawValue) }
    encodingRange = pipeline.encodingRange
    path = Self.path(pipeline.projection, of: output)
  }

  func value(of event: Span<UInt8>, named name: String) throws(RuntimeError) -> EventOutcome {
    if name == "error" { throw .providerEvent(event.array) }
    if format != .bytes, event.isDoneMark { return .end }
    guard let path else { return .chunk(try chunk(event)) }
    guard let value = try handedOn(try value(of: event, at: path)) else { return .nothing }
    return .value(value)
  }

  func value(of chunk: Value) async throws(RuntimeError) -> Value? {
    var scope = evaluator.scope
    scope.chunks[resultName] = chunk
    return try handedOn(await Evaluator(scope).evaluate(output))
  }

  // MARK: Stages

  private func value(of event: Span<UInt8>, at path: Path) throws(RuntimeError) -> Value {
    var value: Value
    if path.steps.isEmpty {
      value = try chunk(event)
    } else if format == .json {
      value = try json { () throws(JSONError) in try path.scanner.value(in: event) }
      // Null may be the last event, a role, or an error of the provider: only the whole document tells.
      if value.isNull { _ = try chunk(event) }
    } else {
      // A text has no members.
      value = .null
    }
    guard let conversion = path.conversion else { return value }
    do throws(RuntimeError) {
      value = try conversion.plainValue(of: value)
    } catch {
      throw error.located(range: path.range)
    }
    return value
  }

  private func chunk(_ event: Span<UInt8>) throws(RuntimeError) -> Value {
    switch format {
    case .bytes: return .bytes(event.array)
    case .text: return .text(String(decoding: event.array, as: UTF8.self))
    case .json:
      let value = try json { () throws(JSONError) in try parseJSON(event) }
      if !value.member("error").isNull { throw .providerEvent(event.array) }
      return value
    }
  }

  /// What readers get for a value; `nil` when it is left out.
  private func handedOn(_ value: Value) throws(RuntimeError) -> Value? {
    guard let encoding else { return value.isNull && dropsNull ? nil : value }
    do throws(RuntimeError) {
      return try value.encodedChunk(encoding)
    } catch {
      throw error.located(range: encodingRange)
    }
  }

  private func json(_ read: () throws(JSONError) -> Value) throws(RuntimeError) -> Value {
    do throws(JSONError) {
      return try read()
    } catch {
      throw RuntimeError(.protocolViolation, "an event of the provider's stream is not valid JSON: \(error)")
    }
  }

  private static func path(_ projection: StreamPipeline.Projection, of output: PlanTemplate) -> Path? {
    guard case .path(let steps, let cast) = projection, case .reference(let reference) = output.content else {
      return nil
    }
    let scanned = steps.compactMap { step -> JSONPathStep? in
      switch step {
      case .key(let name): .key(name)
      case .index(let index): .index(index)
      case .slice, .wildcard: nil
      }
    }
    guard scanned.count == steps.count else { return nil }
    return Path(
      steps: steps, scanner: JSONPathScanner(scanned),
      conversion: cast.map { Conversion($0.type, isList: $0.isList, subtype: $0.subtype) }, range: reference.range)
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
