import ComposeRuntime

/// What a client asks to run.
struct RunRequest: Sendable {
  /// `nil` for the default workflow.
  var workflowID: String?
  var input = Value.null
  var sessionID: String?
  /// An object, or null.
  var metadata = Value.null
  /// Whether the answer is the bare output and not the state of the run.
  var wantsOutputOnly = false

  /// Reads the JSON body of a request; members it does not know are left alone.
  ///
  /// - Throws: what is wrong first.
  init(contentType: String?, body: [UInt8]) throws(ErrorAnswer) {
    try Self.checkContentType(contentType)
    let value: Value
    do throws(JSONError) {
      value = try parseJSON(body)
    } catch {
      throw .invalidBody(error.description)
    }
    guard case .object(let object) = value else { throw .invalidBody("expected an object, not \(value.kindName)") }
    workflowID = try Self.text("workflow_id", of: object)
    input = object["input"] ?? .null
    sessionID = try Self.text("session_id", of: object)
    metadata = try Self.object("metadata", of: object)
    wantsOutputOnly = try Self.boolean("output_only", of: object) ?? false
    if try Self.boolean("wait_for_completion", of: object) == false {
      throw .unsupported("wait_for_completion=false is not supported by this version.")
    }
  }

  private static func checkContentType(_ header: String?) throws(ErrorAnswer) {
    let type = (header ?? "").prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }
    if type.isEmpty { throw .invalidContentType("Missing or empty Content-Type header.") }
    if type.lowercased() != "application/json" { throw .invalidContentType("Unsupported Content-Type: \(type)") }
  }

  private static func text(_ name: String, of object: OrderedObject) throws(ErrorAnswer) -> String? {
    switch object[name] {
    case nil, .null: return nil
    case .text(let text): return text
    case let other?: throw wrongType(name, "text", other)
    }
  }

  private static func boolean(_ name: String, of object: OrderedObject) throws(ErrorAnswer) -> Bool? {
    switch object[name] {
    case nil, .null: return nil
    case .boolean(let value): return value
    case let other?: throw wrongType(name, "a boolean", other)
    }
  }

  private static func object(_ name: String, of object: OrderedObject) throws(ErrorAnswer) -> Value {
    switch object[name] {
    case nil, .null: return .null
    case .object(let value): return .object(value)
    case let other?: throw wrongType(name, "an object", other)
    }
  }

  private static func wrongType(_ name: String, _ expected: String, _ value: Value) -> ErrorAnswer {
    .invalidBody("'\(name)' must be \(expected), not \(value.kindName)")
  }
}
