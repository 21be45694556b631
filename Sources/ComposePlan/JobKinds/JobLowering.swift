import ComposeBasic
import ComposeSema
import ComposeSyntax

/// Lowers the jobs of one workflow: what the kinds have in common.
struct JobLowering {
  let program: TypedProgram
  /// The nodes of the workflow by the names of their jobs.
  let nodes: [String: NodeID]
  let redactor: Redactor
  let actions = LoweredActions()

  /// A job of the workflow.
  func lower(_ job: TypedJob) -> JobPlan {
    // `${input}` means the workflow's input here, which is what a job without `input` gets.
    let input = job.decl.input.flatMap { isPassThrough($0, root: "input") ? nil : ComposePlan.lower($0) }
    return lower(job, named: job.decl.name, input: input)
  }

  /// The one job inside another; `nil` when there is none.
  func body(of job: TypedJob) -> JobPlan? { job.bodies.isEmpty ? nil : body(0, of: job) }

  /// One of the jobs inside another, which the reference names by its place.
  func body(_ index: Int, of job: TypedJob) -> JobPlan {
    let body = job.bodies[index]
    return lower(
      body, named: "\(job.decl.name)[\(job.kind?.body?.tag(index) ?? "do")]",
      input: body.decl.input.flatMap { $0.isNull ? nil : ComposePlan.lower($0) })
  }

  private func lower(_ job: TypedJob, named name: String, input: PlanTemplate?) -> JobPlan {
    let decl = job.decl
    let operation =
      JobKindRegistry.byKeyword[decl.kind.value]?.lower(job, self)
      ?? .fail("there is no job type '\(decl.kind.value)'")
    var output: PlanTemplate?
    // The names of branches have the same key.
    if job.kind?.result != .branches {
      output = decl.output.flatMap { isPassThrough($0, root: "output") ? nil : ComposePlan.lower($0) }
    }
    return JobPlan(
      name: name, kind: decl.kind.value, title: decl.text("name").map(redactor.redact), input: input,
      operation: operation, output: output, outputType: job.outputType,
      interrupts: lowerInterrupts(of: decl), hooks: lowerHooks(of: decl), retry: lowerRetry(of: decl),
      onError: lowerFailureHandling(of: decl), timeout: decl.fields["timeout"].flatMap { $0.isNull ? nil : lower($0) },
      range: decl.range)
  }

  private func lower(_ template: Template) -> PlanTemplate { ComposePlan.lower(template) }

  // MARK: Names

  /// The job that a field names; `nil` when it names none of this workflow.
  func target(_ field: Template?) -> JobTarget? {
    guard let field, let name = field.constantText, let node = nodes[name] else { return nil }
    return JobTarget(node: node, name: name, range: field.range)
  }

  /// The workflow of the file that an action runs.
  func workflow(runBy target: ActionTarget) -> String? {
    guard let field = program.catalog.traits(of: target.component)?.workflowField else { return nil }
    guard let template = target.action.fields[field], !template.isNull else {
      return program.symbols.defaultWorkflow?.name
    }
    guard let name = template.constantText else { return nil }
    return name == "__default__" ? program.symbols.defaultWorkflow?.name : name
  }
}
