/// A value at run time (language specification, section 1).
package enum Value: Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  /// An integer beyond 64 bits, as decimal digits with an optional sign.
  case bigInteger(String)
  case number(Double)
  case text(String)
  case bytes([UInt8])
  case list([Value])
  case object(OrderedObject)
  case stream(ValueStream)
  case resource(Resource)
}

extension Value {
  package var isNull: Bool {
    if case .null = self { return true }
    return false
  }

  /// The kind's name as error messages write it.
  package var kindName: String {
    switch self {
    case .null: "null"
    case .boolean: "a boolean"
    case .integer, .bigInteger: "an integer"
    case .number: "a number"
    case .text: "text"
    case .bytes: "bytes"
    case .list: "a list"
    case .object: "an object"
    case .stream: "a stream"
    case .resource: "a resource"
    }
  }
}
