import ComposeBasic
import ComposeRuntime

/// A message from a client: `{"type", "id"?, "data"?}`.
struct WebSocketRequest: Sendable {
  let type: String
  /// Comes back with the answer.
  let id: String?
  let data: OrderedObject

  /// - Throws: what is wrong first, with the id as far as it could be read.
  init(_ text: String) throws(WebSocketFault) {
    let value: Value
    do throws(JSONError) {
      value = try parseJSON(Array(text.utf8))
    } catch {
      throw .invalid("Invalid JSON: \(error.description)")
    }
    guard case .object(let object) = value else {
      throw .invalid("Invalid message: expected an object, not \(value.kindName)")
    }
    let id: String? = if case .text(let id)? = object["id"] { id } else { nil }
    self.id = id
    switch object["id"] {
    case nil, .null?, .text?: break
    case let other?: throw .invalid("Invalid message: 'id' must be text, not \(other.kindName)")
    }
    switch object["type"] {
    case .text(let text)?: type = text
    case nil: throw .invalid("Invalid message: 'type' is missing", id)
    case let other?: throw .invalid("Invalid message: 'type' must be text, not \(other.kindName)", id)
    }
    switch object["data"] {
    case nil: data = [:]
    case .object(let members)?: data = members
    case let other?: throw .invalid("Invalid message: 'data' must be an object, not \(other.kindName)", id)
    }
  }

  // MARK: Members of `data`

  func text(_ name: String) throws(WebSocketFault) -> String {
    guard let text = try optionalText(name) else { throw .invalid("Invalid data: '\(name)' is missing", id) }
    return text
  }

  func optionalText(_ name: String) throws(WebSocketFault) -> String? {
    switch data[name] {
    case nil, .null?: return nil
    case .text(let text)?: return text
    case let other?: throw wrongType(name, "text", other)
    }
  }

  func boolean(_ name: String, or usual: Bool) throws(WebSocketFault) -> Bool {
    switch data[name] {
    case nil, .null?: return usual
    case .boolean(let value)?: return value
    case let other?: throw wrongType(name, "a boolean", other)
    }
  }

  /// A number of an event or a chunk.
  func count(_ name: String) throws(WebSocketFault) -> Int? {
    switch data[name] {
    case nil, .null?: return nil
    case .integer(let value)? where value >= 0: return value
    case let other?: throw wrongType(name, "an integer from 0", other)
    }
  }

  func object(_ name: String) throws(WebSocketFault) -> OrderedObject? {
    switch data[name] {
    case nil, .null?: return nil
    case .object(let object)?: return object
    case let other?: throw wrongType(name, "an object", other)
    }
  }

  private func wrongType(_ name: String, _ expected: String, _ value: Value) -> WebSocketFault {
    .invalid("Invalid data: '\(name)' must be \(expected), not \(value.kindName)", id)
  }
}

/// Why a message was not carried out. The connection stays as it is.
struct WebSocketFault: Error, Hashable, Sendable {
  /// For programs.
  var code: String
  /// One line for people.
  var message: String
  /// The id of the message.
  var id: String?

  static func invalid(_ message: String, _ id: String? = nil) -> WebSocketFault {
    WebSocketFault(code: "INVALID_REQUEST", message: message, id: id)
  }

  static func limit(_ message: String) -> WebSocketFault { WebSocketFault(code: "LIMIT_EXCEEDED", message: message) }

  static func streamNotFound(_ stream: String, _ direction: String) -> WebSocketFault {
    WebSocketFault(code: "STREAM_NOT_FOUND", message: "\(direction) stream '\(stream)' not found")
  }

  static func taskNotFound(_ task: String) -> WebSocketFault {
    WebSocketFault(code: "TASK_NOT_FOUND", message: "Task '\(task)' not found")
  }

  init(code: String, message: String, id: String? = nil) {
    self.code = code
    self.message = message
    self.id = id
  }

  /// The error that HTTP answers with, in the words of this protocol.
  init(_ error: ErrorAnswer) {
    let code =
      switch error.code {
      case "unknown-workflow": "WORKFLOW_NOT_FOUND"
      case "unknown-task": "TASK_NOT_FOUND"
      case "not-interrupted": "TASK_NOT_INTERRUPTED"
      case "invalid-input", "invalid-body": "INVALID_REQUEST"
      case "cancelled": "SHUTTING_DOWN"
      case "internal": "INTERNAL_ERROR"
      default: String(error.code.uppercased().map { $0 == "-" ? "_" : $0 })
      }
    self.init(code: code, message: error.detail)
  }
}

/// Writes messages to clients: `{"type", "id"?, "data", "timestamp"}`.
struct WebSocketEnvelope: Sendable {
  /// The time of day in milliseconds since 1970.
  let milliseconds: @Sendable () -> UInt64

  func message(
    _ type: String, id: String? = nil, _ data: (inout JSONWriter) -> Void = { _ in }
  ) -> WebSocketOutbox.Message {
    var json = JSONWriter(.compact)
    json.object { json in
      json.member("type", type)
      json.member("id", optional: id)
      json.object("data", data)
      json.member("timestamp", timestamp(milliseconds()))
    }
    return .text(json.bytes)
  }

  func error(_ fault: WebSocketFault) -> WebSocketOutbox.Message {
    message("error", id: fault.id) { json in
      json.member("code", fault.code)
      json.member("message", fault.message)
    }
  }
}
