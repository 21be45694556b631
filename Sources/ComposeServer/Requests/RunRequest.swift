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

  /// Reads a body of JSON.
  ///
  /// - Throws: what is wrong first.
  init(json body: [UInt8]) throws(ErrorAnswer) {
    let value: Value
    do throws(JSONError) {
      value = try parseJSON(body)
    } catch {
      throw .invalidBody(error.description)
    }
    guard case .object(let object) = value else { throw .invalidBody("expected an object, not \(value.kindName)") }
    try self.init(RequestMembers(object, areTexts: false))
  }

  /// Members that it does not know are left alone.
  ///
  /// - Throws: what is wrong first.
  init(_ members: RequestMembers) throws(ErrorAnswer) {
    workflowID = try members.text("workflow_id")
    input = members["input"] ?? .null
    sessionID = try members.text("session_id")
    metadata = try members.object("metadata").map(Value.object) ?? .null
    wantsOutputOnly = try members.boolean("output_only") ?? false
    waitsForCompletion = try members.boolean("wait_for_completion") ?? true
    subscribesTask = try members.boolean("subscribe_task") ?? false
    callbackURL = try members.text("callback_url")
    for (name, value) in try members.object("callback_headers") ?? OrderedObject() {
      guard case .text(let text) = value else { throw .wrongType("callback_headers.\(name)", "text", value) }
      callbackHeaders.append((name, text))
    }
    try checkAgreement()
  }

  /// Refuses what asks for two things at the same time, in the words of the reference.
  private func checkAgreement() throws(ErrorAnswer) {
    if wantsOutputOnly, !waitsForCompletion {
      throw .invalidBody(exactly: "output_only=true requires wait_for_completion=true.")
    }
    if callbackURL != nil, waitsForCompletion {
      throw .invalidBody(exactly: "callback_url requires wait_for_completion=false")
    }
  }
}
