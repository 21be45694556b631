/// The paths that are the same for every plan, below the base path.
struct FixedPaths {
  let service: OpenAPIDocument.Service

  /// The items by their paths, as JSON.
  var all: [(path: String, item: String)] {
    workflows + tasks + followers
      + [("/health", open("Health", "getHealth", "Whether the service goes on"))]
      + [("/ready", open("Ready", "getReady", "Whether the service is to get work"))]
      + [("/metrics", metrics), ("/openapi.json", document)]
      + (service.webSocketPath.map { [($0, webSocket)] } ?? [])
  }

  // MARK: Workflows

  private var workflows: [(String, String)] {
    [
      (
        "/workflows",
        #"""
        { "get": {
            "tags": ["workflows"], "operationId": "listWorkflows", "summary": "List the workflows",
            "parameters": [{ "name": "include_schema", "in": "query", "schema": { "type": "string" },
              "description": "`true` adds what each workflow takes and gives." }],
            "responses": {
              "200": { "description": "The workflows that can be run, in the order of the file.",
                "content": { "application/json": { "schema": { "type": "array", "items": { "anyOf": [
                  { "$ref": "#/components/schemas/Workflow" }, { "$ref": "#/components/schemas/WorkflowSchema" }
                ] } } } } },
              \#(errors())
        } } }
        """#
      ),
      (
        "/workflows/{id}/schema",
        #"""
        { "parameters": [\#(Self.workflowID)],
          "get": {
            "tags": ["workflows"], "operationId": "getWorkflowSchema", "summary": "What a workflow takes and gives",
            "responses": {
              "200": { "description": "The workflow.", "content": { "application/json": {
                "schema": { "$ref": "#/components/schemas/WorkflowSchema" } } } },
              \#(errors(404))
        } } }
        """#
      ),
      (
        "/workflows/{id}/graph",
        #"""
        { "parameters": [\#(Self.workflowID)],
          "get": {
            "tags": ["workflows"], "operationId": "getWorkflowGraph", "summary": "The jobs of a workflow as a picture",
            "responses": {
              "200": { "description": "SVG without a style sheet. Each job has `data-job` with the id that events give it.",
                "content": { "image/svg+xml": { "schema": { "type": "string" } } } },
              \#(errors(404))
        } } }
        """#
      ),
    ]
  }

  // MARK: Tasks

  private var tasks: [(String, String)] {
    [
      (
        "/tasks",
        #"""
        { "get": {
            "tags": ["tasks"], "operationId": "listTasks", "summary": "List the tasks",
            "parameters": [
              { "name": "workflow_id", "in": "query", "schema": { "type": "string" } },
              { "name": "session_id", "in": "query", "schema": { "type": "string" } },
              { "name": "status", "in": "query", "schema": { "$ref": "#/components/schemas/TaskStatus" } },
              { "name": "limit", "in": "query", "description": "How many at most.",
                "schema": { "type": "integer", "minimum": 1, "maximum": 1000, "default": 100 } }
            ],
            "responses": {
              "200": { "description": "States without their outputs, the newest first.",
                "content": { "application/json": { "schema": {
                  "type": "object", "required": ["tasks"],
                  "properties": { "tasks": { "type": "array", "items": { "$ref": "#/components/schemas/TaskState" } } }
                } } } },
              \#(errors(400))
        } } }
        """#
      ),
      (
        "/tasks/{id}",
        #"""
        { "parameters": [\#(Self.taskID)],
          "get": {
            "tags": ["tasks"], "operationId": "getTask", "summary": "The state of a task, or its output",
            "parameters": [
              { "name": "output_only", "in": "query", "schema": { "type": "boolean", "default": false },
                "description": "Answers with the output and with what the run itself would have failed with." },
              \#(Self.lastEventID)
            ],
            "responses": {
              "200": { "description": "The state, or the output.", \#(Self.taskHeaders),
                "content": {
                  "application/json": { "schema": { "anyOf": [
                    { "$ref": "#/components/schemas/TaskState" }, { "description": "With `output_only`." }
                  ] } },
                  "text/event-stream": \#(Self.outputEvents),
                  "*/*": { "schema": { "description": "The bytes of the result, under their own content type." } }
                } },
              "202": { "description": "With `output_only`: there is no output yet.", \#(Self.taskHeaders),
                "content": { "application/json": { "schema": { "$ref": "#/components/schemas/TaskState" } } } },
              "204": { "description": "With `output_only`: the client has seen the last event." },
              \#(errors(400, 404, 409, 410, 429, 500, 501, 502, 503, 504))
            } },
          "delete": \#(cancellation("deleteTask"))
        }
        """#
      ),
      (
        "/tasks/{id}/cancel",
        #"{ "parameters": [\#(Self.taskID)], "post": \#(cancellation("cancelTask")) }"#
      ),
      (
        "/tasks/{id}/resume",
        #"""
        { "parameters": [\#(Self.taskID)],
          "post": {
            "tags": ["tasks"], "operationId": "resumeTask", "summary": "Answer the questions of a task",
            "requestBody": { "required": true, "content": { "application/json": {
              "schema": { "$ref": "#/components/schemas/ResumeRequest" } } } },
            "responses": {
              "200": \#(Self.state),
              \#(errors(400, 404, 413, 422))
        } } }
        """#
      ),
    ]
  }

  private func cancellation(_ name: String) -> String {
    #"""
    { "tags": ["tasks"], "operationId": "\#(name)", "summary": "Cancel a task",
      "parameters": [{ "name": "wait_for_completion", "in": "query",
        "schema": { "type": "boolean", "default": true }, "description": "Whether to wait until it has ended." }],
      "responses": { "200": \#(Self.state), \#(errors(400, 404, 409)) } }
    """#
  }

  private var followers: [(String, String)] {
    [
      (
        "/tasks/{id}/stream",
        #"""
        { "parameters": [\#(Self.taskID)],
          "get": {
            "tags": ["tasks"], "operationId": "followOutput", "summary": "The output of a task as it comes",
            "parameters": [\#(Self.lastEventID), \#(Self.lastEventIDHeader)],
            "responses": {
              "200": { "description": "Events, or the bytes of a result that is none. A value is one event with its JSON.",
                \#(Self.taskHeaders),
                "content": {
                  "text/event-stream": \#(Self.outputEvents),
                  "*/*": { "schema": { "description": "The bytes of the result, under their own content type." } }
                } },
              "204": { "description": "The client has seen the last event." },
              \#(errors(400, 404, 410))
        } } }
        """#
      ),
      (
        "/tasks/{id}/events",
        #"""
        { "parameters": [\#(Self.taskID)],
          "get": {
            "tags": ["tasks"], "operationId": "followTask", "summary": "What happens to a task",
            "parameters": [\#(Self.lastEventID), \#(Self.lastEventIDHeader)],
            "responses": {
              "200": { "description": "`task_state`, `workflow_event` and `job_event` with JSON, `end` at last.",
                \#(Self.taskHeaders),
                "content": { "text/event-stream": { "schema": {}, "x-event-schemas": {
                  "task_state": { "$ref": "#/components/schemas/TaskState" },
                  "workflow_event": { "$ref": "#/components/schemas/RunEvent" },
                  "job_event": { "$ref": "#/components/schemas/RunEvent" },
                  "end": { "$ref": "#/components/schemas/EndEvent" }
                } } } },
              \#(errors(400, 404))
        } } }
        """#
      ),
    ]
  }

  // MARK: The service

  private func open(_ schema: String, _ name: String, _ summary: String) -> String {
    #"""
    { "get": {
        "tags": ["service"], "operationId": "\#(name)", "summary": "\#(summary)", "security": [],
        "responses": {
          "200": { "description": "Yes.", "content": { "application/json": {
            "schema": { "$ref": "#/components/schemas/\#(schema)" } } } },
          "503": { "description": "No: the service ends.", "content": { "application/json": {
            "schema": { "$ref": "#/components/schemas/\#(schema)" } } } },
          "403": \#(Self.errorReference(403))
    } } }
    """#
  }

  private var metrics: String {
    #"""
    { "get": {
        "tags": ["service"], "operationId": "getMetrics", "summary": "Figures in the text format of Prometheus",
        "responses": {
          "200": { "description": "One figure a line.", "content": { "text/plain": { "schema": { "type": "string" } } } },
          \#(errors())
    } } }
    """#
  }

  private var document: String {
    #"""
    { "get": {
        "tags": ["service"], "operationId": "getDocument", "summary": "This document",
        "responses": {
          "200": { "description": "OpenAPI 3.1.", "content": { "application/json": { "schema": { "type": "object" } } } },
          \#(errors())
    } } }
    """#
  }

  private var webSocket: String {
    #"""
    { "get": {
        "tags": ["service"], "operationId": "openWebSocket", "summary": "The API as messages of a WebSocket",
        "parameters": [
          { "name": "session", "in": "query", "schema": { "type": "string" }, "description": "Names the session." },
          { "name": "task", "in": "query", "schema": { "type": "string" }, "description": "A task to hear of." }
        ],
        "responses": {
          "101": { "description": "The connection is a WebSocket from here on." },
          "4XX": { "description": "No WebSocket was asked for, or it is refused.", "content": { "application/json": {
            "schema": { "$ref": "#/components/schemas/Error" } } } },
          "503": \#(Self.errorReference(503))
    } } }
    """#
  }
}
