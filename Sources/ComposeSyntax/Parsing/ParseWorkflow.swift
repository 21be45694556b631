import ComposeBasic

/// Reads one workflow; older files write the one job's keys into the workflow itself.
func parseWorkflow(
  _ node: YAMLNode, id: Located<String>?, _ layout: SourceLayout, into diagnostics: inout Diagnostics
) -> WorkflowDecl {
  let entries = node.mapping ?? []
  // A misspelt 'jobs' is reported as an unknown key.
  let hasJobs = entries.contains { $0.name == "job" || $0.name == "jobs" || isMisspeltJobs($0) }
  let flatKeys: Set<String> = ["component", "action", "input", "output", "repeat_count"]
  let flat = hasJobs ? [] : entries.filter { flatKeys.contains($0.name ?? "") }
  var jobs = declarations("job", "jobs", in: node, into: &diagnostics)
    .compactMap { parseJob($0.node, id: $0.id, layout, into: &diagnostics) }
  if let first = flat.first {
    diagnostics.emit(
      .legacyForm(
        "the job's keys stand in the workflow itself", at: first.key.range,
        help: "put them under 'job'", upstream: "ignores them: the workflow has no job and returns nothing",
        edits: layout.nesting(flat, of: entries, under: "job")))
    jobs = [parseJob(YAMLNode(.mapping(flat), at: node.range), id: nil, layout, into: &diagnostics)].compactMap { $0 }
  }
  return WorkflowDecl(
    id: id ?? node.locatedText("id"),
    title: node.locatedText("title"),
    description: node.locatedText("description"),
    isDefault: node.isTrue("default"),
    isPrivate: node.isTrue("private"),
    jobs: jobs,
    output: flat.isEmpty ? node.entry("output").map { parseTemplate($0.value, into: &diagnostics) } : nil,
    node: node,
    isFlat: !flat.isEmpty)
}

/// Whether a key that holds declarations looks like `job` or `jobs`.
private func isMisspeltJobs(_ entry: YAMLEntry) -> Bool {
  guard entry.value.scalar == nil, let name = entry.name else { return false }
  return suggestion(for: name, among: ["job", "jobs"]) != nil
}
