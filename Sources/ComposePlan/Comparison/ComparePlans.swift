/// Compares two plans.
package func compare(_ old: PlanSnapshot, with new: PlanSnapshot) -> PlanDifference {
  var comparison = PlanDifference()
  let matching = WorkflowMatching(old.workflows, new.workflows)
  for (oldIndex, newIndex) in matching.pairs {
    let (before, after) = (old.workflows[oldIndex], new.workflows[newIndex])
    if let change = compare(before, with: after) { comparison.workflows.append(change) }
    comparison.reasons += interfaceReasons(before, after)
  }
  for index in matching.added {
    let workflow = new.workflows[index]
    comparison.workflows.append(
      PlanDifference.WorkflowChange(kind: .added, newID: workflow.id, new: workflow.place, fields: [], jobs: []))
    guard !workflow.isPrivate else { continue }
    comparison.reasons.append(
      PlanDifference.Reason(
        verdict: .compatible, code: "workflow-added", message: "workflow '\(workflow.id)' is new",
        workflow: workflow.id, new: workflow.place))
  }
  for index in matching.removed {
    let workflow = old.workflows[index]
    comparison.workflows.append(
      PlanDifference.WorkflowChange(kind: .removed, oldID: workflow.id, old: workflow.place, fields: [], jobs: []))
    guard !workflow.isPrivate else { continue }
    comparison.reasons.append(
      PlanDifference.Reason(
        verdict: .breaking, code: "workflow-removed", message: "workflow '\(workflow.id)' is gone",
        workflow: workflow.id, old: workflow.place))
  }
  comparison.joinMovedJobs(old, new)
  comparison.serving = changes(from: old.serving, to: new.serving)
  comparison.reasons += servingReasons(comparison.serving) + defaultReasons(old, new)
  comparison.environment = environmentChanges(old, new)
  comparison.effects = effectChanges(old.effects, new.effects)
  comparison.reasons = comparison.reasons.enumerated()
    .sorted { ($0.element.verdict.weight, $0.offset) < ($1.element.verdict.weight, $1.offset) }.map(\.element)
  return comparison
}

extension PlanDifference.Verdict {
  fileprivate var weight: Int {
    switch self {
    case .breaking: 0
    case .unknown: 1
    case .compatible: 2
    }
  }
}

/// Which workflow is which: by id, else by what it does.
private struct WorkflowMatching {
  var pairs: [(old: Int, new: Int)] = []
  var removed: [Int]
  var added: [Int]

  init(_ old: [PlanSnapshot.Workflow], _ new: [PlanSnapshot.Workflow]) {
    removed = Array(old.indices)
    added = Array(new.indices)
    match { old[$0].id == new[$1].id }
    match { old[$0].hash == new[$1].hash }
    // Another name and another text at once: most jobs are still there.
    match { oldIndex, newIndex in
      let (before, after) = (Set(old[oldIndex].jobs.map(\.ownHash)), Set(new[newIndex].jobs.map(\.ownHash)))
      return 2 * before.intersection(after).count > max(before.count, after.count)
    }
    pairs.sort { $0.new < $1.new }
  }

  private mutating func match(_ isSame: (Int, Int) -> Bool) {
    for index in added {
      guard let place = removed.firstIndex(where: { isSame($0, index) }) else { continue }
      pairs.append((removed.remove(at: place), index))
    }
    added.removeAll { index in pairs.contains { $0.new == index } }
  }
}

// MARK: Workflows

private func compare(
  _ old: PlanSnapshot.Workflow, with new: PlanSnapshot.Workflow
) -> PlanDifference.WorkflowChange? {
  let matching = JobMatching(old.jobs, new.jobs)
  var jobs: [PlanDifference.JobChange] = []
  let moved = matching.moved
  for (index, pair) in matching.pairs.enumerated() {
    let (before, after) = (old.jobs[pair.old], new.jobs[pair.new])
    let fields = changes(from: before.fields, to: after.fields, names: matching.names)
    let kind: PlanDifference.JobChange.Kind? =
      if !fields.isEmpty || before.ownHash != after.ownHash || before.id != after.id {
        .changed
      } else if before.hash != after.hash {
        .affected
      } else {
        moved.contains(index) ? .moved : nil
      }
    guard let kind else { continue }
    jobs.append(
      PlanDifference.JobChange(
        kind: kind, oldID: before.id, newID: after.id, old: before.place, new: after.place, fields: fields))
  }
  jobs += matching.added.map {
    PlanDifference.JobChange(kind: .added, newID: new.jobs[$0].id, new: new.jobs[$0].place, fields: [])
  }
  jobs += matching.removed.map {
    PlanDifference.JobChange(kind: .removed, oldID: old.jobs[$0].id, old: old.jobs[$0].place, fields: [])
  }
  let fields = changes(from: old.fields, to: new.fields, names: matching.names)
  guard !jobs.isEmpty || !fields.isEmpty || old.id != new.id else { return nil }
  return PlanDifference.WorkflowChange(
    kind: .changed, oldID: old.id, newID: new.id, old: old.place, new: new.place, fields: fields, jobs: jobs)
}

/// The values that differ, by their paths; a job counts as the same under its new name.
func changes(
  from old: [PlanSnapshot.Field], to new: [PlanSnapshot.Field], names: [String: String] = [:]
) -> [PlanDifference.FieldChange] {
  func current(_ value: PlanSnapshot.Value) -> PlanSnapshot.Value {
    var copy = value
    copy.pieces = value.pieces.map { piece in
      if case .job(let name) = piece { .job(names[name] ?? name) } else { piece }
    }
    return copy
  }
  let before = Dictionary(old.map { ($0.path, $0) }, uniquingKeysWith: { _, last in last })
  var changes: [PlanDifference.FieldChange] = []
  var seen: Set<String> = []
  for field in new where seen.insert(field.path).inserted {
    let other = before[field.path]
    if let other, current(other.value) == field.value { continue }
    changes.append(PlanDifference.FieldChange(path: field.path, old: other, new: field))
  }
  for field in old where seen.insert(field.path).inserted {
    changes.append(PlanDifference.FieldChange(path: field.path, old: field, new: nil))
  }
  return changes
}

extension PlanDifference {
  /// A job that is gone from one workflow and new in another one, and says the same there, has moved.
  fileprivate mutating func joinMovedJobs(_ old: PlanSnapshot, _ new: PlanSnapshot) {
    func hash(_ snapshot: PlanSnapshot, _ workflow: String?, _ job: String?) -> SemanticHash? {
      snapshot.workflows.first { $0.id == workflow }?.jobs.first { $0.id == job }?.ownHash
    }
    for index in workflows.indices {
      for place in workflows[index].jobs.indices where workflows[index].jobs[place].kind == .added {
        let added = workflows[index].jobs[place]
        let wanted = hash(new, workflows[index].newID, added.newID)
        for other in workflows.indices where other != index {
          guard
            let gone = workflows[other].jobs.firstIndex(where: {
              $0.kind == .removed && hash(old, workflows[other].oldID, $0.oldID) == wanted
            })
          else { continue }
          let removed = workflows[other].jobs.remove(at: gone)
          workflows[index].jobs[place] = JobChange(
            kind: .changed, oldID: removed.oldID, newID: added.newID, oldWorkflow: workflows[other].oldID,
            old: removed.old, new: added.new, fields: [])
          break
        }
      }
    }
  }
}

// MARK: Environment

private func environmentChanges(_ old: PlanSnapshot, _ new: PlanSnapshot) -> [PlanDifference.Listed] {
  func text(_ variable: PlanSnapshot.Variable) -> String {
    variable.name + (variable.isSecret ? ", a secret" : "") + (variable.isRequired ? "" : ", with a default")
  }
  let before = Dictionary(old.environment.map { ($0.name, text($0)) }, uniquingKeysWith: { first, _ in first })
  let after = Dictionary(new.environment.map { ($0.name, text($0)) }, uniquingKeysWith: { first, _ in first })
  return old.environment.filter { after[$0.name] != text($0) }
    .map { PlanDifference.Listed(text($0), isAdded: false, place: $0.place) }
    + new.environment.filter { before[$0.name] != text($0) }
    .map { PlanDifference.Listed(text($0), isAdded: true, place: $0.place) }
}

private func effectChanges(
  _ old: [PlanSnapshot.Effect], _ new: [PlanSnapshot.Effect]
) -> [PlanDifference.Listed] {
  let (before, after) = (Set(old.map(\.text)), Set(new.map(\.text)))
  return old.filter { !after.contains($0.text) }
    .map { PlanDifference.Listed($0.text, isAdded: false, place: $0.place) }
    + new.filter { !before.contains($0.text) }
    .map { PlanDifference.Listed($0.text, isAdded: true, place: $0.place) }
}
