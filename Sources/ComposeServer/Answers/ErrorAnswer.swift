import ComposeBasic
import Hummingbird

/// An answer that is an error, as one JSON object.
struct ErrorAnswer: Error, Sendable {
  let status: HTTPResponse.Status
  /// For programs.
  let code: String
  /// One line for people.
  let detail: String
  var taskID: String?
  var failure = FailureDetails()
  /// In seconds.
  var retryAfter: Int?
  /// The value of `Allow`.
  var allowed: String?

  init(_ status: HTTPResponse.Status, _ code: String, _ detail: String) {
    self.status = status
    self.code = code
    self.detail = detail
  }

  /// The body.
  var json: [UInt8] {
    var json = JSONWriter(.compact)
    json.object { json in
      json.member("detail", detail)
      json.member("code", code)
      json.member("task_id", optional: taskID)
      failure.append(to: &json)
    }
    return json.bytes
  }

  var response: Response {
    var response = Response.json(json, status: status)
    if let taskID { response.headers[.taskID] = taskID }
    if let retryAfter { response.headers[.retryAfter] = String(retryAfter) }
    if let allowed { response.headers[.allow] = allowed }
    if status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
    return response
  }
}

extension ErrorAnswer {
  static let notFound = ErrorAnswer(.notFound, "not-found", "There is nothing at this path.")
  static let shuttingDown = ErrorAnswer(.serviceUnavailable, "cancelled", "Service is shutting down")
  static let unauthorized = ErrorAnswer(
    .unauthorized, "unauthorized", "An API key is required: send 'Authorization: Bearer KEY'.")
  static let foreignHost = ErrorAnswer(
    .forbidden, "forbidden", "The Host of the request does not name this machine.")
  static let foreignOrigin = ErrorAnswer(
    .forbidden, "forbidden", "Pages of this Origin may not call this service; see 'origins' of the adapter.")

  static func wrongMethod(allowed: String) -> ErrorAnswer {
    var answer = ErrorAnswer(.methodNotAllowed, "method-not-allowed", "This path answers only \(allowed).")
    answer.allowed = allowed
    return answer
  }

  static func tooLarge(limit: Int) -> ErrorAnswer {
    ErrorAnswer(.contentTooLarge, "too-large", "The body is larger than \(limit) bytes.")
  }

  static let overloaded: ErrorAnswer = {
    var answer = ErrorAnswer(.serviceUnavailable, "overloaded", "There are too many tasks already; try again later.")
    answer.retryAfter = 5
    return answer
  }()

  static let taskNotFound = ErrorAnswer(.notFound, "unknown-task", "Task not found.")
  static let cancelled = ErrorAnswer(.conflict, "cancelled", "The task was cancelled.")
  /// Only ever said within an event stream.
  static let notEvents = ErrorAnswer(
    .ok, "not-events", "The output is bytes. Ask for it again, and they are the answer.")
  static let streamGone = ErrorAnswer(
    .gone, "stream-gone", "This part of the stream is kept no longer. Ask for the state of the task.")

  static func outOfScope(_ workflow: String) -> ErrorAnswer {
    ErrorAnswer(.forbidden, "forbidden", "This key may not run the workflow '\(shownName(workflow))'.")
  }

  static func alreadyFinished(_ id: String, _ status: TaskStatus) -> ErrorAnswer {
    ErrorAnswer(.conflict, "already-finished", "Task '\(id)' has already finished: \(status.rawValue)")
  }

  static func notInterrupted(_ id: String, _ status: TaskStatus) -> ErrorAnswer {
    ErrorAnswer(
      .badRequest, "not-interrupted", "Task '\(id)' is not in interrupted state (current: \(status.rawValue))")
  }

  static func invalidQuery(_ problem: String) -> ErrorAnswer {
    ErrorAnswer(.badRequest, "invalid-query", "Invalid query: \(problem)")
  }

  /// With the reference's own words.
  static func invalidBody(exactly detail: String) -> ErrorAnswer { ErrorAnswer(.badRequest, "invalid-body", detail) }

  static func invalidBody(_ problem: String) -> ErrorAnswer {
    ErrorAnswer(.badRequest, "invalid-body", "Invalid request body: \(problem)")
  }

  static func unsupported(_ detail: String) -> ErrorAnswer { ErrorAnswer(.badRequest, "unsupported", detail) }

  static func invalidContentType(_ problem: String) -> ErrorAnswer { ErrorAnswer(.badRequest, "invalid-body", problem) }
}
