import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

/// Which expressions read the workflow's input, and what they say about it.
@Suite struct InputInferenceTests {
  // MARK: Where they are found

  @Test(arguments: [
    // Passed through: the action's own inputs, then those of the job's other fields.
    ("{component: say}", ["t", "n"]),
    ("{component: say, input: '${input}'}", ["t", "n"]),
    ("{component: say, interrupt: {before: {message: 'ok ${input.who}?'}}}", ["t", "n", "who"]),
    (
      "{component: say, output: {o: '${input.o}'}, repeat_count: '${input.count as integer | 1}'}",
      ["t", "n", "o", "count"]
    ),
    // Passed on by name: the action reads what the job gives it.
    ("{component: say, input: {t: '${input.other}'}}", ["other"]),
    (
      "{component: say, input: {t: '${input.a}'}, output: '${input.b}', repeat_count: '${input.c as integer}'}",
      ["b", "a", "c"]
    ),
    ("{component: say, input: {}}", []),
    ("{component: say, input: {t: x}, hook: {before: {script: 'f(\"${input.no}\")'}}}", []),
    // Defaults and attributes, at any depth.
    ("{component: say, input: {t: '${input.a | ${input.b | ${input.c}}}'}}", ["a", "b", "c"]),
    ("{component: say, input: {t: '${jobs.j.output as audio/pcm[rate=${input.r}] | ${input.d}}'}}", ["r", "d"]),
    // Other kinds of jobs.
    ("{type: filter, input: '${input.rows}', where: {input: '${item.v}', value: '${input.min}'}}", ["rows", "min"]),
    ("{type: for-each, input: '${input.rows}', do: {component: say}}", ["rows"]),
    ("{type: for-each, input: '${input.rows}', do: {component: say, input: {t: '${input.k}'}}}", ["rows", "k"]),
    (
      "{type: for-each, input: '${input.rows}', do: {component: {type: shell, action: {command: ['${input.no}']}}}}",
      ["rows"]
    ),
    (
      "{type: for-each, input: '${input.rows}', do: {component: say, hook: {before: {script: '${input.no}'}}}}",
      ["rows"]
    ),
    (
      "{type: accumulate, input: '${input.rows}', accumulator: '${input.from}', do: {component: say}}",
      ["rows", "from"]
    ),
    ("{type: pipeline, input: {p: '${input.p}'}, steps: [{component: say, input: {t: '${input.no}'}}]}", ["p"]),
    ("{type: loop, input: {p: '${input.p}'}, do: {component: say}, until: {input: '${input.no}', value: 1}}", ["p"]),
    ("{type: loop, do: {component: say}, until: {input: '${output}', value: '${input.end}'}}", ["end"]),
    ("{type: delay, duration: '${input.wait}'}", ["wait"]),
  ])
  func places(_ job: String, _ names: [String]) throws {
    #expect(try inputs(of: "{job: \(job)}").map(\.name) == names)
  }

  @Test func theInputsOfAnInnerWorkflow() throws {
    let inputs = try inputs(
      of: "{job: {component: sub}, output: '${input.last}'}",
      and: """
        components:
          - {id: sub, type: workflow, action: {workflow: inner, output: {o: "${input.mine}"}}}
          - {id: say, type: shell, action: {command: [echo, "${input.t as text}"]}}
        """, "inner: {job: {component: say}}")
    #expect(inputs.map(\.name) == ["t", "mine", "last"])
  }

  /// A workflow that runs itself has no end, but an answer.
  @Test func aWorkflowThatRunsItself() throws {
    let inputs = try inputs(
      of: "{job: {component: sub, interrupt: {before: {message: '${input.a}'}}}}",
      and: "component: {id: sub, type: workflow, action: {workflow: w}}")
    #expect(inputs.map(\.name) == ["a"])
  }

  @Test func theWholeInputComesFirstOrNotAtAll() throws {
    #expect(
      try inputs(of: "{job: {component: say, input: {a: '${input}', b: '${input.b}'}}}").map(\.name) == [nil, "b"])
    #expect(try inputs(of: "{job: {component: say, input: {b: '${input.b}', a: '${input}'}}}").map(\.name) == ["b"])
  }

  // MARK: What they say

  @Test func whatMustBeGiven() throws {
    let inputs = try inputs(
      of: """
        {job: {component: say, input: {
          plain: '${input.plain}', preset: '${input.preset | x}', computed: '${input.computed | ${input.nested}}',
          twice: '${input.twice}', again: '${input.twice | x}', both: '${input.both} ${jobs.j.output | ${input.both}}',
          rate: '${input.a as audio/pcm[rate=${input.rate}]}'}}}
        """)
    let required = inputs.filter(\.isRequired).map(\.name)
    #expect(required == ["plain", "both", "a", "rate"])
    #expect(inputs.filter { !$0.isRequired }.map(\.name) == ["preset", "computed", "nested", "twice"])
  }

  @Test(arguments: [
    ("| plain", SchemaValue.text("plain")),
    ("| 5", .text("5")),
    ("as integer | 1_000", .integer("1000")),
    ("as integer | -007", .integer("-7")),
    ("as integer | 123456789012345678901234567890", .integer("123456789012345678901234567890")),
    ("as number | 5", .number(5)),
    ("as number | 1e-3", .number(0.001)),
    ("as boolean | TRUE", .boolean(true)),
    ("as boolean | 0", .boolean(false)),
    ("as list | [1, \"a b\", {\"k\": null}]", .json(#"[1,"a b",{"k":null}]"#)),
    ("as object | {\"a\": \"x\\\" y\"}", .json(#"{"a":"x\" y"}"#)),
    ("as json | 1.50", .json("1.50")),
    ("as json | [${input.b}, ${input.c as text | \"q\"}]", .json(##"["${input.b}","${input.c as text | \"q\"}"]"##)),
    ("as text | # h", .text("# h")),
  ])
  func defaults(_ rest: String, _ value: SchemaValue) throws {
    let scalar = rest.replacing("'", with: "''")
    let inputs = try inputs(of: "{job: {component: say, input: {v: '${input.a \(scalar)}'}}}")
    #expect(inputs.first?.fallback?.value == value)
    #expect(inputs.first?.fallback?.isComputed == rest.contains("${"))
  }

  @Test func optionsAndAttributes() throws {
    let inputs = try inputs(
      of: """
        {job: {component: say, input: {
          s: '${input.s as select/small,large}', a: '${input.a as audio/wav[rate=16000, channels=1];url}',
          r: '${input.r as slider/0,2,0.5}', i: '${input.i as image[];url}'}}}
        """)
    #expect(
      inputs.map(\.options) == [
        [.text("small"), .text("large")], [], [.integer("0"), .integer("2"), .number(0.5)], [],
      ])
    #expect(inputs[1].attributes == [.init("rate", "16000"), .init("channels", "1")])
    #expect(inputs.map(\.format) == [nil, "url", nil, "url"])
    #expect(inputs.map(\.isList) == [false, false, false, true])
  }

  @Test func annotationsOfSeveralUses() throws {
    let inputs = try inputs(
      of: """
        {job: {component: say, input: {
          a: '${input.x @(min 1)}', b: '${input.x as integer}', c: '${input.x @(description Many)}'}}}
        """)
    #expect(inputs.map(\.type) == ["integer"])
    #expect(inputs[0].annotations == [.init("min", "1"), .init("description", "Many")])
    #expect(inputs[0].description == "Many")
  }

  @Test func secretsAreNotShown() throws {
    let compilation = compile(
      """
      component:
        type: http-client
        action:
          endpoint: https://api.example.com
          body: {a: '${input.a | ${env.OPENAI_API_KEY}}', b: '${input.b @(description It is ${env.OPENAI_API_KEY})}'}
      workflow: {job: {input: '${input}'}}
      """)
    let inputs = try #require(compilation.plan?.workflows.first).inputs
    #expect(inputs.map(\.name) == ["a", "b"])
    #expect(inputs[0].fallback == nil)
    #expect(!inputs[0].isRequired)
    #expect(inputs[1].description == "It is " + Redactor.mark)
  }

  /// The inputs of a workflow `w`, in a file with the shell component `say`.
  private func inputs(
    of workflow: String,
    and components: String = #"""
    component: {id: say, type: shell, action: {command: [echo, "${input.t as text}", "${input.n as integer | 3}"]}}
    """#,
    _ others: String...
  ) throws -> [InputVariable] {
    let declarations = (["w: " + workflow.filter { $0 != "\n" }] + others).map { "  \($0)\n" }.joined()
    let program = compile("\(components)\nworkflows:\n\(declarations)").program
    return try #require(program.workflows.first).inputs
  }
}
