/// What several operations have.
extension FixedPaths {
  static let workflowID =
    ##"{"name":"id","in":"path","required":true,"schema":{"type":"string","minLength":1},"description":"The id of a workflow."}"##

  static let taskID =
    ##"{"name":"id","in":"path","required":true,"schema":{"type":"string","minLength":1},"description":"The id of a task."}"##

  static let lastEventID = #"""
    { "name": "last_event_id", "in": "query", "schema": { "type": "integer", "minimum": 0, "maximum": 9007199254740991 },
      "description": "The last event that the client has seen, for those that can send no header." }
    """#

  static let lastEventIDHeader = #"""
    { "name": "Last-Event-ID", "in": "header",
      "schema": { "type": "integer", "minimum": 0, "maximum": 9007199254740991 },
      "description": "The last event that the client has seen: what is behind it is sent." }
    """#

  static let taskHeaders = ##""headers": { "X-Task-Id": { "$ref": "#/components/headers/TaskID" } }"##

  static let headers = #"""
    {
      "TaskID": { "description": "The id of the task.", "schema": { "type": "string" } },
      "RetryAfter": { "description": "After how many seconds to try again.", "schema": { "type": "integer" } }
    }
    """#

  static let state = #"""
    { "description": "The state of the task.", \#(taskHeaders),
      "content": { "application/json": { "schema": { "$ref": "#/components/schemas/TaskState" } } } }
    """#

  /// An event stream of an output. OpenAPI 3.1 has no word for the items of a stream.
  static let outputEvents = #"""
    { "schema": { "description": "Server-Sent Events. Those without a name are pieces of the output. The last one is `done`, `error` or `cancelled`." },
      "x-event-schemas": {
        "message": { "anyOf": [
          { "$ref": "#/components/schemas/TextPiece" }, { "$ref": "#/components/schemas/JSONPiece" }
        ] },
        "interrupted": { "$ref": "#/components/schemas/TaskState" },
        "done": { "$ref": "#/components/schemas/DoneEvent" },
        "error": { "$ref": "#/components/schemas/ErrorEvent" },
        "cancelled": { "$ref": "#/components/schemas/CancelledEvent" }
      } }
    """#

  // MARK: Errors

  private static let errorNames = [
    400: "BadRequest", 401: "Unauthorized", 403: "Forbidden", 404: "NotFound", 409: "Conflict", 410: "Gone",
    413: "TooLarge", 422: "Unprocessable", 429: "TooManyRequests", 500: "Failed", 501: "Unsupported",
    502: "BadGateway", 503: "Unavailable", 504: "Timeout",
  ]

  static func errorReference(_ status: Int) -> String {
    ##"{"$ref":"#/components/responses/\##(errorNames[status] ?? "Failed")"}"##
  }

  /// The statuses with those that every path has.
  static func statuses(_ statuses: [Int], _ service: OpenAPIDocument.Service) -> [Int] {
    Set(statuses + [403] + (service.needsKey ? [401] : [])).sorted()
  }

  /// The members of `responses` that are errors.
  func errors(_ statuses: Int...) -> String {
    Self.statuses(statuses, service).map { "\"\($0)\":\(Self.errorReference($0))" }.joined(separator: ",")
  }

  /// The errors as components.
  static func errors(maximumBodySize: Int) -> String {
    let descriptions = [
      400: "Something about the request is wrong; `detail` says what.",
      401: "The request has no valid key.",
      403: "The Host or the Origin of the request, or its key, has no right to this.",
      404: "There is no such workflow, task or path.",
      409: "The task has ended already, or was cancelled.",
      410: "This part of the stream is kept no longer.",
      413: "The body is larger than \(maximumBodySize) bytes.",
      422: "The answer is no object.",
      429: "The provider, or a limit, lets nothing more through for now.",
      500: "A value could not be converted on its way, or the service has a fault.",
      501: "The workflow needs what this version does not run.",
      502: "The provider failed, or cannot be reached.",
      503: "The service ends, or has too much to do.",
      504: "The provider was too slow.",
    ]
    let responses = errorNames.sorted { $0.key < $1.key }.map { status, name in
      let retry = [429, 503].contains(status) ? ##""Retry-After":{"$ref":"#/components/headers/RetryAfter"},"## : ""
      return ##"""
        "\##(name)": { "description": "\##(descriptions[status] ?? name)",
          "headers": { \##(retry) "X-Task-Id": { "$ref": "#/components/headers/TaskID" } },
          "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Error" } } } }
        """##
    }
    return "{" + responses.joined(separator: ",") + "}"
  }
}
