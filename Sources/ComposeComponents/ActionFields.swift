import ComposeBasic
import ComposePlan
import ComposeRuntime

/// The fields of an action, made for one call, and what becomes of its result.
struct ActionFields: Sendable {
  private let call: ComponentCall
  /// What the fields see; the output sees the result, too.
  var scope: Scope

  init(_ call: ComponentCall, _ services: Services) {
    self.call = call
    scope = Scope(callers: ["input": call.input, "context": .object(["run_id": .text(call.runID)])])
    scope.conversion = services.conversion
  }

  var invocation: Invocation { call.invocation }

  var evaluator: Evaluator { Evaluator(scope) }

  // MARK: Fields

  /// Null when the action has no such field.
  func value(_ name: String) async throws(RuntimeError) -> Value {
    guard let template = invocation.actionField(name) else { return .null }
    return try await evaluator.evaluate(template)
  }

  /// The field as text: numbers and booleans as JSON writes them; `nil` for null.
  ///
  /// - Throws: a `value` error for anything else.
  func text(_ name: String) async throws(RuntimeError) -> String? {
    let value = try await value(name)
    do throws(RuntimeError) {
      return try value.fieldText
    } catch {
      throw failure(name, error.message)
    }
  }

  /// The field as an integer, by the rules of `as integer`; `nil` for null.
  func integer(_ name: String) async throws(RuntimeError) -> Int? {
    let value = try await value(name)
    if value.isNull { return nil }
    if case .integer(let integer)? = try? value.castInteger() { return integer }
    throw failure(name, "must be an integer, not \(value.shown)")
  }

  /// The field as a number, by the rules of `as number`; `nil` for null.
  func number(_ name: String) async throws(RuntimeError) -> Double? {
    let value = try await value(name)
    if value.isNull { return nil }
    if let number = try? value.castNumber() { return number }
    throw failure(name, "must be a number, not \(value.shown)")
  }

  /// The field as a boolean; `nil` for null. Texts are read as YAML 1.1 writes them.
  func boolean(_ name: String) async throws(RuntimeError) -> Bool? {
    switch try await value(name) {
    case .null: return nil
    case .boolean(let boolean): return boolean
    case .text("true"), .text("True"), .text("yes"), .text("on"), .text("1"): return true
    case .text("false"), .text("False"), .text("no"), .text("off"), .text("0"), .text(""): return false
    case .integer(1): return true
    case .integer(0): return false
    case let value: throw failure(name, "must be true or false, not \(value.shown)")
    }
  }

  /// The field as a duration in seconds; `nil` for null.
  func seconds(_ name: String) async throws(RuntimeError) -> Double? {
    let value = try await value(name)
    do throws(RuntimeError) {
      return try ComposeRuntime.seconds(of: value)
    } catch {
      throw failure(name, "must be a duration such as 10s, not \(value.shown)")
    }
  }

  /// An error at a field, or at the action when it has no such field.
  func failure(_ name: String, _ message: String) -> RuntimeError {
    RuntimeError(.value, "'\(name)' \(message)", range: invocation.actionField(name)?.range ?? invocation.range)
  }

  // MARK: Result

  /// What the action gives for a result: its `output` with the result in scope, or the result.
  func output(of result: Value) async throws(RuntimeError) -> Value {
    guard let output = invocation.output else { return result }
    var scope = scope
    scope.roots[invocation.resultName] = invocation.resultReaders > 1 ? try result.keepingBytes() : result
    return try await Evaluator(scope).evaluate(output)
  }

  /// What the action gives for a result that comes in chunks: `output` made for each of them when its turn comes, or
  /// the chunks.
  ///
  /// - Throws: a `value` error when somebody else reads the stream already.
  func output(ofChunks stream: ValueStream) throws(RuntimeError) -> Value {
    guard let output = invocation.output, invocation.readsChunks else { return .stream(stream) }
    try stream.take()
    let name = invocation.resultName
    let base = scope
    return .stream(
      ValueStream(
        stream.form,
        next: { () async throws(RuntimeError) in
          while let chunk = try await stream.next() {
            var scope = base
            scope.chunks[name] = chunk
            let value = try await Evaluator(scope).evaluate(output)
            if value.isNull, stream.form == .chunks(fragmented: true) { continue }
            return value
          }
          return nil
        },
        cancel: { stream.cancel() }))
  }
}

extension Value {
  /// The value, or what kind it is, for a message.
  fileprivate var shown: String {
    switch self {
    case .boolean, .integer, .bigInteger, .number: jsonText
    case .text(let text) where text.count <= 40: "'\(text)'"
    default: kindName
    }
  }
}
