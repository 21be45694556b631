import ComposeRuntime

/// The schemas of tasks, workflows, errors and events, by the names of the components.
enum TaskComponents {
  static let json = #"""
    {
      "Error": {
        "description": "Why a request was not fulfilled.",
        "allOf": [{ "$ref": "#/components/schemas/ErrorInfo" }],
        "properties": {
          "detail": { "description": "One line for people.", "type": "string" },
          "task_id": { "description": "The task, when one had begun.", "type": "string" }
        },
        "required": ["detail"],
        "examples": [{ "detail": "the input 'prompt' is required", "code": "invalid-input" }]
      },
      "TaskStatus": {
        "description": "The last three are final.",
        "enum": ["pending", "processing", "interrupted", "streaming", "cancelling", "completed", "failed", "cancelled"]
      },
      "TaskState": {
        "description": "What is known of a task.",
        "type": "object",
        "properties": {
          "task_id": { "type": "string" },
          "status": { "$ref": "#/components/schemas/TaskStatus" },
          "workflow_id": { "type": "string" },
          "session_id": { "description": "As the request had it.", "type": "string" },
          "metadata": { "description": "As the request had it.", "type": "object" },
          "output": { "description": "The result of a completed task; absent when it is null or no JSON." },
          "stream": { "description": "True when the result is fetched from `/tasks/{task_id}/stream`.", "type": "boolean" },
          "error": { "description": "Why it failed, on one line.", "type": "string" },
          "error_info": { "$ref": "#/components/schemas/ErrorInfo" },
          "interrupt": {
            "description": "Where it waits for answers.",
            "type": "array",
            "items": { "$ref": "#/components/schemas/InterruptPoint" }
          }
        },
        "required": ["task_id", "status", "workflow_id"]
      },
      "ErrorInfo": {
        "description": "What is known of a failure.",
        "type": "object",
        "properties": {
          "code": { "description": "For programs.", "type": "string" },
          "job": { "description": "The job that failed.", "type": "string" },
          "status": { "description": "The provider's HTTP status.", "type": "integer" },
          "line": { "description": "Where the job is written.", "type": "integer", "minimum": 1 },
          "file": { "description": "The file's name.", "type": "string" }
        },
        "required": ["code"]
      },
      "InterruptPoint": {
        "description": "A question that a task asks before it goes on.",
        "type": "object",
        "properties": {
          "id": { "description": "What an answer names it by.", "type": "string" },
          "job_id": { "type": "string" },
          "run_id": { "type": "string" },
          "phase": { "description": "Whether the job has run already.", "enum": ["before", "after"] },
          "message": { "description": "What the file says, where it says something." },
          "metadata": { "description": "What the file adds." }
        },
        "required": ["id", "job_id", "run_id", "phase"]
      },
      "Variable": {
        "description": "One value that goes into a workflow or comes out of it.",
        "type": "object",
        "properties": {
          "name": { "description": "A path such as `user.name`; absent for the whole value.", "type": "string" },
          "type": { "type": "string" },
          "subtype": { "type": "string" },
          "format": { "type": "string" },
          "is_list": { "type": "boolean" },
          "options": { "description": "The choices, or the bounds of a slider.", "type": "array" },
          "default": {},
          "required": { "type": "boolean" },
          "description": { "type": "string" }
        },
        "required": ["type", "is_list"]
      },
      "Variables": {
        "type": "array",
        "items": {
          "anyOf": [{ "$ref": "#/components/schemas/Variable" }, { "$ref": "#/components/schemas/VariableGroup" }]
        }
      },
      "VariableGroup": {
        "description": "The values of one of several runs of a job.",
        "type": "object",
        "properties": {
          "group": { "type": "string" },
          "repeat_count": { "description": "0 when it depends on the data.", "type": "integer", "minimum": 0 },
          "variables": { "$ref": "#/components/schemas/Variables" }
        },
        "required": ["repeat_count", "variables"]
      },
      "Workflow": {
        "description": "A workflow that can be run.",
        "type": "object",
        "properties": {
          "workflow_id": { "type": "string" },
          "title": { "type": "string" },
          "description": { "type": "string" },
          "default": { "description": "Whether it runs when a request names none.", "type": "boolean" }
        },
        "required": ["workflow_id"]
      },
      "WorkflowSchema": {
        "description": "A workflow with what it takes and gives.",
        "allOf": [{ "$ref": "#/components/schemas/Workflow" }],
        "properties": {
          "input": { "type": "array", "items": { "$ref": "#/components/schemas/Variable" } },
          "output": { "$ref": "#/components/schemas/Variables" },
          "streaming": { "description": "Whether the result surely is a stream.", "type": "boolean" }
        },
        "required": ["input", "output", "streaming"]
      },
      "Health": {
        "type": "object",
        "properties": {
          "status": { "description": "`ok`, or what keeps the service from answering.", "type": "string" },
          "sandbox": { "description": "Whether answers of providers come from stand-ins.", "type": "boolean" }
        },
        "required": ["status"]
      },
      "Ready": {
        "type": "object",
        "properties": { "ready": { "type": "boolean" } },
        "required": ["ready"]
      },
      "DoneEvent": { "description": "The output is complete. The data is empty.", "type": "string", "const": "" },
      "CancelledEvent": { "description": "The task was cancelled. The data is empty.", "type": "string", "const": "" },
      "ErrorEvent": {
        "description": "The task failed behind the first piece.",
        "allOf": [{ "$ref": "#/components/schemas/ErrorInfo" }],
        "properties": { "message": { "description": "One line for people.", "type": "string" } },
        "required": ["message"]
      },
      "TextPiece": { "description": "A piece of a `stream/text`: the text itself, no JSON.", "type": "string" },
      "JSONPiece": { "description": "A piece of a `stream/json`: one JSON value." },
      "EndEvent": { "description": "Nothing more happens to the task. The data is empty.", "type": "string" }
    }
    """#

  /// The schema of a line of `run --events`, which refers to itself by its place here.
  static let runEvent = RunEventSchema.text.replacing("#/$defs/", with: "#/components/schemas/RunEvent/$defs/")
}
