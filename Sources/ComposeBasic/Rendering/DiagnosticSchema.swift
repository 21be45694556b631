/// The JSON Schema (draft 2020-12) of what `--format json` writes. `docs/diagnostics.schema.json` is a copy of it.
package enum DiagnosticSchema {
  /// The schema, ended by a line feed.
  package static let text = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Findings of model-compose",
      "description": "What `--format json` writes. Within one major version of the format, members are only added.",
      "type": "object",
      "properties": {
        "format_version": { "description": "Major and minor version of this format.", "const": "1.0" },
        "summary": { "$ref": "#/$defs/summary" },
        "diagnostics": {
          "description": "Sorted by file, position, code and message; each finding once.",
          "type": "array",
          "items": { "$ref": "#/$defs/diagnostic" }
        }
      },
      "required": ["format_version", "summary", "diagnostics"],
      "additionalProperties": false,
      "$defs": {
        "summary": {
          "type": "object",
          "properties": {
            "errors": { "type": "integer", "minimum": 0 },
            "warnings": { "type": "integer", "minimum": 0 },
            "files": { "description": "How many files were looked at.", "type": "integer", "minimum": 0 }
          },
          "required": ["errors", "warnings", "files"],
          "additionalProperties": false
        },
        "diagnostic": {
          "type": "object",
          "properties": {
            "format_version": { "description": "In `--format jsonl` only, where each line is a finding.", "const": "1.0" },
            "code": {
              "description": "The stable name of the kind of finding.",
              "type": "string",
              "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
            },
            "severity": { "enum": ["error", "warning", "note"] },
            "message": { "description": "One line of plain text.", "type": "string" },
            "help": { "description": "What to do.", "type": "string" },
            "upstream": { "description": "What the reference implementation does with the same text.", "type": "string" },
            "url": { "description": "Where the code is explained, relative to the project.", "type": "string" },
            "file": { "description": "The path as it was given, or a name such as `<stdin>`.", "type": "string" },
            "pointer": { "description": "JSON Pointer (RFC 6901) to the YAML node.", "type": "string" },
            "range": { "$ref": "#/$defs/range" },
            "notes": {
              "description": "Other places that explain the finding.",
              "type": "array",
              "items": { "$ref": "#/$defs/note" }
            },
            "fixes": {
              "description": "Ways to repair the finding; each by itself.",
              "type": "array",
              "items": { "$ref": "#/$defs/fix" }
            }
          },
          "required": ["code", "severity", "message", "url", "file", "range", "notes", "fixes"],
          "additionalProperties": false
        },
        "note": {
          "type": "object",
          "properties": {
            "message": { "type": "string" },
            "file": { "type": "string" },
            "range": { "$ref": "#/$defs/range" }
          },
          "required": ["message", "file", "range"],
          "additionalProperties": false
        },
        "fix": {
          "type": "object",
          "properties": {
            "title": { "type": "string" },
            "applicability": {
              "description": "`safe`: the new meaning is certain. `suggested`: it is likely what was meant.",
              "enum": ["safe", "suggested"]
            },
            "edits": {
              "description": "Applied together; their ranges are those of the unchanged file.",
              "type": "array",
              "items": { "$ref": "#/$defs/edit" }
            }
          },
          "required": ["title", "applicability", "edits"],
          "additionalProperties": false
        },
        "edit": {
          "type": "object",
          "properties": {
            "file": { "type": "string" },
            "range": { "$ref": "#/$defs/range" },
            "text": { "description": "Takes the place of the range.", "type": "string" }
          },
          "required": ["file", "range", "text"],
          "additionalProperties": false
        },
        "range": {
          "description": "Half-open: `end` is behind the last character.",
          "type": "object",
          "properties": {
            "start": { "$ref": "#/$defs/position" },
            "end": { "$ref": "#/$defs/position" }
          },
          "required": ["start", "end"],
          "additionalProperties": false
        },
        "position": {
          "type": "object",
          "properties": {
            "line": { "description": "1-based.", "type": "integer", "minimum": 1 },
            "column": { "description": "1-based, in UTF-8 bytes.", "type": "integer", "minimum": 1 },
            "utf16_column": { "description": "1-based, in UTF-16 code units.", "type": "integer", "minimum": 1 },
            "offset": { "description": "0-based byte offset in the file.", "type": "integer", "minimum": 0 }
          },
          "required": ["line", "column", "utf16_column", "offset"],
          "additionalProperties": false
        }
      }
    }

    """#
}
