import ComposeSema

/// What callers of a workflow notice.
func interfaceReasons(
  _ old: PlanSnapshot.Workflow, _ new: PlanSnapshot.Workflow
) -> [PlanDifference.Reason] {
  // Nobody calls a private workflow but the file itself.
  if old.isPrivate {
    guard !new.isPrivate else { return [] }
    return [reason(.compatible, "workflow-callable", "workflow '\(new.id)' can be called now", new, nil, new.place)]
  }
  var reasons: [PlanDifference.Reason] = []
  if old.id != new.id {
    reasons.append(
      reason(
        .breaking, "workflow-renamed", "workflow '\(old.id)' is called '\(new.id)' now", new, old.place, new.place))
  }
  if new.isPrivate {
    reasons.append(
      reason(
        .breaking, "workflow-private", "workflow '\(new.id)' is private now: nobody can call it", new, old.place,
        new.place))
    return reasons
  }
  return reasons + inputReasons(old, new) + resultReasons(old, new) + interruptReasons(old, new)
}

private func reason(
  _ verdict: PlanDifference.Verdict, _ code: String, _ message: String, _ workflow: PlanSnapshot.Workflow,
  _ old: PlanSnapshot.Place?, _ new: PlanSnapshot.Place?
) -> PlanDifference.Reason {
  PlanDifference.Reason(
    verdict: verdict, code: code, message: message, workflow: workflow.id, old: old, new: new)
}

// MARK: Inputs

private func inputReasons(
  _ old: PlanSnapshot.Workflow, _ new: PlanSnapshot.Workflow
) -> [PlanDifference.Reason] {
  var reasons: [PlanDifference.Reason] = []
  for input in new.inputs {
    guard let before = old.inputs.first(where: { $0.name == input.name }) else {
      reasons.append(
        input.isRequired
          ? reason(.breaking, "input-required", "\(input.title) is new and required", new, nil, input.place)
          : reason(
            .compatible, "input-added", "\(input.title) is new and need not be given", new, nil, input.place))
      continue
    }
    reasons += changeReasons(before, input, new)
  }
  for input in old.inputs where !new.inputs.contains(where: { $0.name == input.name }) {
    reasons.append(
      reason(
        .compatible, "input-removed", "\(input.title) is gone: what callers give for it is ignored", new, input.place,
        new.place))
  }
  return reasons
}

private func changeReasons(
  _ old: PlanSnapshot.Input, _ new: PlanSnapshot.Input, _ workflow: PlanSnapshot.Workflow
) -> [PlanDifference.Reason] {
  var reasons: [PlanDifference.Reason] = []
  func add(_ verdict: PlanDifference.Verdict, _ code: String, _ message: String) {
    reasons.append(reason(verdict, code, "\(new.title) \(message)", workflow, old.place, new.place))
  }
  if new.isRequired, !old.isRequired { add(.breaking, "input-required", "is required now") }
  if old.isRequired, !new.isRequired { add(.compatible, "input-optional", "need not be given any more") }
  if let change = InputTypeChange(from: old, to: new) {
    let types = "takes \(new.typeText) instead of \(old.typeText)"
    switch change {
    case .widened: add(.compatible, "input-widened", types)
    case .narrowed: add(.breaking, "input-narrowed", types)
    }
  }
  let removed = old.options.filter { !new.options.contains($0) }
  let added = new.options.filter { !old.options.contains($0) }
  if old.type == "select", new.type == "select" {
    if !removed.isEmpty { add(.breaking, "options-removed", "does not offer \(listed(removed)) any more") }
    if !added.isEmpty { add(.compatible, "options-added", "also offers \(listed(added))") }
  } else if old.type == new.type, old.options != new.options {
    add(.compatible, "options-changed", "has other limits: \(listed(new.options)) instead of \(listed(old.options))")
  }
  if old.fallback != new.fallback, old.isRequired == new.isRequired {
    let texts = [new.fallback, old.fallback].map { $0.map { "'\($0)'" } ?? "none" }
    add(.compatible, "default-changed", "has another default: \(texts[0]) instead of \(texts[1])")
  }
  return reasons
}

private func listed(_ texts: [String]) -> String { texts.map { "'\($0)'" }.joined(separator: ", ") }

/// Whether every value that an input took is still taken.
private enum InputTypeChange {
  case widened
  case narrowed

  init?(from old: PlanSnapshot.Input, to new: PlanSnapshot.Input) {
    let (before, after) = (Self.name(old.type), Self.name(new.type))
    guard before != after || old.isList != new.isList || old.format != new.format || old.hasOther(new) else {
      return nil
    }
    guard old.isList == new.isList, old.format == new.format else {
      self = .narrowed
      return
    }
    let wide: [String: Set<String>] = [
      "integer": ["number", "slider", "text"], "number": ["slider", "text"], "slider": ["number", "text"],
      "boolean": ["text"], "select": ["text"], "markdown": ["text"], "text": ["markdown"], "list": ["json"],
      "object": ["json"],
    ]
    // These pass every value on.
    let isFree = ["any", "none"].contains(after)
    self = isFree || wide[before]?.contains(after) == true ? .widened : .narrowed
  }

  private static func name(_ type: String) -> String { type == "string" ? "text" : type }
}

extension PlanSnapshot.Input {
  fileprivate var title: String { name.map { "input '\($0)'" } ?? "the input as a whole" }

  /// What the kinds of a medium or the members of an object are; options are compared one by one.
  fileprivate func hasOther(_ new: PlanSnapshot.Input) -> Bool {
    !["select", "slider"].contains(type) && subtype != new.subtype
  }

  fileprivate var typeText: String {
    let name = type == "string" ? "text" : type
    let subtype = ["select", "slider"].contains(type) ? nil : subtype
    return name + (isList ? "[]" : "") + (subtype.map { "/" + $0 } ?? "") + (format.map { ";" + $0 } ?? "")
  }
}

// MARK: Results

private func resultReasons(
  _ old: PlanSnapshot.Workflow, _ new: PlanSnapshot.Workflow
) -> [PlanDifference.Reason] {
  func result(
    _ verdict: PlanDifference.Verdict, _ code: String, _ message: String
  ) -> [PlanDifference.Reason] {
    let places = [old, new].map { workflow in
      workflow.fields.first { $0.path.hasPrefix("output") }?.place ?? workflow.place
    }
    return [reason(verdict, code, message, new, places[0], places[1])]
  }
  let (before, after) = (old.resultType, new.resultType)
  let types = "\(after.canonicalText) instead of \(before.canonicalText)"
  switch (before.isStream, after.isStream) {
  case (true, false) where after != .any:
    return result(.breaking, "result-not-streamed", "the result is no stream any more: \(types)")
  case (false, true) where before != .any:
    return result(.breaking, "result-streamed", "the result is a stream now: \(types)")
  default: break
  }
  switch TypeRelation(from: before, to: after) {
  case .differs: return result(.breaking, "result-changed", "the result is \(types)")
  case .unknown: return result(.unknown, "result-unknown", "the result is \(types)")
  case .fits:
    if before.canonicalText != after.canonicalText {
      return result(.compatible, "result-narrowed", "the result is \(types), which fits")
    }
    guard before.holdsAny, shapeMayChange(old, new) else { return [] }
    return result(
      .unknown, "result-unknown",
      "what the result is made of changed, and its type is not known: \(after.canonicalText)")
  }
}

/// Whether something changed that says what a result looks like, not only what is asked for.
private func shapeMayChange(_ old: PlanSnapshot.Workflow, _ new: PlanSnapshot.Workflow) -> Bool {
  let matching = JobMatching(old.jobs, new.jobs)
  let paths =
    changes(from: old.fields, to: new.fields, names: matching.names).map(\.path)
    + matching.pairs.flatMap { pair in
      changes(from: old.jobs[pair.old].fields, to: new.jobs[pair.new].fields, names: matching.names).map(\.path)
    }
  return !matching.added.isEmpty || !matching.removed.isEmpty || paths.contains(where: decidesShape)
}

/// Whether what stands at the path of a job makes its result, and not only what is asked for.
private func decidesShape(_ path: String) -> Bool {
  let words = path.split { ".[]".contains($0) }.drop { $0 == "do" || $0 == "steps" || Int($0) != nil }
  let requests: Set<Substring> = ["body", "headers", "params", "env", "timeout"]
  switch words.first {
  case nil, "output", "on_error", "hooks", "arms", "otherwise", "choices", "streaming": return true
  case "action", "component": return words.dropFirst().first.map { !requests.contains($0) } ?? true
  default: return false
  }
}

// MARK: Interrupts

private func interruptReasons(
  _ old: PlanSnapshot.Workflow, _ new: PlanSnapshot.Workflow
) -> [PlanDifference.Reason] {
  func points(_ workflow: PlanSnapshot.Workflow, _ names: [String: String]) -> [(
    job: String, text: String, place: PlanSnapshot.Place?
  )] {
    workflow.jobs.flatMap { job in
      job.interrupts.map { (job.id, "\($0) \(names[job.id] ?? job.id)", job.place) }
    }
  }
  let names = JobMatching(old.jobs, new.jobs).names
  let (before, after) = (points(old, names), points(new, [:]))
  return after.filter { point in !before.contains { $0.text == point.text } }
    .map {
      reason(
        .breaking, "interrupt-added", "a run stops \($0.text.phase) job '\($0.job)' and waits for an answer", new, nil,
        $0.place)
    }
    + before.filter { point in !after.contains { $0.text == point.text } }
    .map {
      reason(
        .compatible, "interrupt-removed", "a run does not stop \($0.text.phase) job '\($0.job)' any more", new,
        $0.place, nil)
    }
}

extension String {
  fileprivate var phase: Substring { prefix { $0 != " " } }
}

// MARK: Serving

func servingReasons(_ changes: [PlanDifference.FieldChange]) -> [PlanDifference.Reason] {
  changes.compactMap { change in
    let (old, new) = (change.old?.value.text, change.new?.value.text)
    func reason(_ verdict: PlanDifference.Verdict, _ code: String, _ message: String) -> PlanDifference.Reason {
      PlanDifference.Reason(
        verdict: verdict, code: code, message: message, old: change.old?.place, new: change.new?.place)
    }
    switch (change.path, old, new) {
    case ("api.port", _?, nil): return reason(.breaking, "api-removed", "no HTTP API is served any more")
    case ("api.port", nil, _?): return reason(.compatible, "api-added", "an HTTP API is served now")
    case ("api.port", let old?, let new?):
      return reason(.breaking, "port-changed", "the HTTP API is at port \(new) instead of \(old)")
    case ("api.base_path", let old?, let new?):
      return reason(
        .breaking, "base-path-changed",
        "the HTTP API is below '\(new.isEmpty ? "/" : new)' instead of '\(old.isEmpty ? "/" : old)'")
    case ("api.host", let old?, let new?):
      let isWider = ["0.0.0.0", "::"].contains(new)
      return reason(
        isWider ? .compatible : .breaking, "host-changed", "the HTTP API is at \(new) instead of \(old)")
    case (let path, let old?, nil) where path.hasPrefix("api.origins"):
      return reason(.breaking, "origin-removed", "pages of \(old) cannot call the HTTP API any more")
    default: return nil
    }
  }
}

/// Callers that name no workflow get another one.
func defaultReasons(_ old: PlanSnapshot, _ new: PlanSnapshot) -> [PlanDifference.Reason] {
  guard let before = old.defaultWorkflow, before != new.defaultWorkflow,
    old.workflows.first(where: { $0.id == before })?.isPrivate == false,
    // A default that was renamed or is gone is told already.
    new.workflows.contains(where: { $0.id == before })
  else { return [] }
  let workflow = new.workflows.first { $0.id == new.defaultWorkflow }
  let message =
    workflow.map { "who names no workflow gets '\($0.id)' instead of '\(before)'" }
    ?? "a workflow must be named: '\(before)' is not the default any more"
  return [
    PlanDifference.Reason(
      verdict: .breaking, code: "default-workflow-changed", message: message, workflow: workflow?.id ?? before,
      old: old.workflows.first { $0.id == before }?.place, new: workflow?.place)
  ]
}
