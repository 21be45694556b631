import ComposeRuntime

/// Answers vectors, one line of JSON each.
package struct Batch: Sendable {
  private let kind: VectorKind
  private let base: String

  /// - Parameter base: the folder that relative paths in vectors start from.
  package init(_ kind: VectorKind, base: String) {
    self.kind = kind
    self.base = base
  }

  /// What a line gives.
  package struct Answer: Sendable {
    /// One line of JSON without its end: the vector's `id`, and its result under the names of the vector files.
    package let line: String
    /// Why the line is no vector.
    package let problem: String?
  }

  /// Evaluates one line.
  package func answer(to line: [UInt8]) async -> Answer {
    var id = Value.null
    do throws(InvalidVector) {
      let row = try Self.row(line)
      id = row["id"] ?? .null
      return Answer(line: Self.line(id, try await kind.evaluate(row, base: base).members), problem: nil)
    } catch {
      return Answer(line: Self.line(id, ["error": .text("InvalidVector")]), problem: error.message)
    }
  }

  private static func row(_ line: [UInt8]) throws(InvalidVector) -> OrderedObject {
    let value: Value
    do throws(JSONError) {
      value = try parseJSON(line)
    } catch {
      throw InvalidVector("it is not JSON: \(error)")
    }
    guard case .object(let row) = value else {
      throw InvalidVector("a vector is an object, and this is \(value.kindName)")
    }
    return row
  }

  private static func line(_ id: Value, _ members: OrderedObject) -> String {
    var answer: OrderedObject = ["id": id]
    for (name, value) in members { answer[name] = value }
    return Value.object(answer).jsonText
  }
}
