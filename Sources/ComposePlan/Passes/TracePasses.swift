import ComposeBasic

/// The plan before any pass, and what each pass changed in it: `plan --trace-passes`.
///
/// A change is shown as a unified diff of the printed plans. Passes that changed nothing are named all the same, so that
/// the list is complete.
///
/// - Parameter lowered: the plan before any pass.
package func tracePasses(_ lowered: Plan) -> String {
  func text(_ plan: Plan) -> String { print(plan, workflows: plan.workflows, as: .text) }
  var before = text(lowered)
  var trace = heading("lowered") + before
  _ = PassPipeline.run(on: lowered) { name, plan in
    let after = text(plan)
    let difference = unifiedDiff(from: Array(before.utf8), to: Array(after.utf8), path: "plan")
    // Both names are the same, and the heading says more.
    let hunks = difference.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(2)
    trace += "\n" + heading(name) + (difference.isEmpty ? "no change\n" : hunks.joined(separator: "\n"))
    before = after
  }
  return trace
}

private func heading(_ name: String) -> String { "== \(name) ==\n" }
