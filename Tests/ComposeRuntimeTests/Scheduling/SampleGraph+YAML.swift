extension SampleGraph {
  /// The text of a file that does what the graph says.
  ///
  /// What a job looks at is whether the output of another has the text `done` under `mark`. The output of a job says
  /// under the job's own name what it saw. A component is told under `fails` to fail when there is `done`.
  var yaml: String {
    var lines: [String] = []
    if jobs.contains(where: { $0.kind == .component }) {
      lines.append("component: {id: worker, type: http-client, action: {endpoint: \"http://worker.test/\"}}")
    }
    lines += ["workflow:", "  jobs:"]
    lines += jobs.indices.map { "    - {" + fields(of: $0).joined(separator: ", ") + "}" }
    return lines.joined(separator: "\n") + "\n"
  }

  private func fields(of index: Int) -> [String] {
    let job = jobs[index]
    var fields = ["id: \(Self.name(index))"]
    switch job.kind {
    case .delay:
      fields.append("type: delay, duration: " + (job.failsAfter.map { Self.quoted(mark($0)) } ?? "1"))
    case .component:
      let fails = job.failsAfter.map { Self.quoted(mark($0)) } ?? "no"
      fields.append("component: worker, input: {fails: \(fails)}")
    case .if:
      let conditions = job.branches.map { branch in
        let targets = [
          branch.then.map { "if_true: \(Self.name($0))" }, branch.otherwise.map { "if_false: \(Self.name($0))" },
        ]
        let parts = ["operator: eq", "value: \(Self.quoted(mark(branch.watched)))"] + targets.compactMap(\.self)
        return "{" + parts.joined(separator: ", ") + "}"
      }
      fields.append("type: if, input: done, conditions: [\(conditions.joined(separator: ", "))]")
    case .switch:
      let branch = job.branches.first
      fields.append("type: switch, input: " + (branch.map { Self.quoted(mark($0.watched)) } ?? "none"))
      let cases = branch.flatMap(\.then).map { "{value: done, then: \(Self.name($0))}" }
      fields.append("cases: [\(cases ?? "")]")
    }
    if let target = job.otherwise { fields.append("otherwise: \(Self.name(target))") }
    if !job.after.isEmpty {
      let groups = job.after.map { group in
        group.count == 1 ? Self.name(group[0]) : "[" + group.map(Self.name).joined(separator: ", ") + "]"
      }
      fields.append("depends_on: [\(groups.joined(separator: ", "))]")
    }
    if let target = job.errorTarget {
      fields.append("on_error: {to: \(Self.name(target))}")
    } else if job.ignoresErrors {
      fields.append("on_error: ignore")
    }
    if let count = job.maxRunCount { fields.append("max_run_count: \(count)") }
    if !job.isRouter {
      let seen = job.repeats.map { Self.quoted(mark($0)) } ?? "first"
      fields.append("output: {mark: done, \(Self.name(index)): \(seen)}")
    }
    return fields
  }

  private func mark(_ job: Int) -> String { "${jobs.\(Self.name(job)).output.mark}" }

  private static func quoted(_ text: String) -> String { "\"\(text)\"" }
}
