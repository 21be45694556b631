import ComposeBasic
import ComposeSyntax

/// Where the credentials of a workflow's templates get to.
struct WorkflowTaint {
  /// What the jobs pass to their actions, by the index of the job.
  private(set) var inputs: [Int: Taint] = [:]
  /// What the workflow returns, and the template that returns it.
  private(set) var results: [(taint: Taint, place: SourceRange)] = []

  init(_ workflow: TypedWorkflow) {
    var jobs = Taint.none
    for index in workflow.order {
      let job = workflow.jobs[index]
      let input = job.decl.input.map { Taint(of: $0, roots: ["jobs": jobs]) } ?? .none
      inputs[index] = input
      var result = Taint.none
      if let output = job.target?.action.output {
        result = Taint(of: output, roots: ["input": input])
      }
      let output = job.decl.output.map { Taint(of: $0, roots: ["jobs": jobs, "input": input, "output": result]) }
      let place = job.decl.fields.entry("output")?.key.range ?? job.target?.action.fields.entry("output")?.key.range
      if workflow.decl.output == nil, job.isTerminal { results.append((output ?? result, place ?? job.decl.range)) }
      var entry = Taint.none
      entry.members["output"] = output ?? result
      jobs.members[job.decl.name] = entry
    }
    if let output = workflow.decl.output {
      results.append((Taint(of: output, roots: ["jobs": jobs]), output.range))
    }
  }
}
