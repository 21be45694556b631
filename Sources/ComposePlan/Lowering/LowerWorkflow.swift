import ComposeBasic
import ComposeSema
import ComposeSyntax

/// Lowers one workflow to nodes in the order of the file; a pass puts them into an order in which they can run.
///
/// - Parameter redactor: for the texts that clients are shown.
func lower(_ workflow: TypedWorkflow, of program: TypedProgram, _ redactor: Redactor) -> WorkflowPlan {
  var ids: [String: NodeID] = [:]
  for (index, job) in workflow.jobs.enumerated() { ids[job.decl.name] = NodeID(index) }
  let context = JobLowering(program: program, nodes: ids, redactor: redactor)
  let jobs = workflow.jobs.map(context.lower)
  let routed = Set(jobs.flatMap(\.targets).map(\.node))
  let nodes = zip(workflow.jobs, jobs).enumerated().map { index, pair in
    let (typed, job) = pair
    return Node(
      id: NodeID(index), job: job,
      after: typed.decl.dependsOn.map { group in group.compactMap { ids[$0.value] } }.filter { !$0.isEmpty },
      isRouted: routed.contains(NodeID(index)),
      maxRunCount: typed.decl.integer("max_run_count") ?? Node.defaultRunCount,
      isTerminal: typed.isTerminal, stage: 0, isCritical: false)
  }
  var plan = WorkflowPlan(
    id: workflow.decl.name,
    title: (workflow.decl.title?.value).map(redactor.redact),
    description: (workflow.decl.description?.value).map(redactor.redact),
    isDefault: workflow.decl.isDefault,
    isPrivate: workflow.decl.isPrivate,
    inputs: workflow.inputs.map { input in
      InputVariable(input.variable.redacted(by: redactor), isRequired: input.isRequired, range: input.range)
    },
    outputs: workflow.outputs.map { $0.redacted(by: redactor) },
    nodes: nodes,
    output: workflow.decl.output.flatMap { $0.isNull ? nil : lower($0) },
    outputType: workflow.resultType,
    timeout: workflow.decl.node.timeout,
    range: workflow.decl.range)
  plan.continuesOnDisconnect = workflow.decl.node.locatedText("on_disconnect")?.value == "continue"
  return plan
}

extension Node {
  /// How often one run may come to a job that does not say it.
  static let defaultRunCount = 25
}

extension YAMLNode {
  /// The value of `timeout`, which is a literal.
  fileprivate var timeout: PlanTemplate? {
    guard let value = entry("timeout")?.value, let scalar = value.scalar, !value.isNull else { return nil }
    return PlanTemplate(.constant(lower(scalar.value)), at: value.range)
  }
}
