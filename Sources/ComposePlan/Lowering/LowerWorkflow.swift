import ComposeBasic
import ComposeSema
import ComposeSyntax

/// The options of a job that change how it runs and are not carried out in this version.
private let refusedOptions = ["retry", "on_error", "interrupt", "hook", "repeat_count"]

/// Lowers one workflow to nodes in an order in which they can run.
///
/// - Parameter redactor: for the texts that clients are shown.
func lower(_ workflow: TypedWorkflow, _ redactor: Redactor) -> WorkflowPlan {
  let order = workflow.order
  var ids: [String: NodeID] = [:]
  for (position, index) in order.enumerated() { ids[workflow.jobs[index].decl.name] = NodeID(position) }
  var stages: [NodeID: Int] = [:]
  let nodes = order.enumerated().map { position, index in
    let job = workflow.jobs[index]
    let after = job.decl.dependsOn.map { group in group.compactMap { ids[$0.value] } }.filter { !$0.isEmpty }
    let stage = (after.joined().compactMap { stages[$0] }.max() ?? -1) + 1
    stages[NodeID(position)] = stage
    return node(for: job, id: NodeID(position), after: after, stage: stage)
  }
  return WorkflowPlan(
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
    output: workflow.decl.output.map(lower),
    outputType: workflow.resultType,
    range: workflow.decl.range)
}

private func node(for job: TypedJob, id: NodeID, after: [[NodeID]], stage: Int) -> Node {
  Node(
    id: id,
    job: job.decl.name,
    operation: operation(of: job),
    after: after,
    stage: stage,
    output: job.decl.output.flatMap { isPassThrough($0, root: "output") ? nil : lower($0) },
    outputType: job.outputType,
    isTerminal: job.isTerminal,
    refused: refusedOptions.compactMap { name in
      job.decl.key(name).map { Located(name, at: $0) }
    },
    range: job.decl.range)
}

private func operation(of job: TypedJob) -> Operation {
  guard let target = job.target else { return .unlowered(kind: job.decl.kind.value) }
  let resultName = target.shape?.resultName ?? "result"
  return .invoke(
    Invocation(
      component: target.component.name,
      type: target.component.type?.value ?? "",
      action: target.action.name,
      input: job.decl.input.flatMap { isPassThrough($0, root: "input") ? nil : lower($0) },
      componentFields: target.component.fields.entries.map(field),
      actionFields: target.action.fields.entries.filter { $0.key.value != "output" }.map(field),
      output: target.action.output.flatMap { isPassThrough($0, root: resultName) ? nil : lower($0) },
      resultName: resultName,
      readsChunks: target.readsChunks,
      api: target.api?.id,
      resultType: job.actionType,
      range: target.action.range,
      componentRange: target.component.type?.range ?? target.component.range))
}

private func field(_ entry: TemplateEntry) -> PlanField { PlanField(name: entry.key, value: lower(entry.value)) }
