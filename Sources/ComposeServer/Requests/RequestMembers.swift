import ComposeRuntime

/// The members of a request with the types that they must have.
struct RequestMembers {
  private let object: OrderedObject
  /// Whether booleans come as texts, as in forms.
  private let areTexts: Bool

  init(_ object: OrderedObject, areTexts: Bool) {
    self.object = object
    self.areTexts = areTexts
  }

  subscript(name: String) -> Value? { object[name] }

  /// `nil` for null and for nothing.
  func text(_ name: String) throws(ErrorAnswer) -> String? {
    switch object[name] {
    case nil, .null: return nil
    case .text(let text): return text
    case let other?: throw .wrongType(name, "text", other)
    }
  }

  func boolean(_ name: String) throws(ErrorAnswer) -> Bool? {
    switch object[name] {
    case nil, .null: return nil
    case .boolean(let value): return value
    case .text(let text)? where areTexts:
      if let value = Self.boolean(text) { return value }
      throw .invalidBody("'\(name)' must be true or false")
    case let other?: throw .wrongType(name, "a boolean", other)
    }
  }

  func object(_ name: String) throws(ErrorAnswer) -> OrderedObject? {
    switch object[name] {
    case nil, .null: return nil
    case .object(let value): return value
    case let other?: throw .wrongType(name, "an object", other)
    }
  }

  /// The spellings that the reference takes in a form.
  private static func boolean(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true", "t", "yes", "y", "on", "1": true
    case "false", "f", "no", "n", "off", "0": false
    default: nil
    }
  }
}

extension ErrorAnswer {
  static func wrongType(_ name: String, _ expected: String, _ value: Value) -> ErrorAnswer {
    .invalidBody("'\(name)' must be \(expected), not \(value.kindName)")
  }
}
