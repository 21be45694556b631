import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import ComposeTestSupport

/// Where the parts of the plans below are written: on line 2.
let secondLine = SourceRange(file: SourceFile.ID(index: 0), start: 2, end: 3)

/// A plan of one file with three lines, listening on loopback ports that the system chooses.
func smallPlan(_ workflows: WorkflowPlan...) -> Plan {
  var sources = SourceSet()
  sources.add(path: "/home/somebody/model-compose.yml", bytes: Array("a\nb\nc\n".utf8))
  return Plan(workflows: workflows, serving: serving(), environment: [], sources: sources)
}

/// The plan of a file; what is in it may be more than a good file would hold.
func testPlan(_ text: String) throws -> Plan {
  var sources = SourceSet()
  sources.add(path: "/home/somebody/model-compose.yml", bytes: Array(text.utf8))
  var options = CompileOptions()
  for code in ["unordered-result", "conditional-dependency"] { options.severities[code] = .some(nil) }
  let compilation = compile(
    sources.files, in: sources, environment: Environment(), catalog: .builtIn, options: options)
  guard let plan = compilation.plan else {
    throw TestSupportError("\(compilation.diagnostics.sorted().map(\.message))")
  }
  return plan
}

func serving(
  api: Bool = true, webUI: Bool = false, basePath: String = "/api", origins: [String] = []
) -> ServingPlan {
  let address = ServingPlan.Address(host: "127.0.0.1", port: 0)
  return ServingPlan(
    api: api ? address : nil, basePath: basePath, origins: origins, webUI: webUI ? address : nil, refused: [])
}

/// A workflow of one job, which calls one action.
func workflow(
  _ id: String = "w", title: String? = nil, description: String? = nil, isDefault: Bool = false,
  isPrivate: Bool = false, inputs: [InputVariable] = [], outputs: [WorkflowOutput] = [],
  gives output: Type = .any
) -> WorkflowPlan {
  let invocation = Invocation(
    component: "c", type: "fake", action: id, resultName: "result", resultType: output, range: secondLine,
    componentRange: secondLine)
  let job = JobPlan(
    name: "j", kind: "component", operation: .invoke(invocation), outputType: output, range: secondLine)
  let node = Node(id: NodeID(0), job: job)
  return WorkflowPlan(
    id: id, title: title, description: description, isDefault: isDefault, isPrivate: isPrivate, inputs: inputs,
    outputs: outputs, nodes: [node], output: nil, outputType: output, range: secondLine)
}

func input(
  _ name: String?, type: String = "string", isList: Bool = false, subtype: String? = nil, fallback: String? = nil,
  isRequired: Bool = false, description: String? = nil
) -> InputVariable {
  InputVariable(
    WorkflowVariable(
      name: name, type: type, isList: isList, subtype: subtype,
      fallback: fallback.map { VariableDefault($0, type: type, isList: isList) },
      annotations: description.map { [.init("description", $0)] } ?? []),
    isRequired: isRequired, range: secondLine)
}
