/// The variables that `${env.NAME}` can name, each with the place it comes from.
package struct Environment: Sendable {
  /// A value and where it came from.
  package struct Variable: Hashable, Sendable {
    package let value: String
    /// Where the value was set, for messages: `.env:3`, `process environment`, `-e`.
    package let origin: String

    package init(_ value: String, origin: String) {
      self.value = value
      self.origin = origin
    }
  }

  package private(set) var variables: [String: Variable]

  package init(_ variables: [String: Variable] = [:]) { self.variables = variables }

  package subscript(name: String) -> Variable? { variables[name] }

  /// Sets a variable; a later setting replaces an earlier one.
  package mutating func set(_ name: String, _ value: String, origin: String) {
    variables[name] = Variable(value, origin: origin)
  }
}
