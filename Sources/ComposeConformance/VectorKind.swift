package import ComposeRuntime

/// The kinds of vectors: a new one is a case here, and a file.
package enum VectorKind: String, CaseIterable, Sendable {
  /// Templates with the values of their roots.
  case language
  /// Environment variables in a text, and files laid over each other.
  case environment = "env"
  /// Streamed answers of an HTTP API.
  case eventStream = "sse"
  /// What a workflow takes and gives.
  case schema

  /// Evaluates one vector.
  ///
  /// - Parameter base: the folder that relative paths in vectors start from.
  /// - Throws: ``InvalidVector`` when the row is not of this kind.
  package func evaluate(_ row: OrderedObject, base: String) async throws(InvalidVector) -> VectorOutcome {
    switch self {
    case .language: try await LanguageVector(row).outcome(base: base)
    case .environment: try EnvironmentVector(row).outcome()
    case .eventStream: try await EventStreamVector(row).outcome()
    case .schema: try SchemaVector(row).outcome()
    }
  }
}

extension OrderedObject {
  /// A member that a vector must have.
  func required(_ name: String) throws(InvalidVector) -> Value {
    guard let value = self[name] else { throw InvalidVector("the vector has no '\(name)'") }
    return value
  }

  /// A member that is an object.
  func object(_ name: String) throws(InvalidVector) -> OrderedObject {
    guard case .object(let object) = try required(name) else { throw InvalidVector("'\(name)' is not an object") }
    return object
  }
}
