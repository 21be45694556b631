import ComposeBasic

/// What can be printed about a run besides the plan itself.
package enum PlanReport: String, CaseIterable, Sendable {
  /// Ten lines at most.
  case summary
  /// The same as Markdown.
  case markdown
  /// The requests as curl commands.
  case curl
  /// What must be allowed, as text.
  case effects
}

/// Prints what a plan says about a run. The text is the same for equal plans, and no secret is in it.
package func print(_ plan: Plan, workflows: [WorkflowPlan], as report: PlanReport) -> String {
  let text =
    switch report {
    case .summary: SummaryPrinter(plan: plan).print(workflows, asMarkdown: false)
    case .markdown: SummaryPrinter(plan: plan).print(workflows, asMarkdown: true)
    case .curl: CurlPrinter(plan: plan).print(workflows)
    case .effects: EffectPrinter(plan: plan).print(workflows)
    }
  return Redactor(secrets: plan.secrets).redact(text)
}
