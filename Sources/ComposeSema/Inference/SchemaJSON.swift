import ComposeBasic
import ComposeSyntax

/// The inputs and outputs of the workflows that clients see, as one line of JSON:
/// `{id: {"input": […], "output": […]}}`.
///
/// The members have the reference's names. What is absent, empty or false is left out; `required` is, because the
/// reference never sets it.
package func schemaJSON(of program: TypedProgram) -> String {
  var json = JSONWriter(.compact)
  json.object { json in
    for workflow in program.workflows where !workflow.decl.isPrivate {
      json.object(workflow.decl.name) { json in
        json.array("input") { json in
          for input in workflow.inputs { append(input.variable, to: &json) }
        }
        json.array("output") { json in
          for output in workflow.outputs { append(output, to: &json) }
        }
      }
    }
  }
  return json.text
}

private func append(_ output: WorkflowOutput, to json: inout JSONWriter) {
  switch output {
  case .variable(let variable): append(variable, to: &json)
  case .group(let group):
    json.object { json in
      json.member("group", optional: group.name)
      json.member("repeat_count", group.repeatCount)
      json.array("variables") { json in
        for variable in group.variables { append(variable, to: &json) }
      }
    }
  }
}

private func append(_ variable: WorkflowVariable, to json: inout JSONWriter) {
  json.object { json in
    json.key("name")
    if let name = variable.name { json.string(name) } else { json.null() }
    json.member("type", variable.type)
    if variable.isList { json.member("is_list", true) }
    json.member("subtype", optional: variable.subtype)
    json.member("format", optional: variable.format)
    if !variable.attributes.isEmpty {
      json.object("attrs") { json in
        for attribute in variable.attributes.lastOfEachName { json.member(attribute.name, attribute.text) }
      }
    }
    json.values("options", variable.options)
    if let fallback = variable.fallback {
      json.key("default")
      json.value(fallback.value)
    }
    guard !variable.annotations.isEmpty else { return }
    json.array("annotations") { json in
      for annotation in variable.annotations {
        json.object { json in
          json.member("name", annotation.name)
          json.member("value", annotation.text)
        }
      }
    }
  }
}

extension [WorkflowVariable.Note] {
  /// The last of several with one name counts, at the place of the first.
  package var lastOfEachName: [WorkflowVariable.Note] {
    var texts: [String: String] = [:]
    for note in self { texts[note.name] = note.text }
    return compactMap { note in texts.removeValue(forKey: note.name).map { WorkflowVariable.Note(note.name, $0) } }
  }
}
