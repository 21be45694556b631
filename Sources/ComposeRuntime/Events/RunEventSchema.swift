/// The JSON Schema (draft 2020-12) of one line of events. `docs/run-events.schema.json` is a copy of it.
package enum RunEventSchema {
  /// The schema, ended by a line feed.
  package static let text = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Events of model-compose runs",
      "description": "One line of what `run --events` writes. Within one major version of `format_version` events and members are only added: pass over what you do not know.",
      "type": "object",
      "properties": {
        "event": {
          "description": "What happened. Which other members there are depends on it; docs/events.md lists them.",
          "enum": [
            "run-started", "workflow-started", "job-started", "attempt-failed", "interrupted", "answered", "first-byte",
            "usage", "notice", "job-completed", "job-failure-handled", "job-routed", "job-rewound", "job-failed", "job-cancelled",
            "stream-ended", "stream-failed", "stream-cancelled", "workflow-completed", "workflow-failed",
            "workflow-cancelled", "run-ended"
          ]
        },
        "time": { "description": "Seconds since the run began.", "type": "number" },
        "workflows": {
          "description": "The workflows that are under way, from the outermost; the event belongs to the last one.",
          "type": "array",
          "items": { "type": "string" }
        },
        "job": { "description": "The job, in events of jobs; inside another one as in `plan`: `each[do]`.", "type": "string" },
        "file": { "type": "string" },
        "line": { "description": "Where the job, workflow or interrupt is written; counts from 1.", "type": "integer" },
        "column": { "description": "In UTF-8 bytes, from 1.", "type": "integer" },
        "format_version": { "description": "In `run-started`.", "const": "1.0" },
        "run_id": { "description": "In `run-started`; what jobs see as `context.task_id`.", "type": "string" },
        "started_at": { "description": "In `run-started`: seconds since 1970-01-01T00:00:00Z.", "type": "number" },
        "run": { "description": "In `job-started`: counts the times that the run came to the job.", "type": "integer" },
        "attempt": { "description": "In `attempt-failed`: counts from 1.", "type": "integer" },
        "attempts": { "description": "In `attempt-failed`: how many there are at most.", "type": "integer" },
        "delay": { "description": "In `attempt-failed`: seconds until the next one.", "type": "number" },
        "id": { "description": "In `interrupted` and `answered`: names the question.", "type": "string" },
        "phase": { "description": "In `interrupted` and `answered`.", "enum": ["before", "after"] },
        "message": { "description": "In `interrupted`: what the file says, where it says something. In `notice`: what happened." },
        "metadata": { "description": "In `interrupted`: what the file adds." },
        "usage": { "description": "In `usage`: as the provider says it.", "type": "object" },
        "stream": {
          "description": "In `job-completed` and `workflow-completed`: whether the result is a stream that goes on.",
          "type": "boolean"
        },
        "to": { "description": "In `job-routed`: the job that is next, or null.", "type": ["string", "null"] },
        "chunks": { "description": "In events of streams: how many were read.", "type": "integer", "minimum": 0 },
        "status": { "description": "In `run-ended`.", "enum": ["completed", "failed", "cancelled"] },
        "exit_status": { "description": "In `run-ended`: that of the program.", "type": "integer" },
        "error": { "$ref": "#/$defs/error" }
      },
      "required": ["event", "time", "workflows", "file", "line", "column"],
      "additionalProperties": false,
      "$defs": {
        "error": {
          "type": "object",
          "properties": {
            "code": { "type": "string" },
            "message": { "description": "One line, without secrets.", "type": "string" },
            "job": { "type": "string" },
            "status": { "description": "The provider's HTTP status.", "type": "integer" },
            "retry_after": { "description": "Seconds that the provider asks to wait.", "type": "number" },
            "file": { "type": "string" },
            "line": { "type": "integer" },
            "column": { "type": "integer" }
          },
          "required": ["code", "message"],
          "additionalProperties": false
        }
      }
    }

    """#
}
