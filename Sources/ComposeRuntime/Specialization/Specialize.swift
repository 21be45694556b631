package import ComposePlan

/// The plan for one input of a workflow: everything that the input decides is folded. What is folded is marked
/// (``PlanTemplate/isFromInput``) and keeps its place.
///
/// A run with that input gives what it gives without this. An input that a run refuses changes nothing, and neither does
/// one of a workflow that others run, or that runs itself: they may give it another input.
///
/// - Parameters:
///   - plan: the plan before any pass, or after them; the passes are to run on the result, where they find more.
///   - input: all of the input: what is not in it is null.
package func specialize(_ plan: Plan, workflow id: String, input: Value) -> Plan {
  guard let index = plan.workflows.firstIndex(where: { $0.id == id }), !plan.runs(id),
    let input = try? checkedInput(input, for: plan.workflows[index])
  else { return plan }
  var copy = plan
  copy.workflows[index] = specialized(copy.workflows[index], for: Known(input))
  return copy
}

private func specialized(_ workflow: WorkflowPlan, for input: Known) -> WorkflowPlan {
  let scope = KnownScope(input: input)
  let folder = TemplateFolder(scope.knowledge)
  var copy = workflow
  copy.output = workflow.output.map(folder.fold)
  copy.timeout = workflow.timeout.map(folder.fold)
  for index in copy.nodes.indices {
    copy.nodes[index].job = specialized(copy.nodes[index].job, in: scope, given: input)
  }
  return copy
}

/// - Parameter given: what the job works on when it has no `input`.
private func specialized(_ job: JobPlan, in scope: KnownScope, given: Known) -> JobPlan {
  let own = TemplateFolder(scope.knowledge)
  // Someone may be asked for another input.
  let isOpen = job.interrupts.contains { $0.phase == .before } || job.hooks.contains { $0.phase == .before }
  let given = given.isNull ? scope.input : given
  let input = isOpen ? .unknown : job.input.map { Known(own.fold($0)) } ?? given
  let workflow = KnownScope(input: scope.input)
  let body = workflow.adding(["input": input])
  let folder = JobFolder { place in
    switch place {
    case .job: scope.knowledge
    case .component: InputKnowledge(callers: ["input": input])
    case .element: workflow.knowledge.inside(element: nil)
    case .body: body.knowledge
    }
  }
  let folded = folder.fold(job, given: given.template(at: job.range))
  return folded.mappingBodies { inner, index in
    switch folded.operation {
    case .sequence: specialized(inner, in: body, given: index == 0 ? input : .unknown)
    case .iterate: specialized(inner, in: body, given: .unknown)
    case .map, .fold, .invoke, .wait, .route, .draw, .filter, .tee, .fail:
      specialized(inner, in: workflow, given: .unknown)
    }
  }
}

/// What the roots of a job's templates are known to stand for.
private struct KnownScope {
  /// The input of the workflow.
  let input: Known
  /// What the nearest job around adds.
  private var locals: [String: Known] = [:]

  init(input: Known) { self.input = input }

  func adding(_ roots: [String: Known]) -> KnownScope {
    var copy = self
    copy.locals = roots
    return copy
  }

  var knowledge: InputKnowledge { InputKnowledge(roots: locals, callers: ["input": input]) }
}

extension Plan {
  /// Whether a job runs the workflow, or a model may choose to.
  fileprivate func runs(_ workflow: String) -> Bool {
    reach(of: workflows).invocations.contains {
      $0.workflow == workflow || $0.toolWorkflows.contains(workflow)
    }
  }
}
