package import ComposeRuntime

/// Values as the vectors write them: JSON, with tags for what JSON cannot say (language specification, section 18).
///
/// An object is a tag only when it has exactly the members of one.
package enum Tagging {
  /// The kind of a value by the name that vectors use.
  package static func typeName(of value: Value) -> String {
    switch value {
    case .null: "null"
    case .boolean: "bool"
    case .integer, .bigInteger: "int"
    case .number: "float"
    case .text: "string"
    case .bytes: "bytes"
    case .list: "list"
    case .object: "object"
    case .stream: "stream"
    case .resource: "resource"
    }
  }
}

/// Why a line is no vector, for the person who wrote it.
package struct InvalidVector: Error, Hashable, Sendable {
  package let message: String

  package init(_ message: String) { self.message = message }
}
