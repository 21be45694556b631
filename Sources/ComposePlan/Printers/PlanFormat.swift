import ComposeBasic

/// The forms in which a plan is printed: the registry of printers.
package enum PlanFormat: String, CaseIterable, Sendable {
  case text
  case json
}

/// Prints a plan, or one workflow of it. The text is the same for equal plans, and no secret is in it.
package func print(_ plan: Plan, workflows: [WorkflowPlan], as format: PlanFormat) -> String {
  let text =
    switch format {
    case .text: TextPrinter(plan: plan).print(workflows)
    case .json: JSONPrinter(plan: plan).print(workflows)
    }
  // The printers know where secrets stand; keys and names that were made of one are caught here.
  return Redactor(secrets: plan.secrets).redact(text)
}
