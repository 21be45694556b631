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
  /// Whether the client waits for the result.
  var waitsForCompletion = true
  /// Whether the WebSocket session of the client is to hear of the task.
  var subscribesTask = false
  /// What is to be called when the task has ended.
  var callbackURL: String?
  /// In the order of the request.
  var callbackHeaders: [(name: String, value: String)] = []

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
    waitsForCompletion = try Self.boolean("wait_for_completion", of: object) ?? true
    subscribesTask = try Self.boolean("subscribe_task", of: object) ?? false
    callbackURL = try Self.text("callback_url", of: object)
    if case .object(let headers) = try Self.object("callback_headers", of: object) {
      for (name, value) in headers {
        guard case .text(let text) = value else { throw Self.wrongType("callback_headers.\(name)", "text", value) }
        callbackHeaders.append((name, text))
      }
    }
    if wantsOutputOnly, !waitsForCompletion {
      throw .invalidBody(exactly: "output_only=true requires wait_for_completion=true.")
    }
    if callbackURL != nil, waitsForCompletion {
      throw .invalidBody(exactly: "callback_url requires wait_for_completion=false")
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
