import ComposeRuntime
import Hummingbird

/// The body of `POST …/tasks/{id}/resume`: `{"answer": {point id: value}}`.
struct ResumeRequest {
  /// By the ids of points; `nil` answers every point with null.
  let answers: OrderedObject?

  /// Reads JSON, whatever its content type is called.
  ///
  /// - Throws: when it is no object, or `answer` is none.
  init(_ body: [UInt8]) throws(ErrorAnswer) {
    let value: Value
    do throws(JSONError) {
      value = try parseJSON(body)
    } catch {
      throw Self.invalid(error.description)
    }
    guard case .object(let object) = value else { throw Self.invalid("expected an object, not \(value.kindName)") }
    switch object["answer"] {
    case nil, .null?: answers = nil
    case .object(let given)?: answers = given
    case let other?:
      throw Self.invalid("'answer' must be an object of answers by the ids of points, not \(other.kindName)")
    }
  }

  /// The reference answers 422 here.
  private static func invalid(_ problem: String) -> ErrorAnswer {
    ErrorAnswer(.unprocessableContent, "invalid-body", "Invalid request body: \(problem)")
  }
}
