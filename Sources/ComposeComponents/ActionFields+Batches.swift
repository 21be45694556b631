import ComposeBasic
import ComposePlan
import ComposeRuntime

extension ActionFields {
  /// Makes sure that `batch_size` is something to count by. It says how much the reference does at the same time, and
  /// changes no result.
  func checkBatchSize() async throws(RuntimeError) {
    let value = try await value("batch_size")
    switch value {
    case .boolean, .integer, .bigInteger, .number: return
    // What is empty counts as absent.
    default: if value.isTruthy { throw failure("batch_size", "must be a number, not \(value.kindName)") }
    }
  }

  /// A field that is true or false; `nil` for null. Python takes any text but the empty one for true, and so only
  /// those are taken that mean it.
  func choice(_ name: String) async throws(RuntimeError) -> Bool? {
    switch try await value(name) {
    case .null: return nil
    case .boolean(let choice): return choice
    case .text(""): return false
    case .text(let text):
      if ["true", "yes", "on", "1"].contains(text.lowercased()) { return true }
      throw failure(name, "must be true or false; the text '\(text)' would count as true")
    case .integer(let number): return number != 0
    case .number(let number): return number != 0
    case let value: throw failure(name, "must be true or false, not \(value.kindName)")
    }
  }

  /// What the action gives for a chunk of its result: its `output` with the chunk under `result[]`, or the chunk.
  func output(ofChunk chunk: Value) async throws(RuntimeError) -> Value {
    guard let output = invocation.output else { return chunk }
    var scope = scope
    scope.chunks[invocation.resultName] = chunk
    return try await Evaluator(scope).evaluate(output)
  }
}
