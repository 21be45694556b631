import ComposeBasic

/// Prints a difference for programs. The shape is `docs/plan-comparison.schema.json`.
enum DifferenceJSON {
  static func print(_ difference: PlanDifference) -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("format_version", PlanDifference.formatVersion)
      json.member("status", name(difference.status))
      json.member("verdict", difference.verdict.rawValue)
      json.array("reasons") { json in
        for reason in difference.reasons { append(reason, to: &json) }
      }
      json.array("workflows") { json in
        for workflow in difference.workflows { append(workflow, to: &json) }
      }
      append(difference.serving, named: "serving", to: &json)
      append(difference.environment, named: "environment", to: &json)
      append(difference.effects, named: "effects", to: &json)
    }
    return json.text + "\n"
  }

  private static func name(_ status: PlanDifference.Status) -> String {
    switch status {
    case .same: "same"
    case .changed: "changed"
    case .breaking: "breaking"
    }
  }

  private static func append(_ reason: PlanDifference.Reason, to json: inout JSONWriter) {
    json.object { json in
      json.member("verdict", reason.verdict.rawValue)
      json.member("code", reason.code)
      json.member("message", reason.message)
      json.member("workflow", optional: reason.workflow)
      append(reason.old, named: "old", to: &json)
      append(reason.new, named: "new", to: &json)
    }
  }

  private static func append(_ workflow: PlanDifference.WorkflowChange, to json: inout JSONWriter) {
    json.object { json in
      json.member("change", workflow.kind.rawValue)
      json.member("old_id", optional: workflow.oldID)
      json.member("new_id", optional: workflow.newID)
      append(workflow.old, named: "old", to: &json)
      append(workflow.new, named: "new", to: &json)
      append(workflow.fields, named: "fields", to: &json)
      json.array("jobs") { json in
        for job in workflow.jobs {
          json.object { json in
            json.member("change", job.kind.rawValue)
            json.member("old_id", optional: job.oldID)
            json.member("new_id", optional: job.newID)
            json.member("old_workflow", optional: job.oldWorkflow)
            append(job.old, named: "old", to: &json)
            append(job.new, named: "new", to: &json)
            append(job.fields, named: "fields", to: &json)
          }
        }
      }
    }
  }

  private static func append(_ changes: [PlanDifference.FieldChange], named name: String, to json: inout JSONWriter) {
    json.array(name) { json in
      for change in changes {
        json.object { json in
          json.member("path", change.path)
          for (name, field) in [("old", change.old), ("new", change.new)] {
            guard let field else { continue }
            json.object(name) { json in
              json.member("value", field.value.text)
              json.member("is_text", field.value.isText)
              append(field.place, named: "place", to: &json)
            }
          }
          guard let old = change.old?.value, let new = change.new?.value, old.isText, new.isText else { return }
          append(WordDiff(from: old.text, to: new.text), to: &json)
        }
      }
    }
  }

  private static func append(_ difference: WordDiff, to json: inout JSONWriter) {
    json.array("words") { json in
      for piece in difference.pieces {
        json.object { json in
          switch piece {
          case .same(let text): json.member("same", text)
          case .removed(let text): json.member("removed", text)
          case .added(let text): json.member("added", text)
          }
        }
      }
    }
  }

  private static func append(_ lines: [PlanDifference.Listed], named name: String, to json: inout JSONWriter) {
    json.array(name) { json in
      for line in lines {
        json.object { json in
          json.member("change", line.isAdded ? "added" : "removed")
          json.member("text", line.text)
          append(line.place, named: "place", to: &json)
        }
      }
    }
  }

  private static func append(_ place: PlanSnapshot.Place?, named name: String, to json: inout JSONWriter) {
    guard let place else { return }
    json.object(name) { json in
      json.member("file", place.file)
      json.member("line", place.line)
      json.member("column", place.column)
    }
  }
}
