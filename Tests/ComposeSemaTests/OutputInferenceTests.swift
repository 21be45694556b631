import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeTestSupport
import Testing

/// What a run of a workflow gives, as its expressions say.
@Suite struct OutputInferenceTests {
  @Test(arguments: [
    ("x", "any"),
    ("'${jobs.j.output as text}'", "text"),
    ("{a: {b: '${jobs.j.output as integer}'}, l: [x, '${jobs.j.output.y}']}", "a.b integer, l[1] string"),
    ("['${jobs.j.output as text}']", "[0] text"),
    ("'a ${jobs.j.output as text} b ${jobs.j.output as integer}'", "text"),
    ("{k: 'a ${jobs.j.output as text} b ${jobs.j.output as integer}'}", "k text"),
    ("{k: '${jobs.j.output | ${input.a as integer}}'}", "k string"),
    ("{k: {'*': '${jobs.j.output as object[]}', v: '${item.v as integer}'}}", "k object[]"),
    ("{k: {'*': {input: '${input.rows}', where: {input: '${item.v as integer}', value: 1}}}}", "k string[]"),
    ("{k: {'*': [1, 2], v: '${item}'}}", "k any[]"),
    ("{k: {'?': [{input: '${input.a as integer}', if_true: '${input.b as text}'}]}}", "k integer"),
    ("{k: {'?': {input: 1, value: 1, if_true: x}}}", "k any"),
    ("{k: {'+': ['${input.a as text}', '${input.b}']}}", "k text"),
    ("{k: {'|': '${input.rows}', v: '${item.v as integer}'}}", "k string"),
    ("{k: {'&': {a: '${input.a as integer}'}}}", "k object[]"),
    ("{k: {'&': '${input.a as integer}', b: x}}", "k.& integer"),
    ("{'...': '${jobs.j.output}', k: '${input.k as integer}'}", "k integer"),
    ("{m: {'...': {a: '${input.a as integer}'}, b: '${input.b}'}}", "m.a integer, m.b string"),
  ])
  func names(_ output: String, _ expected: String) throws {
    #expect(try outputs("{job: {id: j, component: say}, output: \(output)}") == expected)
  }

  @Test(arguments: [
    ("{job: {component: say}}", "text"),
    ("{job: {component: say, output: '${output}'}}", "text"),
    ("{job: {component: say, output: {}}}", "text"),
    ("{job: {component: silent}}", "any"),
    ("{job: {component: say, repeat_count: 3}}", "__job__×3(text)"),
    ("{job: {id: j, name: Three, component: say, repeat_count: 3, output: {a: '${output[0]}'}}}", "Three×3(a string)"),
    ("{job: {component: say, repeat_count: 1}}", "text"),
    ("{job: {component: say, repeat_count: '${input.n as integer}'}}", "text"),
    ("{job: {id: f, type: for-each, input: '${input.r}', do: {component: say}}}", "f×0(text)"),
    ("{job: {id: f, type: for-each, input: '${input.r}', do: {component: silent}}}", "f×0(any)"),
    (
      "{job: {id: f, type: for-each, input: '${input.r}', do: {component: say, output: '${output as json}'}}}",
      "f×0(json)"
    ),
    ("{job: {type: for-each, input: '${input.r}', do: {component: say}, output: '${output as json}'}}", "json"),
    ("{job: {type: accumulate, input: '${input.r}', do: {component: say}}}", "text"),
    ("{job: {type: pipeline, steps: [{component: silent}, {component: say}]}}", "text"),
    ("{job: {type: pipeline, steps: [{type: for-each, id: f, input: '${input}', do: {component: say}}]}}", "f×0(text)"),
    (
      "{job: {type: for-each, input: '${input}', do: {component: {type: shell, action: {output: '${result as json}'}}}}}",
      "__job__×0(json)"
    ),
    ("{job: {type: loop, do: {component: say}, until: {input: '${output}', value: 1}}}", "any"),
    (
      "{jobs: [{id: a, component: say}, {id: b, component: say, depends_on: [a], output: '${output as integer}'}]}",
      "integer"
    ),
    ("{jobs: [{id: a, component: say, output: {x: '${output}'}}, {id: b, component: say}]}", "x string"),
    ("{job: {component: self}}", "any"),
  ])
  func jobs(_ workflow: String, _ expected: String) throws { #expect(try outputs(workflow) == expected) }

  /// Each workflow runs the next one twice: only what is read is made.
  @Test func groupsDoNotMultiply() throws {
    var text = "components:\n  - {id: say, type: shell, action: {command: [a]}}\n"
    for level in 0..<40 { text += "  - {id: c\(level), type: workflow, action: {workflow: w\(level + 1)}}\n" }
    text += "workflows:\n"
    for level in 0..<40 {
      text += "  - {id: w\(level), jobs: [{id: a, component: c\(level)}, {id: b, component: c\(level)}]}\n"
    }
    text += "  - {id: w40, job: {type: for-each, input: '${input}', do: {component: say}}}\n"
    #expect(try #require(compile(text).program.workflows.first).outputs.count == 1000)
  }

  @Test func privateWorkflowsAreNotShown() {
    let program = compile(
      """
      component: {type: shell, action: {command: [a]}}
      workflows: [{id: a, private: true, job: {input: '${input}'}}, {id: b, job: {input: '${input}'}}]
      """
    ).program
    #expect(schemaJSON(of: program) == #"{"b":{"input":[],"output":[{"name":null,"type":"any"}]}}"#)
  }

  private func outputs(_ workflow: String) throws -> String {
    let program = compile(
      """
      components:
        - {id: say, type: shell, action: {command: [echo], output: "${result.stdout as text}"}}
        - {id: silent, type: shell, action: {command: [echo]}}
        - {id: self, type: workflow, action: {workflow: w}}
      workflows: {w: \(workflow)}
      """
    ).program
    return shown(try #require(program.workflows.first).outputs)
  }

  private func shown(_ outputs: [WorkflowOutput]) -> String {
    outputs.map { output in
      switch output {
      case .variable(let variable):
        (variable.name.map { "\($0) " } ?? "") + variable.type + (variable.isList ? "[]" : "")
      case .group(let group): "\(group.name ?? "?")×\(group.repeatCount)(\(shown(group.variables)))"
      }
    }
    .joined(separator: ", ")
  }
}
