/// Why a saved plan is not what would run now.
package enum PlanMisfit: Hashable, Sendable {
  /// There was no such job.
  case jobAdded(workflow: String, job: String)
  /// There is no such job any more.
  case jobRemoved(workflow: String, job: String)
  /// A job does something else.
  case jobChanged(workflow: String, job: String)
  /// There was no such workflow.
  case workflowAdded(String)
  /// There is no such workflow any more.
  case workflowRemoved(String)
  /// Another part of a workflow than its jobs differs.
  case workflowChanged(String)
  /// Which workflow is the default, or which are private.
  case configurationChanged
  /// A variable is needed, and is not set any more, or has never been.
  case variableMissing(String)
  /// A variable is set now, and was not.
  case variableSet(String)
  /// A variable has another value; a secret's value is not known.
  case variableChanged(String, old: String, new: String)

  /// What a message says.
  package var message: String {
    switch self {
    case .jobAdded(let workflow, let job): "job '\(job)' of workflow '\(workflow)' is new"
    case .jobRemoved(let workflow, let job): "job '\(job)' of workflow '\(workflow)' is gone"
    case .jobChanged(let workflow, let job): "job '\(job)' of workflow '\(workflow)' changed"
    case .workflowAdded(let id): "workflow '\(id)' is new"
    case .workflowRemoved(let id): "workflow '\(id)' is gone"
    case .workflowChanged(let id): "what workflow '\(id)' returns, or its id, changed"
    case .configurationChanged: "which workflow is the default, or which are private, changed"
    case .variableMissing(let name): "the environment variable '\(name)' is not set"
    case .variableSet(let name): "the environment variable '\(name)' was not set when the plan was saved"
    case .variableChanged(let name, let old, let new):
      "the environment variable '\(name)' is '\(new)' and was '\(old)' when the plan was saved"
    }
  }
}

extension SavedPlan {
  /// Everything that speaks against running the present files as this plan, in the order of the files.
  ///
  /// Jobs that only depend on what changed are not named: the changed ones are.
  package func misfits(with compilation: Compilation) -> [PlanMisfit] {
    guard let present = PlanSnapshot(compilation), let plan = compilation.lowered else {
      return [.configurationChanged]
    }
    var misfits: [PlanMisfit] = []
    if present.configuration != snapshot.configuration {
      misfits = compare(snapshot, with: present).workflows.flatMap(Self.misfits)
      if misfits.isEmpty { misfits = [.configurationChanged] }
    }
    return misfits + environmentMisfits(SavedPlan.needs(of: plan))
  }

  private static func misfits(of workflow: PlanDifference.WorkflowChange) -> [PlanMisfit] {
    switch workflow.kind {
    case .added: return [.workflowAdded(workflow.id)]
    case .removed: return [.workflowRemoved(workflow.id)]
    case .changed: break
    }
    let jobs = workflow.jobs.compactMap { job -> PlanMisfit? in
      let name = job.newID ?? job.oldID ?? ""
      switch job.kind {
      case .added: return .jobAdded(workflow: workflow.id, job: name)
      case .removed: return .jobRemoved(workflow: workflow.id, job: name)
      // A name alone says nothing.
      case .changed where job.isRenamed && job.fields.isEmpty: return nil
      case .changed: return .jobChanged(workflow: workflow.id, job: name)
      case .moved, .affected: return nil
      }
    }
    let isChanged =
      workflow.isRenamed || workflow.fields.contains { !["title", "description"].contains($0.path) }
    return jobs + (isChanged ? [.workflowChanged(workflow.id)] : [])
  }

  private func environmentMisfits(_ present: [Need]) -> [PlanMisfit] {
    let before = Dictionary(needs.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    return present.compactMap { need in
      guard need.isSet else { return .variableMissing(need.name) }
      guard let old = before[need.name] else { return nil }
      guard old.isSet else { return .variableSet(need.name) }
      guard let value = need.value, let other = old.value, value != other else { return nil }
      return .variableChanged(need.name, old: other, new: value)
    }
  }
}
