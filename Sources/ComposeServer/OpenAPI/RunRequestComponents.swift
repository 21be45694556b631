/// The schemas of what every request to run a workflow may have.
enum RunRequestComponents {
  static let json = #"""
    {
      "RunOptions": {
        "description": "Null is the same as leaving a member out. Other members are passed over.",
        "type": "object",
        "properties": {
          "session_id": {
            "description": "Comes back in the state; jobs see it as `${context.session_id}`.",
            "type": ["string", "null"]
          },
          "metadata": {
            "description": "Comes back in the state; jobs see it as `${context.metadata}`.",
            "type": ["object", "null"]
          },
          "wait_for_completion": {
            "description": "False answers at once, with a task that is followed by its id.",
            "type": ["boolean", "null"],
            "default": true
          },
          "output_only": {
            "description": "True answers with the bare output and not with the state of the task.",
            "type": ["boolean", "null"],
            "default": false
          },
          "subscribe_task": {
            "description": "True tells the WebSocket session that the query names what happens to the task.",
            "type": ["boolean", "null"],
            "default": false
          },
          "callback_url": {
            "description": "What is called with the result when the task has ended.",
            "type": ["string", "null"],
            "pattern": "^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?([/?#][!-~]*)?$"
          },
          "callback_headers": {
            "description": "Sent with that call.",
            "type": ["object", "null"],
            "propertyNames": { "pattern": "^[-!#$%&'*+.^_`|~0-9A-Za-z]+$" },
            "additionalProperties": { "type": "string", "pattern": "^[\\t -~\\u0080-\\uFFFF]*$" }
          }
        },
        "if": { "properties": { "wait_for_completion": { "const": false } }, "required": ["wait_for_completion"] },
        "then": { "properties": { "output_only": { "enum": [false, null] } } },
        "else": { "properties": { "callback_url": { "type": "null" } } }
      },
      "FormOptions": {
        "description": "All values of a form are texts. Other fields are passed over.",
        "type": "object",
        "properties": {
          "session_id": { "type": "string" },
          "wait_for_completion": { "enum": ["true", "false"], "default": "true" },
          "output_only": { "enum": ["true", "false"], "default": "false" },
          "subscribe_task": { "enum": ["true", "false"], "default": "false" },
          "callback_url": { "type": "string", "pattern": "^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?([/?#][!-~]*)?$" }
        },
        "if": { "properties": { "wait_for_completion": { "const": "false" } }, "required": ["wait_for_completion"] },
        "then": { "properties": { "output_only": { "const": "false" } } },
        "else": { "not": { "required": ["callback_url"] } }
      },
      "ResumeRequest": {
        "type": "object",
        "properties": {
          "answer": {
            "description": "Values by the ids of points. Without it every point is answered with null; ids of no point are passed over.",
            "type": ["object", "null"]
          }
        }
      }
    }
    """#
}
